#!/bin/sh
# The ids of the violations in force: violations.sh BOOTSTRAP_SERVERS TOPIC
#
# Debian's kcat knows no Avro, so this looks at keys alone. %S is the length of the value; -1: none, the violation is over. kcat says
# what is wrong, if something is; then nothing is shown, for it could be wrong.
{ kcat -b "$1" -C -t "$2" -e -q -X isolation.level=read_committed -f '%k %S\n' || echo failed; } |
    awk '$1 == "failed" { failed = 1; exit 1 } { in_force[$1] = $2 >= 0 } END { if (!failed) for (id in in_force) if (in_force[id]) print id }'

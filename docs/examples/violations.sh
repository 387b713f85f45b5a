#!/bin/sh
# The ids of the violations in force: violations.sh BOOTSTRAP_SERVERS TOPIC
#
# Debian's kcat knows no Avro, so this looks at keys alone. %S is the length of the value; -1: none, the violation is over.
kcat -b "$1" -C -t "$2" -e -q -X isolation.level=read_committed -f '%k %S\n' |
    awk '{ in_force[$1] = $2 >= 0 } END { for (id in in_force) if (in_force[id]) print id }'

#!/bin/sh
# Protects the purity of the core: the library may need nothing from outside itself but memory, strings and sorting, and
# what compilers add for checks. A clock, a file or a printf in rules/ fails here by name.
set -eu
library=$1
nm=${2:-nm}

list() { "$nm" "$@" "$library" | awk 'NF >= 2 { print $NF }' | sort -u; }
needed=$(mktemp) defined=$(mktemp)
trap 'rm -f "$needed" "$defined"' EXIT
list --undefined-only > "$needed"
list --defined-only > "$defined"
test -s "$defined" || { echo "$library: no symbols found in it" >&2; exit 1; }

allowed='malloc|calloc|realloc|free|qsort|bsearch|bcmp|mem[a-z]+|str(n?cmp|n?len|n?cpy|chr|rchr|spn|cspn|stok)'
compilers='_GLOBAL_OFFSET_TABLE_|__assert_fail|__stack_chk_fail|__(mem|str)[a-z]+_chk'
compilers="$compilers|__(asan|ubsan|tsan|sanitizer|gcov|llvm)_.*|__local_asan_preinit|__cyg_profile_func_.*"
impure=$(comm -23 "$needed" "$defined" | grep -Evx "$allowed|$compilers" || true)
if [ -n "$impure" ]; then
    echo "the core needs what it must not:" $impure >&2
    exit 1
fi
echo "pure: needs only" $(comm -23 "$needed" "$defined")

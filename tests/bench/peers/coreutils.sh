#!/usr/bin/env bash
# coreutils.sh LEDGER BANK OUT: sort, comm and join. Rows are sorted whole, which is the order of
# their ids as long as no id has a byte below ','.
set -euo pipefail
export LC_ALL=C
ledger=$1 bank=$2 out=$3
sorted() { tail -n +2 "$1" | sort -S 64M -T "$out" --parallel=1 -o "$2"; }
sorted "$ledger" "$out/ledger.sorted" &
sorted "$bank" "$out/bank.sorted"
wait $!
comm -23 "$out/ledger.sorted" "$out/bank.sorted" >"$out/ledger.rest" &
comm -13 "$out/ledger.sorted" "$out/bank.sorted" >"$out/bank.rest"
wait $!
join -t, -v1 "$out/ledger.rest" "$out/bank.rest" >"$out/only_ledger.csv"
join -t, -v2 "$out/ledger.rest" "$out/bank.rest" >"$out/only_bank.csv"
join -t, "$out/ledger.rest" "$out/bank.rest" >"$out/differ.csv"
rm "$out"/*.sorted "$out"/*.rest

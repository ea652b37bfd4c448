#!/usr/bin/env bash
# Requests a second and latency of `onsite-simulate` over loopback, with 1, 16 and 256 connections
# kept alive: one customer made, then the list of it read; then, with one connection, servers that
# do nothing, when onsite-bench-nothing is there. Ends the servers that it started.
#
#     tests/bench/simulate_wrk.sh [folder of the built programs, default build/systems/bin]
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
bin=${1:-$root/build/systems/bin}
if [ ! -x "$bin/onsite-simulate" ]; then
    echo "expected $bin/onsite-simulate, found none: run ./onsite simulate once" >&2
    exit 2
fi
work=$(mktemp -d)
"$bin/onsite-simulate" --port 0 --keep 100000 >"$work/said" &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
until grep -qs listening "$work/said"; do sleep 0.1; done
address=$(sed -n 's/^listening on //p' "$work/said")

cat >"$work/create.lua" <<'LUA'
wrk.method = "POST"
wrk.body = "name=Ada&email=ada%40example.com&metadata[a]=1"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Authorization"] = "Bearer sk_test_create"
LUA
curl -sf "$address/v1/customers" -u sk_test_read: -d name=Ada >/dev/null
echo 'wrk.headers["Authorization"] = "Bearer sk_test_read"' >"$work/read.lua"

# measure TITLE CONNECTIONS SCRIPT ADDRESS
measure() {
    printf '%s, %s connections: ' "$1" "$2"
    wrk -t "$(($2 > 1 ? 2 : 1))" -c "$2" -d "${SECONDS_EACH:-5}" --latency -s "$3" "$4" |
        awk '/50%/ {p50 = $2} /99%/ {p99 = $2} /Requests\/sec/ {rate = $2}
             /Socket errors|Non-2xx/ {bad = bad " " $0}
             END {print rate " requests/s, p50 " p50 ", p99 " p99 bad}'
}

for what in create read; do
    for connections in 1 16 256; do
        measure "$what" "$connections" "$work/$what.lua" "$address/v1/customers"
    done
done

[ -x "$bin/onsite-bench-nothing" ] || exit 0
for mode in raw http; do
    mkfifo "$work/$mode"
    "$bin/onsite-bench-nothing" "$mode" <"$work/$mode" >"$work/port" &
    exec 9>"$work/$mode" # Its standard input: closed when it is to end.
    until [ -s "$work/port" ]; do sleep 0.1; done
    measure "nothing, $mode" 1 "$work/create.lua" "http://127.0.0.1:$(cat "$work/port")/"
    exec 9>&-
    wait $!
    : >"$work/port"
done

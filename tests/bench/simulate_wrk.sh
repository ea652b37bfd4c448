#!/usr/bin/env bash
# Requests a second and latency of `onsite-simulate` over loopback, with 1, 16 and 256 connections
# kept alive: one customer made, then the list of it read. Ends the server that it started.
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
until grep -q listening "$work/said"; do sleep 0.1; done
address=$(sed -n 's/^listening on //p' "$work/said")

cat >"$work/create.lua" <<'LUA'
wrk.method = "POST"
wrk.body = "name=Ada&email=ada%40example.com&metadata[a]=1"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Authorization"] = "Bearer sk_test_create"
LUA
curl -sf "$address/v1/customers" -u sk_test_read: -d name=Ada >/dev/null
echo 'wrk.headers["Authorization"] = "Bearer sk_test_read"' >"$work/read.lua"

for what in create read; do
    for connections in 1 16 256; do
        threads=$((connections > 1 ? 2 : 1))
        printf '%s, %s connections: ' "$what" "$connections"
        wrk -t "$threads" -c "$connections" -d "${SECONDS_EACH:-5}" --latency -s "$work/$what.lua" \
            "$address/v1/customers" |
            awk '/50%/ {p50 = $2} /99%/ {p99 = $2} /Requests\/sec/ {rate = $2}
                 /Socket errors|Non-2xx/ {bad = bad " " $0}
                 END {print rate " requests/s, p50 " p50 ", p99 " p99 bad}'
    done
done

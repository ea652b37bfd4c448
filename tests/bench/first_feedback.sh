#!/usr/bin/env bash
# Clone to first graded feedback, packages installed, nothing cached: prints the seconds.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT
start=$(date +%s%3N)
git clone -q "$root" "$clone/onsite"
CCACHE_DISABLE=1 "$clone/onsite/onsite" start reconciliation >"$clone/output" </dev/null
end=$(date +%s%3N)
grep 'first feedback' "$clone/output"
printf 'clone to first graded feedback: %d.%d s\n' $(((end - start) / 1000)) $(((end - start) % 1000 / 100))

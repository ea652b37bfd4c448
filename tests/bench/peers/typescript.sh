#!/usr/bin/env bash
# typescript.sh PROGRAM REQUEST OUT: the exercise's TypeScript answer; its reply is the result.
set -euo pipefail
node --max-old-space-size=12000 "$1" <"$2" >"$3/reply.json"

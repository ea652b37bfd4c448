#!/usr/bin/env bash
# answer.sh REQUEST OUT COMMAND...: an answer of the exercise; its reply is the result.
set -euo pipefail
exec "${@:3}" <"$1" >"$2/reply.json"

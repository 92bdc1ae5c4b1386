#!/usr/bin/env bash
# What 2,000 calls to a server cost beside the server, at 64 and 500 at once: calls.sh [--json]
# CALLS names the binary, with `answering` beside it, and spares building both. Rivals are put to the same server:
#     answering --port 8123 --delay 50 &      then their client on http://127.0.0.1:8123/v1, then GET /stats
set -euo pipefail
cd "$(dirname "$0")"
. ../Scripts/environment
if [ -z "${CALLS:-}" ]; then
  swift build --product answering >&2
  swift build --product calls >&2
  CALLS="$(swift build --show-bin-path)/calls"
fi
for setting in "64 0" "64 50" "500 50"; do
  read -r at_once delay <<<"$setting"
  for _ in 1 2 3; do "$CALLS" --at-once "$at_once" --delay "$delay" "$@"; done
done

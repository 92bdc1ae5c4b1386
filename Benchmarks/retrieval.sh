#!/usr/bin/env bash
# Retrieval of the best 20 of 1k, 10k and 100k memories, ours beside numpy and the loop of genagents, in one run.
# RETRIEVAL=path/to/binary spares building ours; the rival runs from a venv in Benchmarks/.build/venv (numpy from PyPI).
set -euo pipefail
cd "$(dirname "$0")"
. ../Scripts/environment
if [ -z "${RETRIEVAL:-}" ]; then
  swift build --product retrieval >&2
  RETRIEVAL="$(swift build --show-bin-path)/retrieval"
fi
venv="${VENV:-$PWD/.build/venv}"
if ! "$venv/bin/python" -c 'import numpy' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet numpy==2.4.6
fi
lines="$(mktemp)"
trap 'rm -f "$lines"' EXIT
"$RETRIEVAL" >"$lines"
"$venv/bin/python" retrieval.py >>"$lines"
"$RETRIEVAL" >>"$lines"           # again: the better of both, since the machine may be shared
printf '%s, %s cores, one thread; least (median) of n, ms; GB/s of float32 embeddings\n' "$(uname -sm)" "$(getconf _NPROCESSORS_ONLN)"
awk '
  { key = $1 " " $2; if (!(key in least)) { order[++n] = key } else if ($3 >= least[key]) next
    least[key] = $3; median[key] = $4; speed[key] = $5 }
  END {
    for (i = 1; i <= n; i++) {
      split(order[i], part, " "); ours = least["retrieve " part[2]]
      printf "%-16s %7d  %9.4f  (%9.4f)", part[1], part[2], least[order[i]], median[order[i]]
      if (speed[order[i]] != "") printf "  %6.1f GB/s", speed[order[i]]
      if (part[1] ~ /numpy|genagents/) printf "  ours is %.1f times as fast", least[order[i]] / ours
      printf "\n"
    }
  }' "$lines"

#!/usr/bin/env bash
# The future event list beside SimPy and Mesa, in one run. KERNEL=path/to/binary spares building ours; the rivals run
# from a venv in Benchmarks/.build/venv (from PyPI).
set -euo pipefail
cd "$(dirname "$0")"
. ../Scripts/environment
if [ -z "${KERNEL:-}" ]; then
  swift build --product kernel >&2
  KERNEL="$(swift build --show-bin-path)/kernel"
fi
venv="${VENV:-$PWD/.build/venv}"
if ! "$venv/bin/python" -c 'import simpy, mesa' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet simpy==4.1.2 mesa==3.3.1
fi
printf '%s, %s cores, one thread\n' "$(uname -sm)" "$(getconf _NPROCESSORS_ONLN)"
"$KERNEL"
"$venv/bin/python" kernel.py
"$KERNEL"           # again: the better of both, since the machine may be shared

#!/usr/bin/env bash
# A made-up survey of ROWS people (100,000) and QUESTIONS (300): drafted, imported, read by SQL, polled and compared.
# POPULACE=path/to/binary spares building ours; the data are written from a venv in Benchmarks/.build/venv (PyPI).
set -euo pipefail
cd "$(dirname "$0")"
rows="${ROWS:-100000}" questions="${QUESTIONS:-300}"
. ../Scripts/environment
if [ -z "${POPULACE:-}" ]; then
  swift build --package-path .. --product populace >&2
  POPULACE="$(swift build --package-path .. --show-bin-path)/populace"
fi
venv="${VENV:-$PWD/.build/venv}"
if ! "$venv/bin/python" -c 'import pandas, pyreadstat' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet pyreadstat==1.3.7 pandas==3.1.1
fi
study="$(mktemp -d)"
trap 'rm -rf "$study"' EXIT
mkdir -p "$study/Personas"
program="$PWD/import.py"
cd "$study"
"$venv/bin/python" "$program" "$rows" "$questions" Personas/big.sav Personas/big.survey.yaml
cat >Personas/big.panel.yaml <<YAML
panel: Everybody
from: Personas/big.survey.yaml
size: 50
seed: 1
backstory:
  v0: I am of {v0}.
YAML

# Wall seconds and most memory of a process and those it waited for.
measure() {
  local what="$1" log
  shift
  log="$("$venv/bin/python" - "$@" <<'PYTHON'
import resource, subprocess, sys, time
start = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
if done.returncode: sys.exit(done.stderr + done.stdout)
print(f"{time.monotonic() - start:8.2f} s {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10:6d} MiB")
PYTHON
)" || { printf '%s\n' "$log" >&2; exit 1; }
  printf '%-44s %s\n' "$what" "$log"
}

printf '%s, %s cores; %s people x %s questions, %s MiB of .sav\n' "$(uname -sm)" "$(getconf _NPROCESSORS_ONLN)" \
  "$rows" "$questions" "$(($(stat -c %s Personas/big.sav) >> 20))"
measure 'import --write-codebook' "$POPULACE" import Personas/big.sav --write-codebook Personas/draft.survey.yaml --quiet
measure 'import' "$POPULACE" import Personas/big.survey.yaml --quiet
printf '%-44s %12s MiB\n' 'the database' "$(($(stat -c %s Results/populace.sqlite) >> 20))"
measure 'SQL: shares of one question' sqlite3 Results/populace.sqlite \
  "SELECT option, count(*) FROM respondentAnswer WHERE question = 'q7' GROUP BY option"
measure 'SQL: every answer counted' sqlite3 Results/populace.sqlite 'SELECT kind, count(*) FROM respondentAnswer GROUP BY kind'
measure 'poll of 50 people, 3 questions, uniform' "$POPULACE" poll Personas/big.panel.yaml --questions q0,q1,q2 \
  --model uniform --quiet
measure 'the same poll again' "$POPULACE" poll Personas/big.panel.yaml --questions q0,q1,q2 --model uniform --quiet
measure 'compare it, by a variable' "$POPULACE" compare poll-1 --by v1 --quiet

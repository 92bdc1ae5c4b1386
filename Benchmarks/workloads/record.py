"""Recording answers and reading recorded calls back, beside the same rows by SQLite's own interface and Python's."""

import tempfile

from contest import Contest, entry
from tools import Failure

MINUTES = 4
PACKAGES = []


def run(tools):
    answers, completions = (5_000, 5_000) if tools.quick else (100_000, 200_000)
    with tempfile.TemporaryDirectory() as folder:
        kept = f"{folder}/record.sqlite"
        try:
            ours = tools.json([tools.program("record"), answers, completions, "--json", "--keep", kept])
        except Failure as failure:
            ours = failure
        try:
            python = failed(ours) or tools.rival("rows_sqlite.py", kept, 1 if tools.quick else 3)
        except Failure as failure:
            python = failure

    def values(found, figure, count):
        return found if isinstance(found, Failure) else [found[count] / seconds / 1e6 for seconds in found[figure]]

    rows = Contest(f"rows of {answers:,} answers in one transaction", "million/s", more=True)
    rows.ours = entry("populace", values(ours, "ours", "rows"), float)
    rows.others = [
        entry("Python, executemany", values(python, "seconds", "rows"), float, 1.1),
        entry("SQLite's C interface (limit)", values(ours, "sqlite", "rows"), float, 0.95),
    ]
    replay = Contest(f"{completions:,} recorded calls answered again", "million/s", more=True, bound=0.1)
    replay.ours = entry("populace", values(ours, "replay", "replayed"), float)
    replay.others = [entry("SQLite's C interface, reads alone (limit)", values(ours, "reads", "replayed"), float)]
    return [rows, replay]


def failed(found):
    """Why the rival has nothing to work on, or nothing."""
    return Failure("our program left no database") if isinstance(found, Failure) else None

"""A made-up survey of 100,000 people and 300 questions (.sav, 238 MiB): imported, read by SQL, polled and compared."""

import sqlite3
import tempfile
import time
from pathlib import Path

from contest import Contest, entry
from tools import RIVALS, interleave

MINUTES = 12
PACKAGES = ["pyreadstat", "pandas"]
PANEL = "panel: Everybody\nfrom: Personas/big.survey.yaml\nsize: 50\nseed: 1\nbackstory:\n  v0: I am of {v0}.\n"


def run(tools):
    rows, questions = (1_000, 30) if tools.quick else (100_000, 300)
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder)
        (study / "Personas").mkdir()
        (study / "Personas" / "big.panel.yaml").write_text(PANEL)
        tools.run(
            [
                tools.python(),
                RIVALS / "large_survey.py",
                rows,
                questions,
                "Personas/big.sav",
                "Personas/big.survey.yaml",
            ],
            folder=study,
        )

        def populace(*arguments):
            wall, memory = tools.timed([tools.program("populace"), *arguments, "--quiet"], folder=study)
            return {"wall": wall, "MiB": memory}

        def shares():
            begin = time.perf_counter()
            with sqlite3.connect(study / "Results" / "populace.sqlite") as database:
                database.execute(
                    "SELECT option, count(*) FROM respondentAnswer WHERE question = 'q7' GROUP BY option"
                ).fetchall()
            return {"wall": time.perf_counter() - begin}

        found = interleave(
            {
                "draft": lambda: populace(
                    "import", "Personas/big.sav", "--write-codebook", "Personas/draft.survey.yaml"
                ),
                "import": lambda: populace("import", "Personas/big.survey.yaml"),
                "pandas": lambda: dict(
                    zip(
                        ["wall", "MiB"],
                        tools.timed(
                            [
                                tools.python(),
                                RIVALS / "large_read.py",
                                study / "Personas/big.sav",
                                study / "rival.sqlite",
                            ]
                        ),
                    )
                ),
                "shares": shares,
                "poll": lambda: populace(
                    "poll", "Personas/big.panel.yaml", "--questions", "q0,q1,q2", "--model", "uniform"
                ),
                "compare": lambda: populace("compare", "latest:poll", "--by", "v1"),
            },
            1,
        )
    contests = []
    for name, what in [
        ("draft", "import --write-codebook"),
        ("import", "import"),
        ("shares", "shares of a question by SQL"),
        ("poll", "poll, 50 people x 3 questions, uniform"),
        ("compare", "compare it by a variable"),
    ]:
        for figure, unit in [("wall", "s"), ("MiB", "peak MiB")]:
            if name == "shares" and figure == "MiB":
                continue
            contest = Contest(
                f"{rows:,} x {questions}: {what}", unit, ours=entry("populace", found[name], lambda one: one[figure])
            )
            if name == "import":
                contest.others.append(
                    entry("pyreadstat, sqlite3.executemany", found["pandas"], lambda one: one[figure])
                )
            contests.append(contest)
    return contests

"""Worlds on the scripted model without a database: two days of valentine, towns of residents, what memories take."""

import re

from contest import Contest, entry
from tools import Failure, interleave, last_line

MINUTES = 4
PACKAGES = []


def row(tools, *arguments):
    """The program's last line by the names of its columns, which two spaces keep apart."""
    head, *_, last = tools.run([tools.program("town"), *arguments]).splitlines()
    return dict(zip(re.split(r"\s{2,}", head.strip()), map(float, last.split())))


def memories(tools, dimension):
    output = tools.run([tools.program("town"), "memories", dimension])
    found = re.search(rf"{dimension} numbers: (\d+) MiB", output)
    if not found:
        raise Failure(f"wrote no size but: {last_line(output)}")
    return {"MiB": int(found[1])}


def run(tools):
    sizes = [25] if tools.quick else [25, 1_000]
    runners = {"valentine": lambda: row(tools, "Worlds/valentine.yaml")}
    runners |= {size: lambda size=size: row(tools, 1, size) for size in sizes}
    found = interleave(runners, 1 if tools.quick else 3)
    contests = [
        Contest(
            "2 days of valentine, 25 residents",
            "s",
            ours=entry("populace", found["valentine"], lambda one: one["seconds"]),
            bound=2,
        ),
        Contest(
            "the same, a model call",
            "microseconds",
            ours=entry("populace", found["valentine"], lambda one: one["microseconds/call"]),
            bound=50,
        ),
    ]
    for size in sizes:
        contests.append(
            Contest(
                f"a town of {size:,}",
                "resident-hours/s",
                more=True,
                ours=entry("populace", found[size], lambda one: one["resident-hours/s"]),
            )
        )
    for dimension in [64, 384]:
        kept = interleave({"ours": lambda: memories(tools, dimension)}, 1)["ours"]
        contests.append(
            Contest(
                f"10,000 residents with 100 memories of {dimension} numbers",
                "MiB",
                ours=entry("populace", kept, lambda one: one["MiB"]),
                bound=2048,
            )
        )
    return contests

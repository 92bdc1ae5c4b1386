"""The best 20 of n memories of 384 numbers by recency, importance and relevance, one thread."""

from contest import Contest, entry
from tools import interleave

MINUTES = 3
PACKAGES = ["numpy", "gdm-concordia", "pandas"]
GOALS = {10_000: {"genagents": 340, "Concordia": 50}, 100_000: {"genagents": 235, "Concordia": 44}}


def ours(tools, size):
    """Least and median milliseconds of the program's queries."""
    lines = [line.split() for line in tools.run([tools.program("retrieval"), size]).splitlines()]
    return next({"time": (float(line[2]), float(line[3]))} for line in lines if line[0] == "retrieve")


def rival(tools, name, size, queries):
    found = tools.rival("memories.py", name, size, queries)
    return {"time": (found["least"], found["median"])}


def run(tools):
    contests = []
    for size in [1_000, 10_000] if tools.quick else [1_000, 10_000, 100_000]:
        queries = {1_000: 50, 10_000: 10, 100_000: 3}[size]
        found = interleave(
            {
                "ours": lambda: ours(tools, size),
                "genagents": lambda: rival(tools, "genagents", size, queries),
                "Concordia": lambda: rival(tools, "concordia", size, queries),
                "numpy": lambda: rival(tools, "numpy", size, 8 * queries),
                "limit": lambda: tools.json([tools.compiled("memories.cpp"), size]),
            },
            repeats=1 if tools.quick else 3,
        )
        contest = Contest(f"n = {size:,}", "ms")
        contest.ours = entry("populace", found["ours"], lambda one: one["time"])
        for name, who in [
            ("genagents", "genagents' loop"),
            ("Concordia", "Concordia (relevance alone)"),
            ("numpy", "numpy, float32"),
        ]:
            contest.others.append(entry(who, found[name], lambda one: one["time"], GOALS.get(size, {}).get(name)))
        for name, who in [("float32", "C++, float32 (limit)"), ("int8", "C++, int8 (limit, not exact)")]:
            contest.others.append(entry(who, found["limit"], lambda one: tuple(one[name])))
        contests.append(contest)
    return contests

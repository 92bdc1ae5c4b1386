"""A made-up corpus of 100 and 1,000 MB: indexed, and asked for phrases, beside a suffix sorter and a scan."""

import tempfile
from pathlib import Path

from contest import Contest, entry
from tools import Failure, interleave

MINUTES = 12
PACKAGES = ["pydivsufsort"]


def run(tools):
    sizes, count = ([10, 20], 200) if tools.quick else ([100, 1_000], 2_000)
    contests = []
    tools.cache.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=tools.cache) as folder:
            corpus, index = Path(folder) / "corpus", Path(folder) / "corpus.trace"
            tools.run([tools.program("corpus"), "make", corpus, size])

            def built(corpus=corpus, index=index):
                index.unlink(missing_ok=True)
                command = [tools.program("populace"), "trace", "index", corpus, "-o", index, "--quiet"]
                wall, memory = tools.timed([str(part) for part in command])
                return {"wall": wall, "MiB": memory}

            runners = {"ours": built}
            if size == sizes[0]:
                runners["sorter"] = lambda corpus=corpus: tools.rival("suffix_sort.py", corpus)
            found = interleave(runners, 1 if tools.quick or size > 100 else 2)
            try:
                asked = [tools.json([tools.program("corpus"), "ask", index, corpus, count]) for _ in range(2)]
                # A phrase across a line end is no line's; finding none is no failure.
                scan = ["sh", "-c", 'grep -rcFe "$0" "$1" || test $? = 1', asked[0]["phrase"], str(corpus)]
                scanned = interleave({"grep": lambda scan=scan: {"wall": tools.timed(scan)[0]}}, 2)["grep"]
                size_of_index = [{"MB": index.stat().st_size / 1e6}]
            except (Failure, OSError) as failure:
                asked = scanned = size_of_index = Failure(str(failure))
            contests += contests_of(size, found, asked, scanned, size_of_index)
    return contests


def contests_of(size, found, asked, scanned, size_of_index):
    """What was found of one corpus."""
    wall = Contest(f"{size:,} MB: index, whole command", "s", bound=300 if size >= 1_000 else None)
    wall.ours = entry("populace", found["ours"], lambda one: one["wall"])
    if "sorter" in found:
        wall.others.append(entry("pydivsufsort, sorting alone, 1 core (limit)", found["sorter"], lambda one: one["seconds"]))
    memory = Contest(f"{size:,} MB: the same, --memory 1000", "peak MiB", bound=1_100)
    memory.ours = entry("populace", found["ours"], lambda one: one["MiB"])
    if "sorter" in found:
        memory.others.append(entry("pydivsufsort", found["sorter"], lambda one: one["MiB"]))
    kept = Contest(f"{size:,} MB: size of the index", "MB")
    kept.ours = entry("populace", size_of_index, lambda one: one["MB"])
    phrase = Contest(f"{size:,} MB: how often a phrase of 1 to 8 words stands there", "ms", bound=10)
    phrase.ours = entry("populace, best is the median", asked, lambda one: (one["median"], one["median"]))
    phrase.others = [entry("grep, one of them", scanned, lambda one: one["wall"] * 1_000)]
    slowest = Contest(f"{size:,} MB: the same, 99 of 100 take less", "ms", bound=10)
    slowest.ours = entry("populace", asked, lambda one: one["p99"])
    passages = Contest(f"{size:,} MB: passages of 40 words", "ms", bound=100)
    passages.ours = entry("populace", asked, lambda one: one["passages"])
    return [wall, memory, kept, phrase, slowest, passages]

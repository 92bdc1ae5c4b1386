#!/usr/bin/env python3
"""Runs each workload, ours beside its rivals in one run, and writes what was found into Benchmarks/README.md.

    make bench                        all of them
    make bench ONLY=kernel,calls      some of them; the others' figures stay as they are
    Benchmarks/bench.py --quick       a tenth of the work, once each, to see that everything runs; nothing is written
    Benchmarks/bench.py --programs DIR  our programs from a folder where they were built before

Needs Python 3 alone; the rivals are installed into an environment of their own under the cache. A rival that fails is
reported as failed. Exit status 1 when one of ours fails; a missed goal is a result.
"""

import argparse
import datetime
import importlib
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

from contest import table
from page import MarkerMissing, replaced
from tools import Failure, Tools, machine, say

WORKLOADS = ["kernel", "lookahead", "town", "retrieval", "record", "calls", "prefix", "commands", "large", "sweep", "trace"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help=f"of {', '.join(WORKLOADS)}; separated by commas")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, once each; nothing is written")
    parser.add_argument("--programs", help="a folder with our programs, which spares building them")
    parser.add_argument("--list", action="store_true", help="name the workloads, how long they take and what they are")
    chosen = parser.parse_args()
    names = [name for name in chosen.only.split(",") if name] or WORKLOADS
    unknown = [name for name in names if name not in WORKLOADS]
    if unknown:
        parser.error(f"no workload {', '.join(unknown)}; there are {', '.join(WORKLOADS)}")
    return chosen, [name for name in WORKLOADS if name in names]


def load():
    return f"{os.getloadavg()[0]:.1f}"


def revision(tools):
    """Of the sources that our programs were built from, where we built them."""
    if tools.programs:
        return "programs built before"
    try:
        changed = tools.run(
            ["git", "status", "--porcelain", "--untracked-files=no", "--", ".", ":!Benchmarks/README.md"]
        ).strip()
        return (
            "revision "
            + tools.run(["git", "rev-parse", "--short", "HEAD"]).strip()
            + (" with changes" if changed else "")
        )
    except Failure:
        return "revision unknown"


def measure(name, tools):
    """The workload's contests and its block of the page."""
    before, workload = load(), importlib.import_module(f"workloads.{name}")
    contests = workload.run(tools)
    about = (
        f"{datetime.date.today()}, {machine()}, load {before} before and {load()} after; {revision(tools)}, "
        f"{tools.versions(workload.PACKAGES)}; `make bench ONLY={name}`."
    )
    return contests, f"{about}\n\n{table(contests)}"


def main():
    chosen, names = arguments()
    workloads = {name: importlib.import_module(f"workloads.{name}") for name in names}
    if chosen.list:
        for name, workload in workloads.items():
            print(f"{name:10} {workload.MINUTES:3} min  {workload.__doc__.splitlines()[0]}")
        return 0
    tools = Tools(chosen.programs, chosen.quick)
    minutes = sum(workload.MINUTES for workload in workloads.values())
    if not chosen.quick:
        say(
            f"{', '.join(names)}: about {minutes} minutes on 2 cores, and the first time about 12 more to build our "
            "programs and install the rivals"
        )
    page, wrong, outcomes = HERE / "README.md", [], []
    for name in names:
        say(f"{name}: {workloads[name].__doc__.splitlines()[0]}")
        try:
            contests, block = measure(name, tools)
        except (Failure, OSError) as failure:
            say(f"{name} failed: {failure}")
            wrong.append(name)
            continue
        print(f"## {name}\n{block}\n", flush=True)
        outcomes += [met for contest in contests for _, _, met in contest.goals()]
        if any(contest.ours and contest.ours.failure for contest in contests):
            wrong.append(name)
        if not chosen.quick:
            page.write_text(replaced(page.read_text(), name, block))
    if not chosen.quick:
        say(f"goals: {outcomes.count(True)} met, {outcomes.count(False)} missed, {outcomes.count(None)} not known")
    if wrong:
        say(f"of ours failed: {', '.join(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except MarkerMissing as error:
        sys.exit(f"bench: error: {error}")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit(130)

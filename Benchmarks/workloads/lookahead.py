"""25 residents whose model calls take time, 8 slots: looking ahead against lock step and what any order could reach."""

import re

from contest import Contest, entry
from tools import interleave

MINUTES = 4
PACKAGES = []
LINE = re.compile(r"^  (.+?)\s+(\d+\.\d+) s(?:  (.*))?$")
LOADS = {"every call takes time": (1.5, "dense"), "15% of the calls take time": (3.5, "bursty")}


def walls(tools, hours):
    """Seconds by load and line, and calls that were wasted."""
    found, load = {}, None
    for line in tools.run([tools.program("lookahead"), "Worlds/valentine.yaml", hours, 8, 20]).splitlines():
        if line.rstrip(":") in LOADS:
            load = line.rstrip(":")
        elif load and (match := LINE.match(line)):
            found[load, match[1]] = float(match[2])
            if "(oracle)" in match[1]:
                found[load, "oracle"] = float(match[2])
            if wasted := re.search(r"(\d+) calls wasted", match[3] or ""):
                found[load, "wasted"] = int(wasted[1])
    return found


def run(tools):
    found = interleave({"ours": lambda: walls(tools, 4 if tools.quick else 10)}, 1 if tools.quick else 2)["ours"]
    contests = []
    for load, (wanted, name) in LOADS.items():

        def pick(line):
            return lambda one: one[load, line]

        def oracle(one):
            """The oracle's wall, known in the time of the trace, in the time that lock step was measured to take."""
            return one[load, "oracle"] * one[load, "lock step, measured"] / one[load, "lock step, by the trace"]

        wall = Contest(f"{name}: {load}", "s")
        wall.ours = entry("populace", found, pick("ahead, measured"))
        wall.others = [
            entry("ours in lock step", found, pick("lock step, measured"), wanted),
            entry("the rule's bound", found, pick("the rule's bound: the greater of the two")),
            entry("who really meets whom (oracle)", found, oracle, 0.95),
        ]
        contests += [wall, Contest(f"{name}: calls wasted", "", ours=entry("populace", found, pick("wasted")), bound=0)]
    return contests

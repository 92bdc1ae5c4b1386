"""What 2,000 calls to a server that answers at once, or after 50 ms, cost their client: 200 personas, 10 questions."""

import re
import shutil
import urllib.request

from contest import Contest, Entry, entry
from tools import RIVALS, Failure, Server, interleave

MINUTES = 9
PACKAGES = ["openai", "gdm-concordia", "edsl"]


def wrk(tools, server, at_once, calls):
    """No client but a load generator: the wall of so many calls at the rate it reached."""
    output = tools.run(
        ["wrk", "-t1", f"-c{at_once}", "-d2s", "-s", RIVALS / "calls_wrk.lua", server + "/v1/chat/completions"]
    )
    rate = re.search(r"Requests/sec:\s*([\d.]+)", output)
    if not rate:
        raise Failure("wrk reported no rate")
    return {"wall": calls / float(rate.group(1))}


def ours(tools, server, at_once, calls):
    urllib.request.urlopen(server + "/reset").read()  # the program only reads what the server counted
    found = tools.json([tools.program("calls"), "--json", "--server", server, "--at-once", at_once, "--calls", calls])
    if found["server"]["calls"] != calls:
        raise Failure(f"invalid: the server saw {found['server']['calls']} calls")
    return {
        "wall": found["wallSeconds"],
        "perCall": found["processorMillisecondsPerCall"],
        "atOnce": found["server"]["most"],
        "MiB": found["mostMemoryKilobytes"] / 1024,
    }


def run(tools):
    calls = 200 if tools.quick else 2_000
    contests, wide = [], {"wall": "s", "perCall": "processor ms a call", "MiB": "peak MiB", "atOnce": "most at once"}
    for delay in [0, 50]:
        for at_once in [64, 500]:
            with Server(tools, [tools.program("answering"), "--delay", delay]) as server:
                runners = {
                    "ours": lambda: ours(tools, server, at_once, calls),
                    "openai": lambda: tools.rival("calls_openai.py", server, at_once, calls),
                    "Concordia": lambda: tools.rival("calls_concordia.py", server, at_once, calls),
                }
                if at_once == 64:
                    runners["EDSL"] = lambda: tools.rival("calls_edsl.py", server, calls)
                if shutil.which("wrk"):
                    runners["wrk"] = lambda: wrk(tools, server, at_once, calls)
                found = interleave(runners, 1 if tools.quick else 3, seldom={"EDSL": 1})
            contests += compare(found, delay, at_once, calls, wide)
    return contests


def compare(found, delay, at_once, calls, wide):
    named = [("openai", "openai, async"), ("Concordia", "Concordia, threads"), ("EDSL", "EDSL, its defaults")]
    goals = {
        ("wall", 50, 64): {"Concordia": 4.2, "openai": 4.6, "EDSL": 18},
        ("wall", 50, 500): {"openai": 79},
        ("perCall", 50, 64): {"Concordia": 20, "openai": 20, "EDSL": 67},
    }
    figures = ["wall", "perCall", "MiB"] if delay and at_once == 64 else ["wall"]
    for figure in figures:
        contest = Contest(f"{calls:,} calls of {delay} ms, {at_once} at once", wide[figure])
        contest.ours = entry("populace", found["ours"], lambda one: one[figure])
        for name, who in named:
            if name in found:
                wanted = goals.get((figure, delay, at_once), {}).get(name)
                contest.others.append(entry(who, found[name], lambda one: one[figure], wanted))
        if figure == "wall" and delay:
            floor = -(-calls // at_once) * delay / 1e3
            # 1.65 s against 1.60 at 64; .35 against .20 at 500.
            contest.others.append(Entry("floor, by arithmetic", [floor], wanted={64: 0.97, 500: 0.57}[at_once]))
        if figure == "wall" and "wrk" in found:
            contest.others.append(entry("wrk (a load generator)", found["wrk"], lambda one: one["wall"]))
        if figure == "perCall":
            contest.bound = 0.15
        if figure == "MiB":
            contest.bound = 20
        yield contest

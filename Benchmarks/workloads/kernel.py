"""The event list: agents who wait and wait again (SimPy, salabim), the hold model (C++), an empty step (Mesa)."""

from contest import Contest, entry
from tools import interleave

MINUTES = 3
PACKAGES = ["simpy", "salabim", "mesa"]


def rates(tools):
    """Best and median of the program's own rounds, in millions a second, by workload."""
    lines = tools.run([tools.program("kernel")]).splitlines()[1:]
    return {name: (float(best), float(median)) for name, best, median in (line.split("\t") for line in lines)}


def run(tools):
    total = 100_000 if tools.quick else 1_000_000
    small, large = 1_000, 100_000
    million = lambda found: found["rate"] / 1e6
    found = interleave(
        {
            "ours": lambda: rates(tools),
            "simpy": lambda: tools.rival("simpy_waits.py", small, total),
            "simpy large": lambda: tools.rival("simpy_waits.py", large, total),
            "salabim": lambda: tools.rival("salabim_waits.py", small, total // 5),
            "mesa": lambda: tools.rival("mesa_steps.py", 10_000, 10 if tools.quick else 100),
            "queues": lambda: tools.json([tools.compiled("queues.cpp"), small, total * 10]),
            "queues large": lambda: tools.json([tools.compiled("queues.cpp"), large, total * 10]),
        },
        repeats=1 if tools.quick else 3,
    )
    contests = []
    for agents, suffix, wanted in [(small, "", 50), (large, " large", 200)]:
        contest = Contest(f"waits of {agents:,} agents", "million/s", more=True)
        contest.ours = entry("populace", found["ours"], lambda one: one[f"waits, {agents} agents"])
        contest.others.append(entry("SimPy", found["simpy" + suffix], million, wanted))
        if agents == small:
            contest.others.append(entry("salabim", found["salabim"], million))
        contests.append(contest)
    for agents, suffix in [(small, ""), (large, " large")]:
        contest = Contest(f"hold model, {agents:,} agents", "million/s", more=True)
        contest.ours = entry("populace", found["ours"], lambda one: one[f"hold, {agents} agents"])
        for name, who in [
            ("heap", "C++ std::priority_queue"),
            ("fourAry", "C++ 4-ary heap"),
            ("wheel", "C++ timing wheel (limit)"),
        ]:
            contest.others.append(entry(who, found["queues" + suffix], lambda one: one[name] / 1e6))
        contests.append(contest)
    step = Contest("empty steps of 10,000 agents", "million agent-steps/s", more=True)
    step.ours = entry("populace", found["ours"], lambda one: one["empty steps, 10,000 agents x 100"])
    step.others = [
        entry("Mesa, do", found["mesa"], lambda one: one["do"] / 1e6, 50),
        entry("Mesa, shuffle_do", found["mesa"], lambda one: one["shuffle_do"] / 1e6),
    ]
    return [*contests, step]

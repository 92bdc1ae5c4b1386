"""What a workload found: ours beside rivals and limits, ratios, goals met or missed."""

import statistics
from dataclasses import dataclass, field


@dataclass
class Entry:
    """Somebody's figures, one a repeat; a pair where a repeat itself gave its best and its median."""

    who: str
    values: list = field(default_factory=list)
    failure: str | None = None
    wanted: float | None = None  # ours is to be so many times as good

    def pairs(self):
        return [value if isinstance(value, (tuple, list)) else (value, value) for value in self.values]

    def median(self):
        return statistics.median(median for _, median in self.pairs())


def entry(who, found, pick, wanted=None):
    """Somebody's figures out of what `interleave` found: a list of dictionaries, or why there is none."""
    if isinstance(found, Exception):
        return Entry(who, failure=str(found), wanted=wanted)
    try:
        return Entry(who, [pick(one) for one in found], wanted=wanted)
    except KeyError as missing:
        return Entry(who, failure=f"no figure {missing} in what it wrote", wanted=wanted)


@dataclass
class Contest:
    """One figure of a workload: what it measures, in which unit, and whether more of it is better."""

    what: str
    unit: str
    more: bool = False
    ours: Entry | None = None
    others: list[Entry] = field(default_factory=list)
    bound: float | None = None  # ours is to be on the good side of it

    def best(self, entry):
        return (max if self.more else min)(best for best, _ in entry.pairs())

    def ratio(self, entry):
        """How many times as good ours is, by the best of each; `None` when one of them has no figure."""
        if not self.ours or not self.ours.values or not entry.values:
            return None
        ours, other = self.best(self.ours), self.best(entry)
        return (ours / other if self.more else other / ours) if ours and other else None

    def goals(self):
        """Words and outcome of each goal, the outcome `None` when a figure is missing."""
        if self.bound is not None:
            ours = self.best(self.ours) if self.ours and self.ours.values else None
            met = None if ours is None else (ours >= self.bound if self.more else ours <= self.bound)
            yield self.ours, f"{'>=' if self.more else '<='} {number(self.bound)}", met
        for entry in self.others:
            if entry.wanted is not None:
                ratio = self.ratio(entry)
                yield entry, f">= {number(entry.wanted)}x", None if ratio is None else ratio >= entry.wanted


def number(value):
    """Three digits that mean something, with thousands marked."""
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    text = f"{value:.3g}"
    return f"{value:.6f}".rstrip("0") if "e" in text else text


OUTCOMES = {True: "met", False: "**missed**", None: "not known"}


def table(contests):
    """The contests as a table of Markdown, a row for everybody in them."""
    lines = ["| figure | who | best | median | n | ours is | goal |", "|---|---|---|---|---|---|---|"]
    for contest in contests:
        goals = {id(entry): f"{words}: {OUTCOMES[met]}" for entry, words, met in contest.goals()}
        what = f"{contest.what}, {contest.unit}" if contest.unit else contest.what
        for entry in [contest.ours, *contest.others]:
            if entry is None:
                continue
            who = "**populace**" if entry is contest.ours else entry.who
            if entry.failure:
                figures = [f"failed: {entry.failure.replace('|', '/')}", "", "", ""]
            else:
                ratio = None if entry is contest.ours else contest.ratio(entry)
                figures = [
                    number(contest.best(entry)),
                    number(entry.median()),
                    str(len(entry.values)),
                    "" if ratio is None else f"{number(ratio)}x",
                ]
            lines.append(f"| {' | '.join([what, who, *figures, goals.get(id(entry), '')])} |")
            what = ""
    return "\n".join(lines)

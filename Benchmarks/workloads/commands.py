"""Whole commands: starting up beside importing the rivals, an import, a day recorded and replayed, a comparison."""

import itertools
import tempfile

from contest import Contest, entry
from tools import interleave

MINUTES = 4
PACKAGES = ["edsl", "gdm-concordia"]


def run(tools):
    repeats = 1 if tools.quick else 5
    with tempfile.TemporaryDirectory() as folder:
        number = itertools.count()

        def wall(*arguments, program=None, fresh=False, database=f"{folder}/kept.sqlite"):
            command = [program or tools.program("populace"), *arguments]
            if program is None and arguments != ("--help",):
                command += ["--db", f"{folder}/{next(number)}.sqlite" if fresh else database]
            seconds, memory = tools.timed(command)
            return {"wall": seconds, "MiB": memory}

        day = ["run", "Worlds/alder-creek.yaml", "--model", "scripted", "--quiet"]
        poll = [
            "poll",
            "Personas/gss-adults.panel.yaml",
            "--questions",
            "natsci,natpark,abany",
            "--model",
            "scripted",
            "--quiet",
        ]
        found = interleave(
            {
                "start": lambda: wall("--help"),
                "EDSL": lambda: wall("-c", "from edsl import Agent, Model, Survey", program=tools.python()),
                "Concordia": lambda: wall(
                    "-c", "from concordia.language_model import gpt_model", program=tools.python()
                ),
                "import": lambda: wall("import", "Personas/gss2018.survey.yaml", "--quiet", fresh=True),
                "day": lambda: wall(*day, fresh=True),
            },
            repeats,
        )
        prepared = interleave({"day": lambda: wall(*day), "poll": lambda: wall(*poll)}, 1)
        again = interleave(
            {"replay": lambda: wall(*day), "compare": lambda: wall("compare", "latest:poll", "--by", "party")}, repeats
        )
        found |= {"poll": prepared["poll"]} | again
    start = Contest("populace --help", "s")
    start.ours = entry("populace", found["start"], lambda one: one["wall"])
    start.others = [
        entry(f"{who}, importing its library", found[who], lambda one: one["wall"]) for who in ["EDSL", "Concordia"]
    ]
    plain = {
        "import": "import gss2018 (2,348 x 38), new database",
        "day": "a day of 6 residents, scripted, new database",
        "replay": "the same day, replayed",
        "poll": "poll, 120 people x 3 questions, scripted",
        "compare": "compare it by party",
    }
    return [start] + [
        Contest(what, "s", ours=entry("populace", found[name], lambda one: one["wall"])) for name, what in plain.items()
    ]

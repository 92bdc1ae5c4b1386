"""A sweep on a Slurm of this machine: cells batched into tasks, and a job for each, beside the sum of the cells."""

import itertools
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from contest import Contest, entry
from tools import ROOT, Failure, interleave

MINUTES = 6
PACKAGES = []
STUDY = "study: Mornings\nrun: Worlds/alder-creek.yaml\nuntil: {until}\nsweep: {{ seed: {seeds} }}\n"


def run(tools):
    cells, repeats = (4, 1) if tools.quick else (40, 2)
    slurm, number = ROOT / "Scripts" / "slurm", itertools.count()
    tools.run([slurm, "install"])
    program = tools.program("populace")
    with tempfile.TemporaryDirectory() as folder:
        for part in ["Worlds", "Personas"]:
            shutil.copytree(ROOT / part, Path(folder) / part)
        file = Path(folder) / "Worlds" / "mornings.study.yaml"
        cluster = tools.run([slurm, "up", f"{folder}/slurm"]).split()[-1]
        try:
            slots = int(tools.run(["sinfo", "-h", "-o", "%C"], SLURM_CONF=cluster).split("/")[-1])

            def sweep(*more):
                """Wall seconds over the cells' own seconds shared out among the slots."""
                own = Path(folder) / f"results-{next(number)}"
                command = [program, "sweep", file, "--model", "scripted", "--quiet", "--db", own / "r.sqlite"]
                # Two cells tell how long one takes.
                file.write_text(STUDY.format(until="day 1 20:00", seeds="1..2"))
                tools.run([*command, "--jobs", slots], SLURM_CONF=cluster, folder=folder)
                file.write_text(STUDY.format(until="day 1 20:00", seeds=f"3..{cells + 2}"))
                before = set((own / "sweeps").rglob("*.json"))
                begin = time.perf_counter()
                tools.run([*command, "--on", "slurm", *more], SLURM_CONF=cluster, folder=folder)
                wall = time.perf_counter() - begin
                outcomes = [json.loads(path.read_text()) for path in (own / "sweeps").glob("*/cells/*.json") if path not in before]
                done = [outcome["seconds"] for outcome in outcomes if outcome["status"] == 0]
                if len(done) != cells:
                    raise Failure(f"{len(done)} of {cells} cells were done")
                return {"over": wall / (sum(done) / slots), "wall": wall}

            found = interleave({"batched": sweep, "single": lambda: sweep("--batch", "1")}, repeats)
        finally:
            subprocess.run([slurm, "down", f"{folder}/slurm"], check=False)
    over = Contest(f"{cells} runs on {slots} processors: wall over the runs' own seconds", "", bound=1.05)
    over.ours = entry("populace, auto", found["batched"], lambda one: one["over"])
    over.others = [entry("a job for each run", found["single"], lambda one: one["over"])]
    wall = Contest("the same, from the command to the merged tables", "s")
    wall.ours = entry("populace, auto", found["batched"], lambda one: one["wall"])
    wall.others = [entry("a job for each run", found["single"], lambda one: one["wall"])]
    return [over, wall]

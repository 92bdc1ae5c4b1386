"""A survey on the small model: ours with and without sharing what prompts begin with, and a llama server with its cache."""
from pathlib import Path

from contest import Contest, Entry, entry
from tools import RIVALS, Failure, Server, interleave

MINUTES = 25
THREADS = 2


def ours(tools, method, personas, questions, unshared):
    return tools.json(
        [tools.program("prefix"), "--json", "--method", method, "--personas", personas, "--questions", questions,
         "--unshared", unshared], 3600, POPULACE_THREADS=str(THREADS))


class Llama:
    """The llama server on the model that ours runs."""

    def __init__(self, tools, slots, cache):
        model = Path(tools.environment["POPULACE_CACHE"]) / "models" / "SmolLM2-135M-Instruct.Q8_0.gguf"
        self.server = Server(tools, [tools.python(), RIVALS / "llama_server.py", model, slots, THREADS, cache])

    def __enter__(self):
        return self.server.__enter__()

    def __exit__(self, *why):
        return self.server.__exit__(*why)


def served(tools, clients, cache, personas, questions):
    with Llama(tools, clients, cache) as server:
        found = tools.json([tools.program("served"), "--server", server, "--personas", personas, "--questions", questions,
                            "--at-once", clients], 3600)
    return {"prompt": found["seconds"] / found["prompts"], "evaluated": found["evaluated"]}


def sampled(tools, script, cells, repeats):
    with Llama(tools, 4, "cache") as server:
        return tools.rival(script, server, cells, repeats, limit=1800)


def run(tools):
    personas, questions = (2, 5) if tools.quick else (20, 20)
    shapes = [(personas, questions)] if tools.quick else [(20, 20), (200, 10)]
    repeats, contests = 1 if tools.quick else 2, []
    found = interleave(
        {
            "letters": lambda: ours(tools, "letters", personas, questions, min(20, personas * questions)),
            "cached 1": lambda: served(tools, 1, "cache", personas, questions),
            "cached 4": lambda: served(tools, 4, "cache", personas, questions),
            "uncached": lambda: served(tools, 1, "no-cache", 1, min(20, questions)),
            "words": lambda: ours(tools, "words", personas, questions, min(20, personas * questions)),
            "openai": lambda: sampled(tools, "survey_openai.py", 2 if tools.quick else 10, 5 if tools.quick else 20),
            "EDSL": lambda: sampled(tools, "survey_edsl.py", 2 if tools.quick else 5, 2 if tools.quick else 4),
        },
        repeats, seldom={"words": 1, "uncached": 1, "openai": 1, "EDSL": 1})

    def a_prompt(one):
        return one["seconds"] / one["prompts"]

    name = f"{personas} x {questions}"
    wall = Contest(f"letters, {name}", "s a prompt")
    wall.ours = entry("populace", found["letters"], a_prompt)
    wall.others = [
        entry("ours, nothing shared", found["letters"], lambda one: one["unsharedSeconds"] / one["unsharedPrompts"], 3.1),
        entry("llama server, prompt cache, 1 client", found["cached 1"], lambda one: one["prompt"], 1.2),
        entry("llama server, prompt cache, 4 clients", found["cached 4"], lambda one: one["prompt"], 1.2),
        entry("llama server without its cache", found["uncached"], lambda one: one["prompt"]),
    ]
    words = Contest(f"words, {name}", "s a prompt")
    words.ours = entry("populace", found["words"], a_prompt)
    words.others = [entry("ours, nothing shared", found["words"], lambda one: one["unsharedSeconds"] / one["unsharedPrompts"])]
    contests += [wall, words, known(found)]

    large = {} if tools.quick else interleave({"letters": lambda: ours(tools, "letters", 200, 10, 4)}, 1)
    runs = {("letters", name): found["letters"], ("words", name): found["words"], ("letters", "200 x 10"): large.get("letters")}
    for (method, shape), results in runs.items():
        if results is None:
            continue
        for what, pick, bound in [
            ("tokens evaluated / the least", lambda one: one["evaluated"] / one["floor"], 1.02),
            ("wall / time in the library", lambda one: one["seconds"] / one["decodeSeconds"], 1.10),
            ("largest difference of a probability, shared and alone", lambda one: one["largestDifference"], 0),
        ]:
            contests.append(Contest(f"{method}, {shape}: {what}", "", ours=entry("populace", results, pick), bound=bound))
    return contests


def known(found):
    """Seconds until a cell's distribution is known: ours reads it, the others draw answers until they have it."""
    contest = Contest("a cell's distribution to .05 (95%)", "s a cell")
    contest.ours = entry("populace", found["letters"], lambda one: one["seconds"] / one["prompts"])
    drawn = found["openai"]
    if isinstance(drawn, Failure):
        contest.others = [Entry("openai, drawing answers", failure=str(drawn)), Entry("EDSL, drawing answers", failure=str(drawn), wanted=50)]
        return contest
    needed = drawn[0]["needed"]
    edsl = found["EDSL"]
    read = "" if isinstance(edsl, Failure) else f", {edsl[0]['read']:.0%} readable"
    contest.others = [
        entry(f"openai, {needed:.0f} answers, {drawn[0]['letters']:.0%} letters", drawn, lambda one: one["seconds"] * needed),
        entry(f"EDSL, {needed:.0f} answers{read}", edsl, lambda one: one["seconds"] * needed, 50),
    ]
    return contest

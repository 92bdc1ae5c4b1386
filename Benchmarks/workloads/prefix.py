"""A survey on the small model: ours with and without sharing what prompts begin with, and a caching llama server."""

from pathlib import Path

from contest import Contest, Entry, entry
from tools import RIVALS, Failure, Server, interleave

MINUTES = 25
PACKAGES = ["xllamacpp", "openai", "edsl"]
THREADS = 2


def ours(tools, method, personas, questions, unshared):
    return tools.json(
        [
            tools.program("prefix"),
            "--json",
            "--method",
            method,
            "--personas",
            personas,
            "--questions",
            questions,
            "--unshared",
            unshared,
        ],
        3600,
        POPULACE_THREADS=str(THREADS),
    )


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
        found = tools.json(
            [
                tools.program("served"),
                "--server",
                server,
                "--personas",
                personas,
                "--questions",
                questions,
                "--at-once",
                clients,
            ],
            3600,
        )
    return {"prompt": found["seconds"] / found["prompts"], "probabilities": found["probabilities"]}


def difference(one, other):
    """The largest difference in a probability between two runs, over the prompts that both asked."""
    pairs = zip(one["probabilities"], other["probabilities"])
    return max(abs(a - b) for mine, theirs in pairs for a, b in zip(mine, theirs))


def sampled(tools, script, cells, repeats):
    with Llama(tools, 4, "cache") as server:
        return tools.rival(script, server, cells, repeats, limit=1800)


def run(tools):
    personas, questions = (2, 5) if tools.quick else (20, 20)
    alone = min(20, personas * questions)
    found = interleave(
        {
            "letters": lambda: ours(tools, "letters", personas, questions, alone),
            "cached 1": lambda: served(tools, 1, "cache", personas, questions),
            "cached 4": lambda: served(tools, 4, "cache", personas, questions),
            "uncached": lambda: served(tools, 1, "no-cache", 1, questions),
            "words": lambda: ours(tools, "words", personas, questions, alone),
            "openai": lambda: sampled(tools, "survey_openai.py", 2 if tools.quick else 10, 5 if tools.quick else 20),
            "EDSL": lambda: sampled(tools, "survey_edsl.py", 2 if tools.quick else 5, 2 if tools.quick else 4),
        },
        1 if tools.quick else 2,
        seldom={"words": 1, "uncached": 1, "openai": 1, "EDSL": 1},
    )
    shape = f"{personas} x {questions}"
    contests = [*walls(found, shape), known(found)]
    contests += tokens(f"letters, {shape}", found["letters"]) + [
        exactness(f"letters, {shape}", found["letters"], found)
    ]
    contests += tokens(f"words, {shape}", found["words"]) + [exactness(f"words, {shape}", found["words"])]
    if not tools.quick:
        large = interleave({"letters": lambda: ours(tools, "letters", 200, 10, 4)}, 1)["letters"]
        contests += tokens("letters, 200 x 10", large)
    return contests


def walls(found, shape):
    def prompt(one):
        return one["seconds"] / one["prompts"]

    def unshared(one):
        return one["unsharedSeconds"] / one["unsharedPrompts"]

    letters = Contest(f"letters, {shape}", "s a prompt", ours=entry("populace", found["letters"], prompt))
    letters.others = [
        entry("ours, nothing shared", found["letters"], unshared, 3.1),
        entry("llama server, prompt cache, 1 client", found["cached 1"], lambda one: one["prompt"], 1.2),
        entry("llama server, prompt cache, 4 clients", found["cached 4"], lambda one: one["prompt"], 1.2),
        entry("llama server without its cache", found["uncached"], lambda one: one["prompt"]),
    ]
    words = Contest(f"words, {shape}", "s a prompt", ours=entry("populace", found["words"], prompt))
    words.others = [entry("ours, nothing shared", found["words"], unshared)]
    return [letters, words]


def tokens(name, results):
    return [
        Contest(
            f"{name}: tokens evaluated / the least",
            "",
            bound=1.02,
            ours=entry("populace", results, lambda one: one["evaluated"] / one["floor"]),
        ),
        Contest(
            f"{name}: wall / time in the library",
            "",
            bound=1.10,
            ours=entry("populace", results, lambda one: one["seconds"] / one["decodeSeconds"]),
        ),
    ]


def exactness(name, results, found=None):
    contest = Contest(
        f"{name}: largest difference of a probability, shared and alone",
        "",
        bound=0,
        ours=entry("populace", results, lambda one: one["largestDifference"]),
    )
    if found and not isinstance(found["uncached"], Failure):
        alone = found["uncached"][0]
        contest.others = [
            entry(
                f"llama server, prompt cache, {clients} at once",
                found[f"cached {clients}"],
                lambda one: difference(one, alone),
            )
            for clients in [1, 4]
        ]
    return contest


def known(found):
    """Seconds until a cell's distribution is known: ours reads it, the others draw answers until they have it."""
    contest = Contest("a cell's distribution to .05 (95%)", "s a cell")
    contest.ours = entry("populace", found["letters"], lambda one: one["seconds"] / one["prompts"])
    drawn = found["openai"]
    if isinstance(drawn, Failure):
        contest.others = [
            Entry("openai, drawing answers", failure=str(drawn)),
            Entry("EDSL, drawing answers", failure=str(drawn), wanted=50),
        ]
        return contest
    needed = drawn[0]["needed"]
    edsl = found["EDSL"]
    read = "" if isinstance(edsl, Failure) else f", {edsl[0]['read']:.0%} readable"
    contest.others = [
        entry(
            f"openai, {needed:.0f} answers, {drawn[0]['letters']:.0%} letters",
            drawn,
            lambda one: one["seconds"] * needed,
        ),
        entry(f"EDSL, {needed:.0f} answers{read}", edsl, lambda one: one["seconds"] * needed, 50),
    ]
    return contest

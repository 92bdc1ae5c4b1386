"""The `openai` client drawing answers from a server until a cell's distribution is known: survey_openai.py URL CELLS N.

Each cell, a person and a question, is asked N times at temperature 1 for one letter. Gives the seconds an answer takes,
and how many answers a cell needs so that the shares of its options are within .05 of the truth in total variation in 95
of 100 surveys, were the truth the probabilities that the server itself gives for the letters (mean over the cells).
"""

import asyncio
import json
import math
import random
import sys
import time

import openai

from survey_prompts import OPTIONS, persona, question

server, cells, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
client = openai.AsyncOpenAI(base_url=server + "/v1", api_key="x", timeout=600)
LETTERS = "ABCD"


def messages(cell):
    listed = "\n".join(f"{letter}. {option}" for letter, option in zip(LETTERS, OPTIONS))
    return [
        {"role": "system", "content": "You are a person answering a survey. " + persona(cell)},
        {"role": "user", "content": f"{question(cell)}\n{listed}\nAnswer with one letter."},
    ]


async def ask(cell, seed):
    answer = await client.chat.completions.create(
        model="served", messages=messages(cell), max_tokens=1, temperature=1, seed=seed
    )
    return answer.choices[0].message.content.strip() in tuple(LETTERS)


async def shares(cell):
    answer = await client.chat.completions.create(
        model="served", messages=messages(cell), max_tokens=1, temperature=1, logprobs=True, top_logprobs=100
    )
    found = dict.fromkeys(LETTERS, 1e-9)
    for top in answer.choices[0].logprobs.content[0].top_logprobs:
        if top.token.strip() in found:
            found[top.token.strip()] += math.exp(top.logprob)
    return [value / sum(found.values()) for value in found.values()]


def within(p, n, draws=400):
    """The 95th percentile of the total variation between p and the shares of n answers drawn from it."""
    stream, distances = random.Random(n), []
    for _ in range(draws):
        # The normal approximation of a multinomial draw, exact enough at the hundreds of answers this takes.
        noise = [stream.gauss(0, math.sqrt(value / n)) for value in p]
        total = sum(noise)
        distances.append(sum(abs(one - value * total) for one, value in zip(noise, p)) / 2)
    return sorted(distances)[int(0.95 * draws)]


def needed(p):
    return max(20, within(p, 1) ** 2 / 0.05**2)  # the distance goes with 1 / sqrt(n)


async def main():
    truths = [await shares(cell) for cell in range(cells)]
    begin = time.perf_counter()
    letters = 0
    for cell in range(cells):
        letters += sum(await asyncio.gather(*(ask(cell, seed) for seed in range(repeats))))
    seconds = (time.perf_counter() - begin) / (cells * repeats)
    return {"seconds": seconds, "needed": sum(map(needed, truths)) / cells, "letters": letters / (cells * repeats)}


print(json.dumps(asyncio.run(main())))

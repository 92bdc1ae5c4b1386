"""Concordia's GptLanguageModel asking 200 personas 10 questions from C threads: calls_concordia.py URL C CALLS.

It has no setting for the server's address; the `openai` client under it reads OPENAI_BASE_URL.
"""

import concurrent.futures
import json
import os
import sys

server, at_once, calls = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.environ["OPENAI_BASE_URL"] = server + "/v1"
from concordia.language_model import gpt_model

from spending import Spending

life = "You live in a small town and work hard. " * 20
model = gpt_model.GptLanguageModel("constant", api_key="x")


def ask(number):
    prompt = (
        f"You are persona {number // 10}. {life}\nQuestion {number % 10}: How satisfied are you with public "
        "services? Answer with one letter."
    )
    return model.sample_choice(prompt, ["A", "B", "C", "D", "E"])[1]


spending = Spending(server)
with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
    answers = list(pool.map(ask, range(calls)))
assert answers == ["A"] * calls
print(json.dumps(spending.figures(calls)))

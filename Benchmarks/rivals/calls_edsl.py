"""EDSL asking agents 10 questions with its own defaults for how many at once: calls_edsl.py URL CALLS.

Its traits are salted and the server's count is checked: it answers from its own cache in spite of fresh=True.
"""

import json
import os
import sys
import time

server, calls = sys.argv[1], int(sys.argv[2])
os.environ |= {
    "OPENAI_COMPATIBLE_BASE_URL": server + "/v1",
    "OPENAI_COMPATIBLE_API_KEY": "x",
    "EDSL_RUN_MODE": "production",
}
from edsl import Agent, AgentList, Model, QuestionMultipleChoice, Survey

from spending import Spending

life = "You live in a small town and work hard. " * 20
model = Model("constant", service_name="openai_compatible", base_url=server + "/v1", rpm=10_000_000, tpm=10_000_000_000)
questions = [
    QuestionMultipleChoice(
        question_name=f"q{number}",
        question_text=f"Question {number}: How satisfied are you with public services?",
        question_options=["A", "B", "C", "D", "E"],
    )
    for number in range(10)
]
salt = time.time_ns()
agents = AgentList([Agent(traits={"persona": f"persona {number} {salt} {life}"}) for number in range(calls // 10)])

spending = Spending(server)
results = (
    Survey(questions)
    .by(agents)
    .by(model)
    .run(
        disable_remote_inference=True,
        disable_remote_cache=True,
        fresh=True,
        progress_bar=False,
        print_exceptions=False,
        stop_on_exception=False,
    )
)
figures = spending.figures(calls)
answers = [answer for number in range(10) for answer in results.select(f"answer.q{number}").to_list()]
assert answers == ["A"] * calls, f"{sum(answer != 'A' for answer in answers)} of {calls} answers were not A"
print(json.dumps(figures))

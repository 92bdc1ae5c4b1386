"""EDSL drawing answers from a server: survey_edsl.py URL CELLS N. Gives the seconds an answer takes.

Each of CELLS people is asked one question N times at temperature 1; what a small model writes that EDSL cannot read as
one of the options counts as an answer all the same, to its favour. Its own cache is kept out by a salt in the traits.
"""

import json
import os
import sys
import time

server, cells, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.environ |= {
    "OPENAI_COMPATIBLE_BASE_URL": server + "/v1",
    "OPENAI_COMPATIBLE_API_KEY": "x",
    "EDSL_RUN_MODE": "production",
}
from edsl import Agent, AgentList, Model, QuestionMultipleChoice, Survey

from survey_prompts import OPTIONS, persona, question

model = Model(
    "served",
    service_name="openai_compatible",
    base_url=server + "/v1",
    rpm=10_000_000,
    tpm=10_000_000_000,
    temperature=1,
    max_tokens=16,
)
asked = QuestionMultipleChoice(question_name="q", question_text=question(0), question_options=OPTIONS)
salt = time.time_ns()
agents = AgentList([Agent(traits={"persona": f"{persona(cell)} ({salt})"}) for cell in range(cells)])
begin = time.perf_counter()
results = (
    Survey([asked])
    .by(agents)
    .by(model)
    .run(
        n=repeats,
        disable_remote_inference=True,
        disable_remote_cache=True,
        fresh=True,
        progress_bar=False,
        print_exceptions=False,
        stop_on_exception=False,
    )
)
seconds = time.perf_counter() - begin
answers = results.select("answer.q").to_list()
if len(answers) != cells * repeats:
    raise SystemExit(f"{len(answers)} answers instead of {cells * repeats}")
print(
    json.dumps(
        {"seconds": seconds / len(answers), "read": sum(answer is not None for answer in answers) / len(answers)}
    )
)

"""The `openai` client asking 200 personas 10 questions, at most C at once: calls_openai.py URL C CALLS."""

import asyncio
import json
import sys

import httpx2
import openai

from spending import Spending

server, at_once, calls = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
life = "You live in a small town and work hard. " * 20


async def main():
    limits = httpx2.Limits(max_connections=at_once, max_keepalive_connections=at_once)
    client = openai.AsyncOpenAI(
        base_url=server + "/v1", api_key="x", http_client=httpx2.AsyncClient(limits=limits, timeout=120)
    )
    slots = asyncio.Semaphore(at_once)

    async def ask(number):
        question = (
            f"Question {number % 10}: How satisfied are you with public services? "
            "A) very B) fairly C) neither D) not very E) not at all. Answer with one letter."
        )
        async with slots:
            answer = await client.chat.completions.create(
                model="constant",
                max_tokens=1,
                logprobs=True,
                top_logprobs=5,
                temperature=0,
                messages=[
                    {"role": "system", "content": f"You are persona {number // 10}. {life}"},
                    {"role": "user", "content": question},
                ],
            )
        return answer.choices[0].logprobs.content[0].top_logprobs[0].token

    return await asyncio.gather(*(ask(number) for number in range(calls)))


spending = Spending(server)
answers = asyncio.run(main())
assert answers == ["A"] * calls
print(json.dumps(spending.figures(calls)))

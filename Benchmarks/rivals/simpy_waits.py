"""SimPy's kernel: N agents who each wait 1 to 2 seconds and again, TOTAL waits in all: simpy_waits.py N TOTAL."""

import json
import sys
import time

import simpy

agents, total = int(sys.argv[1]), int(sys.argv[2])
each = total // agents
environment = simpy.Environment()


def agent(number):
    state = number * 2654435761 & 0xFFFFFFFFFFFFFFFF
    for _ in range(each):
        state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        yield environment.timeout(1.0 + ((state >> 33) % 1000) / 1000.0)


for number in range(agents):
    environment.process(agent(number))
begin = time.perf_counter()
environment.run()
print(json.dumps({"rate": each * agents / (time.perf_counter() - begin)}))

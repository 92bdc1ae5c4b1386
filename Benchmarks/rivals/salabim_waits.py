"""salabim's kernel on the workload of simpy_waits.py with generators: salabim_waits.py N TOTAL."""

import json
import sys
import time

import salabim

agents, total = int(sys.argv[1]), int(sys.argv[2])
each = total // agents


class Agent(salabim.Component):
    def process(self, number):
        state = number * 2654435761 & 0xFFFFFFFFFFFFFFFF
        for _ in range(each):
            state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
            yield self.hold(1.0 + ((state >> 33) % 1000) / 1000.0)


environment = salabim.Environment(trace=False, yieldless=False)
for number in range(agents):
    Agent(number=number)
begin = time.perf_counter()
environment.run()
print(json.dumps({"rate": each * agents / (time.perf_counter() - begin)}))

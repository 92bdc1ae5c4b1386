"""Mesa's scheduling: N agents who do nothing in each of STEPS steps, in order and shuffled: mesa_steps.py N STEPS."""

import json
import sys
import time

import mesa

agents, steps = int(sys.argv[1]), int(sys.argv[2])


class Agent(mesa.Agent):
    def step(self):
        pass


class Model(mesa.Model):
    def __init__(self):
        super().__init__(seed=1)
        Agent.create_agents(self, agents)


def rate(step):
    begin = time.perf_counter()
    for _ in range(steps):
        step("step")
    return agents * steps / (time.perf_counter() - begin)


model = Model()
print(json.dumps({"do": rate(model.agents.do), "shuffle_do": rate(model.agents.shuffle_do)}))

"""SimPy and Mesa on the workloads of kernel/main.swift: events or agent-steps a second, in millions."""
import time

import mesa
import simpy


def waits(agents: int, total: int) -> float:
    environment = simpy.Environment()

    def agent(index):
        state = index * 2654435761 & 0xFFFFFFFFFFFFFFFF
        for _ in range(total // agents):
            state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
            yield environment.timeout(1.0 + ((state >> 33) % 1000) / 1000.0)

    for index in range(agents):
        environment.process(agent(index))
    start = time.perf_counter()
    environment.run()
    return total / (time.perf_counter() - start)


class Agent(mesa.Agent):
    def step(self):
        pass


class Model(mesa.Model):
    def __init__(self, agents: int):
        super().__init__(seed=1)
        Agent.create_agents(self, agents)

    def step(self):
        self.agents.do("step")


def empty_steps(agents: int, steps: int) -> float:
    model = Model(agents)
    start = time.perf_counter()
    for _ in range(steps):
        model.step()
    return agents * steps / (time.perf_counter() - start)


def show(name: str, rates: list[float]):
    print(f"{name}\t{max(rates) / 1e6:.3f}\t{sorted(rates)[len(rates) // 2] / 1e6:.3f}", flush=True)


show("SimPy waits, 1000 agents", [waits(1_000, 500_000) for _ in range(3)])
show("SimPy waits, 100000 agents", [waits(100_000, 500_000) for _ in range(3)])
show("Mesa empty steps, 10000 agents x 100", [empty_steps(10_000, 100) for _ in range(3)])

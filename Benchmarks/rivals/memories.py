"""Retrieval of the best 20 of N memories by a rival, one thread: memories.py numpy|genagents|concordia N QUERIES.

N unit vectors of 384 float32, importance 1...10, age in hours a permutation of 0...N-1; the score is
minmax(.995 ** age) + minmax(importance) + minmax(cosine). genagents is the loop of its memory_stream.py: dictionaries,
a norm a memory and query, a full sort. Concordia's AssociativeMemoryBank ranks on relevance alone, which is less work;
its frame is filled at once, since its add() costs half a millisecond each.
"""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np

rival, N, queries = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
D, K = 384, 20


def unit(rows):
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def minmax(x):
    least = x.min()
    return (x - least) / (x.max() - least)


def numpy(E, importance, age):
    def query(q):
        score = minmax(np.power(np.float32(0.995), age)) + minmax(importance) + minmax(E @ q)
        best = np.argpartition(score, N - K)[N - K :]
        return best[np.argsort(-score[best])]

    return query


def genagents(E, importance, age):
    class Node:
        pass

    nodes, embeddings, by_id = [], {}, {}
    for i in range(N):
        node = Node()
        node.node_id, node.content, node.created = i, f"memory {i}", i
        node.importance, node.last_retrieved = float(importance[i]), -float(age[i])
        nodes.append(node)
        embeddings[node.content] = E[i]
        by_id[i] = node

    def normalised(d):
        least, greatest = min(d.values()), max(d.values())
        for key, value in d.items():
            d[key] = (value - least) / (greatest - least)
        return d

    def query(q):
        latest = max(node.last_retrieved for node in nodes)
        recency = normalised({n.node_id: 0.995 ** (latest - n.last_retrieved) for n in nodes})
        weight = normalised({n.node_id: n.importance for n in nodes})
        relevance = {}
        for n in nodes:
            e = embeddings[n.content]
            relevance[n.node_id] = np.dot(e, q) / (np.linalg.norm(e) * np.linalg.norm(q))
        relevance = normalised(relevance)
        score = {key: recency[key] + relevance[key] + weight[key] for key in recency}
        best = dict(sorted(score.items(), key=lambda item: item[1], reverse=True)[:K])
        return sorted((by_id[key] for key in best), key=lambda n: n.created)

    return query


def concordia(E, importance, age):
    import pandas
    from concordia.associative_memory.basic_associative_memory import AssociativeMemoryBank

    embedded = {}
    bank = AssociativeMemoryBank(embedded.__getitem__)
    bank._memory_bank = pandas.DataFrame({"text": [f"memory {i}" for i in range(N)], "embedding": list(E)})

    def query(q):
        embedded["query"] = q
        return bank.retrieve_associative("query", K)

    return query


random = np.random.default_rng(7)
E = unit(random.standard_normal((N, D), dtype=np.float32))
importance = random.integers(1, 11, N).astype(np.float32)
age = random.permutation(N).astype(np.float32)
query = {"numpy": numpy, "genagents": genagents, "concordia": concordia}[rival](E, importance, age)
times = []
for q in unit(random.standard_normal((queries, D), dtype=np.float32)):
    begin = time.perf_counter()
    found = query(q)
    times.append((time.perf_counter() - begin) * 1e3)
    assert len(found) == K
times.sort()
print(json.dumps({"least": times[0], "median": times[len(times) // 2]}))

"""Rivals of Benchmarks/retrieval on the same kind of data: numpy in float32, and the loop of the genagents package.

N unit vectors of 384 float32, importance 1...10, age in hours a permutation of 0...N-1; score = minmax(.995 ** age) +
minmax(importance) + minmax(cosine); the best 20. A line each: name, N, least and median milliseconds of n queries.
The loop follows genagents' memory_stream.py: dictionaries, a norm per memory and query, a full sort.
"""
import os
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import time
import numpy as np

D, K = 384, 20


def unit(rows):
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def minmax(x):
    least = x.min()
    return (x - least) / (x.max() - least)


def vectorised(E, importance, age):
    def query(q):
        score = minmax(np.power(np.float32(0.995), age)) + minmax(importance) + minmax(E @ q)
        best = np.argpartition(score, len(E) - K)[len(E) - K:]
        return best[np.argsort(-score[best])]
    return query


def looped(E, importance, age):
    class Node:
        pass
    nodes, embeddings, by_id = [], {}, {}
    for i in range(len(E)):
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


def measure(name, N, query, Q):
    times = []
    for q in Q:
        begin = time.perf_counter()
        query(q)
        times.append((time.perf_counter() - begin) * 1e3)
    times.sort()
    print(f"{name} {N} {times[0]:.4f} {times[len(times) // 2]:.4f}", flush=True)


random = np.random.default_rng(7)
for N in (1_000, 10_000, 100_000):
    E = unit(random.standard_normal((N, D), dtype=np.float32))
    importance = random.integers(1, 11, N).astype(np.float32)
    age = random.permutation(N).astype(np.float32)
    Q = unit(random.standard_normal((50, D), dtype=np.float32))
    measure("numpy-f32", N, vectorised(E, importance, age), np.tile(Q, (1 if N > 50_000 else 8, 1)))
    if N <= 10_000:
        measure("genagents-loop", N, looped(E, importance, age), Q[:10])

"""Serves a GGUF model on a free port of loopback, OpenAI-compatible, for tests: test_server.py MODEL.gguf.

Needs the PyPI package xllamacpp. Prints the server's address on one line when it listens, and ends when its standard
input does, so that it never outlives the test that started it.
"""
import sys

import xllamacpp

settings = xllamacpp.CommonParams()
settings.model.path = sys.argv[1]
settings.hostnames = ["127.0.0.1"]
settings.port = 0               # any free port
settings.n_ctx = 4096
settings.n_parallel = 2
settings.cpuparams.n_threads = 1   # model threads wait by spinning; other tests need the other core
settings.embedding = True       # text is served all the same
settings.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
server = xllamacpp.Server(settings)
print(server.listening_address, flush=True)
sys.stdin.read()

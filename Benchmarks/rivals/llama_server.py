"""A llama server on a free port of loopback: llama_server.py MODEL.gguf SLOTS THREADS cache|no-cache.

Flash attention is off, as in ours. Prints its address when it listens, and ends when its standard input does.
"""

import sys

import xllamacpp

settings = xllamacpp.CommonParams()
settings.model.path = sys.argv[1]
settings.hostnames = ["127.0.0.1"]
settings.port = 0
settings.n_parallel = int(sys.argv[2])
settings.n_ctx = 2048 * settings.n_parallel
settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = int(sys.argv[3])
settings.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
settings.cache_prompt = sys.argv[4] == "cache"
if not settings.cache_prompt:
    settings.cache_ram_mib = 0
server = xllamacpp.Server(settings)
print(server.listening_address, flush=True)
sys.stdin.read()

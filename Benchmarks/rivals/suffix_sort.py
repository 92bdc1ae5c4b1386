"""Sorts all suffixes of a folder's text in memory: suffix_sort.py FOLDER."""

import json
import resource
import sys
import time
from pathlib import Path

import pydivsufsort

text = b"\0".join(path.read_bytes() for path in sorted(Path(sys.argv[1]).iterdir()))
begin = time.perf_counter()
places = pydivsufsort.divsufsort(text)
seconds = time.perf_counter() - begin
assert len(places) == len(text)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "MiB": memory, "bytes": len(text)}))

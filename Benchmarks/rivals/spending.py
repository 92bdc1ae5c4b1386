"""What asking a server costs its client, from here on, the import of its library left out."""

import json
import resource
import time
import urllib.request


class Spending:
    def __init__(self, server):
        self.server = server
        self._get("/reset")
        self.processor, self.begin = self._processor(), time.perf_counter()

    def figures(self, calls):
        """Wall and processor seconds, the most memory of the process (with its libraries), and what the server saw."""
        wall, processor = time.perf_counter() - self.begin, self._processor() - self.processor
        seen = self._get("/stats")
        if seen["calls"] != calls:
            raise SystemExit(f"invalid: the server saw {seen['calls']} calls for {calls} answers")
        return {
            "wall": wall,
            "perCall": processor / calls * 1e3,
            "atOnce": seen["most"],
            "MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }

    def _get(self, path):
        with urllib.request.urlopen(self.server + path) as answer:
            return json.load(answer)

    def _processor(self):
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return usage.ru_utime + usage.ru_stime

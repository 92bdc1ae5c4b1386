"""What the workloads run: our programs, rivals in an environment of their own, limits where there is a compiler."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RIVALS = HERE / "rivals"


class Failure(Exception):
    """Something did not run; says why in one line."""


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def environment():
    """What Scripts/environment sets: the cache's place and which libllama to build against."""
    show = "import os, json; print(json.dumps(dict(os.environ)))"
    script = f"set -a; . '{ROOT}/Scripts/environment'; exec '{sys.executable}' -c '{show}'"
    return json.loads(subprocess.run(["bash", "-c", script], check=True, capture_output=True, text=True).stdout)


class Tools:
    """Makes each tool once, when it is first asked for.

    - programs: a folder of programs built before, which spares building them.
    - quick: a tenth of the work, to see that everything runs.
    """

    def __init__(self, programs=None, quick=False):
        self.environment = environment()
        self.cache = Path(self.environment["POPULACE_CACHE"]) / "benchmarks"
        self.programs = Path(programs).resolve() if programs else None
        self.quick = quick
        self._found = {}

    def _once(self, name, make):
        if name not in self._found:
            try:
                self._found[name] = make()
            except Failure as failure:
                self._found[name] = failure
        if isinstance(self._found[name], Failure):
            raise self._found[name]
        return self._found[name]

    def program(self, name):
        """One of our benchmark programs, or `populace`, as a path."""
        return self._once(name, lambda: self._program(name))

    def _program(self, name):
        if self.programs and (self.programs / name).exists():
            return str(self.programs / name)
        package = ROOT if name == "populace" else HERE
        say(f"building {name}" + ("" if name == "populace" else " (the first of these programs takes minutes)"))
        command = ["swift", "build", "--package-path", str(package), "--product", name]
        if subprocess.run(command, stdout=sys.stderr, cwd=ROOT, env=self.environment).returncode:
            raise Failure(f"{name} does not build")
        return self.run([*command[:4], "--show-bin-path"]).strip() + "/" + name

    def python(self):
        """The Python of the rivals' environment, made on first use from rivals/requirements.txt."""
        return self._once("python", self._python)

    def _python(self):
        wanted = RIVALS / "requirements.txt"
        home = self.cache / "rivals"
        installed = home / "requirements.txt"
        if installed.exists() and installed.read_bytes() == wanted.read_bytes():
            return str(home / "bin" / "python")
        say(f"installing the rivals into {home} (about 3 minutes)")
        shutil.rmtree(home, ignore_errors=True)
        home.parent.mkdir(parents=True, exist_ok=True)
        self.run([sys.executable, "-m", "venv", str(home)])
        python = str(home / "bin" / "python")
        self.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", str(wanted)], limit=1800)
        shutil.copy(wanted, installed)  # last: says that the environment is whole
        return python

    def versions(self, packages):
        """Of Python and the packages, as they are pinned."""
        pinned = dict(line.split("==") for line in (RIVALS / "requirements.txt").read_text().split())
        return ", ".join([f"Python {platform.python_version()}", *(f"{name} {pinned[name]}" for name in packages)])

    def compiled(self, source):
        """A limit in C++, compiled for this machine."""
        return self._once(source, lambda: self._compiled(source))

    def _compiled(self, source):
        compiler = shutil.which("g++") or shutil.which("clang++")
        if not compiler:
            raise Failure("skipped: no C++ compiler")
        self.cache.mkdir(parents=True, exist_ok=True)
        target = str(self.cache / Path(source).stem)
        self.run([compiler, "-O3", "-march=native", "-std=c++17", "-o", target, str(RIVALS / source)])
        return target

    def run(self, command, limit=900, folder=ROOT, **variables):
        """What a command writes; a `Failure` with its last line when it fails or takes more than `limit` seconds."""
        try:
            done = subprocess.run(
                [str(part) for part in command],
                capture_output=True,
                text=True,
                timeout=limit,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                env=self.environment | variables,
            )
        except subprocess.TimeoutExpired:
            raise Failure(f"took more than {limit} s") from None
        except OSError as error:
            raise Failure(str(error)) from None
        if done.returncode:
            raise Failure((last_line(done.stderr) or last_line(done.stdout) or f"exit status {done.returncode}")[:160])
        return done.stdout

    def json(self, command, limit=900, **variables):
        """The last line of what a command writes, as JSON."""
        output = self.run(command, limit, **variables)
        try:
            return json.loads(last_line(output))
        except ValueError:
            raise Failure(f"wrote no JSON but: {last_line(output)[:160]}") from None

    def rival(self, script, *arguments, limit=900, **variables):
        """What one of the scripts in rivals/ gave."""
        return self.json([self.python(), RIVALS / script, *arguments], limit, **variables)

    def timed(self, command, limit=1800, **options):
        """Wall seconds of a command and the most memory, in MiB, of it and those it waited for."""
        measure = (
            "import json, resource, subprocess, sys, time; begin = time.perf_counter(); "
            "status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode; "
            "wall = time.perf_counter() - begin; "
            "print(json.dumps([wall, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024])); sys.exit(status)"
        )
        return json.loads(last_line(self.run([sys.executable, "-c", measure, *command], limit, **options)))


class Server:
    """A server in a process of its own that prints its address and ends when its standard input does."""

    def __init__(self, tools, command, limit=60):
        try:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=tools.environment,
                cwd=ROOT,
            )
        except OSError as error:
            raise Failure(str(error)) from None
        late = threading.Timer(limit, self.process.kill)
        late.start()
        self.address = self.process.stdout.readline().strip()
        late.cancel()
        if not self.address.startswith("http"):
            self.process.kill()
            self.process.wait()
            raise Failure(f"{Path(str(command[0])).name} did not start within {limit} s")

    def __enter__(self):
        return self.address

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def last_line(text):
    """The last line that says something, without what only a terminal understands."""
    lines = [re.sub(r"\x1b\[[0-9;]*m|[^\x20-\x7e\u00a0-\uffff]", "", line).strip() for line in text.splitlines()]
    return next((line for line in reversed(lines) if line), "")


def interleave(runners, repeats, seldom=None):
    """Runs everybody in turn, `repeats` times, and returns what each gave, a list of dictionaries or a `Failure`.

    Who fails once is left out from then on. `seldom` names who runs fewer times, because it takes long.
    """
    found = {name: [] for name in runners}
    for repeat in range(repeats):
        for name, runner in runners.items():
            if isinstance(found[name], Failure) or repeat >= (seldom or {}).get(name, repeats):
                continue
            try:
                found[name].append(runner())
            except (Failure, OSError) as failure:
                say(f"{name} failed: {failure}")
                found[name] = Failure(str(failure))
    return found


def machine():
    """Kind of machine, processor, cores and memory."""
    processor = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), processor)
        memory = int(Path("/proc/meminfo").read_text().split()[1]) // 1024 // 1024
        return f"{platform.system()} {platform.machine()}, {processor}, {os.cpu_count()} cores, {memory} GiB"
    except OSError:
        return f"{platform.system()} {platform.machine()}, {processor}, {os.cpu_count()} cores"

"""What the parts of the benchmark stand on: one broker, topics and groups on it, processes whose cost is known when they end, and
nothing left behind whatever happens.
"""

import json
import os
import pathlib
import re
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "tests" / "kafka"))  # what has the same name here goes first
from cluster import Cluster, wait_for  # noqa: E402

INPUTS = ["placements", "moves", "enrollments"]
OUTPUTS = ["alerts", "violations", "state", "dead_letters"]
# As Kafka's own start script has it: with another collector its pauses are the slowest hundredth of all latencies.
JAVA = ["-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:InitiatingHeapOccupancyPercent=35"]
TODAY = "2025-09-15"  # a Monday in term everywhere


class Peer:
    """A process that is measured: its output, and when it has ended its CPU seconds and peak memory."""

    def __init__(self, rig, command, interactive=False):
        self.log_path = rig.folder / f"{pathlib.Path(command[0]).name}-{len(rig.peers)}.log"
        self.began_s = time.monotonic()
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=log, text=True,
                                            stdin=subprocess.PIPE if interactive else subprocess.DEVNULL)
        self.cpu_s = self.peak_mib = None
        rig.peers.append(self)

    def line(self, timeout=120):
        """The next line on its stdout; an end instead is a failure."""
        readable, _, _ = select.select([self.process.stdout], [], [], timeout)
        line = self.process.stdout.readline() if readable else ""
        if not line:
            self.kill()
            raise RuntimeError(f"{self.process.args[0]} said nothing:\n{self.log()[-3000:]}")
        return line.rstrip("\n")

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def log(self):
        return self.log_path.read_text(errors="replace")

    def wait_log(self, pattern, timeout=60):
        def look():
            if not self.is_running():
                raise RuntimeError(f"ended with {self.process.returncode}:\n{self.log()[-3000:]}")
            return re.search(pattern, self.log())
        return wait_for(look, timeout, f"the log line {pattern!r}", interval=0.01)

    def is_running(self):
        return self.process.returncode is None and not self._reap(os.WNOHANG)

    def _reap(self, options=0):
        """Whether it has ended; then what it cost is known."""
        pid, status, usage = os.wait4(self.process.pid, options)
        if pid != 0:
            self.process.returncode = os.waitstatus_to_exitcode(status)
            self.cpu_s, self.peak_mib = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        return pid != 0

    def resident_mib(self, field="VmRSS"):
        return int(re.search(rf"{field}:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1]) / 1024

    def finish(self, how=None):
        """Waits for its end, which HOW asks for; the rest of its stdout."""
        if how is not None and self.is_running():
            os.kill(self.process.pid, how)
        if self.process.stdin is not None:
            self.process.stdin.close()
        rest = self.process.stdout.read()
        if self.process.returncode is None:
            self._reap()
        if self.process.returncode != 0:
            raise RuntimeError(f"{self.process.args[0]} ended with {self.process.returncode}:\n{self.log()[-3000:]}")
        return rest

    def stop(self):
        return self.finish(signal.SIGTERM)

    def kill(self):
        if self.is_running():
            os.kill(self.process.pid, signal.SIGKILL)
            self._reap()


class Deployment:
    """Topics and a group: inputs that several may share, outputs of its own."""

    def __init__(self, rig, name, inputs=None, **settings):
        self.rig = rig
        self.options = [f"--set={key}={value}" for key, value in {
            "kafka.bootstrap.servers": rig.cluster.bootstrap,
            "service.group": name,
            "service.instance": "bench",
            "clock": TODAY,
            **{f"topics.{topic}": f"{inputs or name}-{topic}" for topic in INPUTS},
            **{f"topics.{topic}": f"{name}-{topic}" for topic in OUTPUTS},
            **settings,
        }.items()]
        rig.service(self, "topics", "create").finish()

    def produce(self, path):
        self.rig.service(self, "produce", path).finish()

    def run(self):
        return self.rig.service(self, "run")

    def bare(self, *amounts):
        return self.rig.probe(self, "bare_loop", *amounts, interactive="--live=1" in amounts)

    def watch(self, *wishes):
        """A look at what is published until it comes to rest; give it to rest() later."""
        watch = self.rig.probe(self, "watch_rest", *wishes)
        assert watch.line() == "watching"
        return watch

    def tally(self):
        return json.loads(self.rig.probe(self, "tally_outputs").finish())


def rest(watch):
    """When the first and the last change was seen (monotonic seconds)."""
    return json.loads(watch.finish())


class Rig:
    def __init__(self, build, quick):
        self.quick = quick
        self.build = build
        self.binary = build / "consumer" / "placement-alerts"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="placement-alerts-bench-"))
        self.cluster = Cluster(self.folder / "kafka", java=JAVA)
        self.peers = []
        self.rounds = 1 if quick else 3

    def __enter__(self):
        say("starting Kafka")
        try:
            self.cluster.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for peer in self.peers:
            peer.kill()
        self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def service(self, deployment, *words):
        return Peer(self, [self.binary, *words, *deployment.options])

    def probe(self, deployment, program, *wishes, interactive=False):
        return Peer(self, [self.build / "bench" / program, *wishes, *deployment.options], interactive)

    def raw(self, deployment):
        """What reading all inputs takes when nothing is done with them."""
        return json.loads(self.probe(deployment, "read_raw").finish())

    def alerts_of(self, path):
        """How many alerts `evaluate` finds in a file of events."""
        result = self.folder / "alerts.jsonl"  # not in memory: what this process has, its children seem to have had
        with open(result, "wb") as out:
            subprocess.run([self.binary, "evaluate", path, "--as-of", TODAY, "--json"], stdout=out, check=True)
        with open(result, "rb") as lines:
            return sum(1 for _ in lines)

    def program(self, name, *wishes):
        """The output of a program that needs no broker."""
        return Peer(self, [self.build / "bench" / name, *wishes]).finish()

    def events(self, name, *wishes):
        """A file of generated events."""
        path = self.folder / f"{name}.jsonl"
        with open(path, "wb") as out:
            subprocess.run([self.build / "bench" / "generate_events", *wishes], stdout=out, check=True)
        return path


class Table:
    """The rows of the result: what, how much, the aim and whether it is met."""

    def __init__(self):
        self.rows = []

    def add(self, what, figure, aim="", met=None):
        self.rows.append((what, figure, aim, "" if met is None else "met" if met else "MISSED"))

    def head(self, title):
        self.rows.append((title,))

    def text(self):
        full = [row for row in self.rows if len(row) > 1]
        widths = [max((len(row[i]) for row in full), default=0) for i in range(3)]
        lines = []
        for row in self.rows:
            if len(row) == 1:
                lines += ["", row[0]]
            else:
                lines.append("  " + "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths + [0])).rstrip())
        return "\n".join(lines)


def median(values):
    return statistics.median(values)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def costs(peers):
    """Of several runs of one peer: CPU seconds and peak memory."""
    return f"{median([peer.cpu_s for peer in peers]):.2f} CPU s, peak {max(peer.peak_mib for peer in peers):.0f} MiB"


def spread(values, form="{:.2f}"):
    """The median and, where there are several, from which to which."""
    text = form.format(median(values))
    return text if len(values) == 1 else f"{text} ({form.format(min(values))}-{form.format(max(values))})"


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)

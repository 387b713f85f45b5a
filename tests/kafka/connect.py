"""A worker of Kafka Connect with one connector, configured by the files of etc/connect but for addresses and folders."""

import json
import pathlib
import subprocess
import urllib.request

from cluster import PATIENCE, QUICK_JAVA, free_ports, wait_for

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
JARS = ROOT / "build" / "connect"
ELSEWHERE = "-Duser.timezone=America/New_York"  # which must not matter


def shipped(name):
    """The properties of a file of etc/connect."""
    lines = (line.strip() for line in (ROOT / "etc" / "connect" / name).read_text().splitlines())
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


class Connect:
    """CONNECTOR is a file of etc/connect; what WORKER and CHANGES say counts instead of what is shipped."""

    def __init__(self, folder, connector, worker, changes):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        [port] = free_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        self.name = shipped(connector)["name"]
        own = {"offset.storage.file.filename": self.folder / "offsets", "plugin.path": f"{JARS}/avro,{JARS}/jdbc/lib",
               "listeners": self.url, "offset.flush.interval.ms": 200, "consumer.session.timeout.ms": 6000}
        self._write("worker.properties", shipped("worker.properties") | own | worker)
        self._write("connector.properties", shipped(connector) | changes)
        self.process = None

    def start(self, timeout=90):
        command = ["java", *QUICK_JAVA, ELSEWHERE, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", f"{JARS}/worker/lib/*",
                   "org.apache.kafka.connect.cli.ConnectStandalone", self.folder / "worker.properties", self.folder / "connector.properties"]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        wait_for(self._is_at_work, timeout, "Kafka Connect to run its task")
        return self

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait(PATIENCE * 30)
        self.process = None

    def wait_failed(self, timeout=90):
        wait_for(lambda: self.states() == ["RUNNING", "FAILED"], timeout, "the task to fail")

    def restart_failed(self):
        """As cron runs the script that is shipped."""
        return subprocess.run([ROOT / "etc" / "connect" / "restart-failed.sh", self.url], capture_output=True, text=True, timeout=PATIENCE * 60)

    def log(self):
        return (self.folder / "log").read_text(errors="replace")

    def _is_at_work(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"Kafka Connect ended:\n{self.log()[-3000:]}")
        states = self.states()
        if "FAILED" in states:
            raise RuntimeError(f"a task failed:\n{self.log()[-3000:]}")
        return states == ["RUNNING", "RUNNING"]

    def states(self):
        """Of the connector and its task; none while they can not be asked for."""
        try:
            with urllib.request.urlopen(f"{self.url}/connectors/{self.name}/status", timeout=PATIENCE * 5) as answer:
                status = json.load(answer)
        except (OSError, ValueError):
            return []
        return [status["connector"]["state"], *(task["state"] for task in status["tasks"])]

    def _write(self, name, values):
        (self.folder / name).write_text("".join(f"{key}={value}\n" for key, value in values.items()))

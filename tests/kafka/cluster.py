"""A Kafka cluster of our own: one node or three, KRaft, on free ports, with its data in a folder.

Needs Java and the jars that `./dev kafka` fetches, nothing else, so that benchmarks and people can use it too (tests/kafka/broker).
"""

import base64
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import time
import uuid

HERE = pathlib.Path(__file__).resolve().parent
JARS = HERE.parent.parent / "build" / "kafka" / "lib"
QUICK_JAVA = ["-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]  # starts fast
STEADY_JAVA = ["-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"]  # compiles well, for benchmarks
PATIENCE = 5  # so much slower may a machine be than one at ease; a deadline costs nothing where it is not met
RESERVED = []  # sockets, for as long as this process lives


class Cluster:
    """Start it with start(), or find one that is running in the folder with Cluster.load()."""

    def __init__(self, folder, nodes=1, java=QUICK_JAVA, settings=None):
        self.folder = pathlib.Path(folder)
        self.java = list(java)
        self.settings = dict(settings or {})
        self.cluster_id = base64.urlsafe_b64encode(b"pa" + uuid.uuid4().bytes[2:]).decode().rstrip("=")
        self.ports = free_ports(2 * nodes)
        self.pids = [None] * nodes
        self.children = {}  # those of the pids that are ours to wait for

    @classmethod
    def load(cls, folder):
        cluster = cls.__new__(cls)
        cluster.__dict__ = json.loads((pathlib.Path(folder) / "cluster.json").read_text())
        cluster.folder = pathlib.Path(folder)
        cluster.children = {}
        return cluster

    @property
    def bootstrap(self):
        return ",".join(f"127.0.0.1:{self.client_port(node)}" for node in range(len(self.pids)))

    def client_port(self, node):
        return self.ports[2 * node]

    def controller_port(self, node):
        return self.ports[2 * node + 1]

    def start(self, timeout=60):
        self.folder.mkdir(parents=True, exist_ok=True)
        for node in range(len(self.pids)):
            self._write_settings(node)
            self._format(node)
        for node in range(len(self.pids)):
            self.start_node(node)
        self.wait_ready(timeout)
        return self

    def start_node(self, node):
        folder = self._node_folder(node)
        with open(folder / "log", "ab") as log:
            command = self._java("kafka.Kafka", folder / "server.properties")
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self.pids[node] = process.pid
        self.children[process.pid] = process
        self._save()

    def kill_node(self, node, how=signal.SIGKILL):
        pid, self.pids[node] = self.pids[node], None
        if pid is not None and is_running(pid):
            os.kill(pid, how)
            if pid in self.children:
                self.children.pop(pid).wait(PATIENCE * 30)
            wait_for(lambda: not is_running(pid), 30, f"node {node + 1} to end")
        self._save()

    def stop(self, remove=True):
        for node in range(len(self.pids)):
            self.kill_node(node)
        if remove:
            shutil.rmtree(self.folder, ignore_errors=True)

    def wait_ready(self, timeout=60):
        """Until every node that was started answers and sees all others."""
        running = [node for node, pid in enumerate(self.pids) if pid is not None]

        def is_ready():
            for node in running:
                if not is_running(self.pids[node]):
                    raise RuntimeError(f"Kafka ended at start:\n{self.log(node)[-3000:]}")
            return all(brokers_known_by(self.client_port(node)) >= len(running) for node in running)

        wait_for(is_ready, timeout, "Kafka to start")

    def controller(self):
        """The node that is the active controller."""
        status = self.tool("org.apache.kafka.tools.MetadataQuorumCommand", "--bootstrap-server", self.bootstrap, "describe", "--status")
        return int(re.search(r"LeaderId:\s+(\d+)", status).group(1)) - 1

    def log(self, node=0):
        return (self._node_folder(node) / "log").read_text(errors="replace")

    def tool(self, main_class, *arguments):
        """Runs one of Kafka's own tools, e.g. org.apache.kafka.tools.TransactionsCommand; returns what it printed."""
        command = self._java(main_class, *arguments, java=["-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"])
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def _java(self, main_class, *arguments, java=None):
        quiet = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
        return ["java", *(java or self.java), quiet, "-cp", f"{JARS}/*", main_class, *map(str, arguments)]

    def _node_folder(self, node):
        return self.folder / f"node-{node + 1}"

    def _write_settings(self, node):
        folder = self._node_folder(node)
        folder.mkdir(exist_ok=True)
        lines = [f"{name}={value}\n" for name, value in (self._own_settings(node) | self.settings).items()]
        (folder / "server.properties").write_text((HERE / "server.properties").read_text() + "\n" + "".join(lines))

    def _own_settings(self, node):
        count = len(self.pids)
        voters = ",".join(f"{i + 1}@127.0.0.1:{self.controller_port(i)}" for i in range(count))
        own = {
            "node.id": node + 1,
            "controller.quorum.voters": voters,
            "listeners": f"PLAINTEXT://127.0.0.1:{self.client_port(node)},"
                         f"CONTROLLER://127.0.0.1:{self.controller_port(node)}",
            "log.dirs": self._node_folder(node) / "data",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms": 1000,
        }
        if count >= 3:
            replicated = ("default", "offsets.topic", "transaction.state.log", "share.coordinator.state.topic")
            own |= {f"{name}.replication.factor": 3 for name in replicated}
            own |= {"min.insync.replicas": 2, "transaction.state.log.min.isr": 2, "broker.session.timeout.ms": 6000}
        return own

    def _format(self, node):
        self.tool("kafka.tools.StorageTool", "format", "-t", self.cluster_id, "-c",
                  self._node_folder(node) / "server.properties", *self._format_options())

    def _format_options(self):
        return []

    def _save(self):
        kept = {name: value for name, value in self.__dict__.items() if name not in ("folder", "children")}
        (self.folder / "cluster.json").write_text(json.dumps(kept))


def free_ports(count):
    """Ports that nobody else is given until this process ends. Whoever sets SO_REUSEADDR can listen on them all the same, now and again,
    and every server here does."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        each.bind(("127.0.0.1", 0))
    RESERVED.extend(sockets)
    return [each.getsockname()[1] for each in sockets]


def is_running(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition, timeout, what, interval=0.05):
    """Asks until CONDITION gives something true, and returns that. TIMEOUT is of a machine at ease; WHAT may be a function that says it
    when it was in vain."""
    deadline = time.monotonic() + PATIENCE * timeout
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {PATIENCE * timeout} s for {what() if callable(what) else what}")
        time.sleep(interval)


def brokers_known_by(port):
    """How many brokers the one at PORT lists in its answer to a metadata request (version 0: no topics named is all)."""
    request = struct.pack(">hhih4si", 3, 0, 1, 4, b"test", 0)
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(struct.pack(">i", len(request)) + request)
            answer = connection.recv(12, socket.MSG_WAITALL)
        return struct.unpack(">iii", answer)[2]
    except (OSError, struct.error):
        return 0

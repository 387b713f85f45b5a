"""Topics, a group and instances of the service on a cluster, and what must hold of them whatever was done to them."""

import collections
import functools
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile

from confluent_kafka import Consumer, ConsumerGroupState, ConsumerGroupTopicPartitions, TopicPartition
from confluent_kafka.admin import AdminClient

import events as event_lines
import librdkafka
from cluster import PATIENCE, wait_for
from records import TopicReader, decode, murmur2_producer, quiet

BINARY = pathlib.Path(os.environ.get("PLACEMENT_ALERTS", "build/placement-alerts")).resolve()
INPUTS = ["placements", "moves", "enrollments"]
OUTPUTS = ["alerts", "violations", "state", "dead_letters"]  # of the service
READY = " ready partitions="
ANSWER_S = PATIENCE * 10  # a broker has so long for a question of ours
PUBLISHED_ONLY = {"revision", "withdrawn_by", "replaced_by", "logged_at"}

# An instance that dies is replaced within seconds, and a broker that comes back is met as soon.
IMPATIENT = {
    "kafka.session.timeout.ms": 3000,
    "kafka.heartbeat.interval.ms": 300,
    "kafka.transaction.timeout.ms": 4000,
    "kafka.reconnect.backoff.max.ms": 500,
}
# For an instance that must keep what it has, however late it gets the processor.
PATIENT = {"kafka.session.timeout.ms": 60000, "kafka.transaction.timeout.ms": 60000}


class Deployment:
    """NAME is the prefix of its topics and its group, so that several can share a cluster. DECODE reads what it writes."""

    def __init__(self, cluster, name, as_of="2025-06-01", partitions=4, settings=None, library=librdkafka.UNDER_TEST,
                 decode=decode):
        self.cluster = cluster
        self.name = name
        self.decode = decode
        self.as_of = as_of
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"{name}-", dir=cluster.folder))  # goes when the cluster does
        self.topics = {topic: f"{name}-{topic}" for topic in INPUTS + OUTPUTS + ["deliveries"]}
        self.settings = {
            "kafka.bootstrap.servers": cluster.bootstrap,
            "service.group": name,
            "topics.partitions": partitions,
            "clock": as_of,
            **{f"topics.{topic}": full for topic, full in self.topics.items()},
            **(settings or {}),
        }
        self.partitions = partitions
        self.environment = librdkafka.environment(library)
        self.events = []
        self.services = []
        self.readers = {}

    def __enter__(self):
        self.command("topics", "create", check=True)
        return self

    def __exit__(self, *_):
        for service in self.services:
            service.kill()
        for reader in self.readers.values():
            reader.close()

    # --- the command line ---------------------------------------------------------------------------------------------

    def options(self, settings=None):
        return [f"--set={name}={value}" for name, value in (self.settings | (settings or {})).items()]

    def command(self, *words, check=False, stdin="", settings=None, timeout=PATIENCE * 60):
        """Runs a subcommand to its end: its words first, then the deployment's settings."""
        result = subprocess.run([BINARY, *words, *self.options(settings)], input=stdin, text=True, capture_output=True,
                                timeout=timeout, env=self.environment)
        if check and result.returncode != 0:
            raise AssertionError(f"{words} ended with {result.returncode}:\n{result.stderr[-3000:]}")
        return result

    def produce(self, events, settings=None):
        """Sends events and remembers them for truth()."""
        self.events += events
        return self.command("produce", "-", check=True, stdin=event_lines.lines(events), settings=settings)

    def forget(self, child_id, topic="moves"):
        """Sends the null value that forgets a child, and forgets what was remembered of it."""
        producer = murmur2_producer(self.cluster.bootstrap)
        producer.produce(self.topics[topic], None, child_id)
        assert producer.flush(ANSWER_S) == 0, "the wish to forget was not delivered"
        self.events = [event for event in self.events if event["child_id"] != child_id]

    def truth(self, as_of=None):
        """What `evaluate` says the alerts are for everything produced, by alert_id."""
        rules = [option for option in self.options() if option.startswith("--set=rules.")]
        result = subprocess.run([BINARY, "evaluate", "-", "--as-of", as_of or self.as_of, "--json", *rules], text=True,
                                input=event_lines.lines(self.events), capture_output=True, check=True)
        return {alert["alert_id"]: alert for alert in map(json.loads, result.stdout.splitlines())}

    def in_force(self):
        """The violations that are so, of what truth() says."""
        return {alert_id: alert for alert_id, alert in self.truth().items() if is_in_force(alert)}

    def service(self, instance="one", settings=None, crash_at=None):
        """Starts an instance of the service; CRASH_AT "point:n" lets it die at the n-th passage of a named point."""
        service = Service(self, instance, settings, crash_at)
        self.services.append(service)
        return service

    def notify(self, settings=None, crash_at=None):
        """Starts a process that tells whoever the settings name."""
        service = Service(self, "notify", settings, crash_at, words=("notify",))
        self.services.append(service)
        return service

    # --- what is on the topics ----------------------------------------------------------------------------------------

    def reader(self, topic, isolation="read_committed"):
        key = topic, isolation
        if key not in self.readers:
            self.readers[key] = TopicReader(self.cluster.bootstrap, self.topics[topic], isolation)
        return self.readers[key]

    def newest(self, topic):
        """By alert_id, the newest record of alerts or violations."""
        return {key.decode(): self.decode(message.value()) for key, message in self.reader(topic).newest().items()}

    def newest_alerts(self):
        """Those that exist, as `evaluate --json` shows them."""
        return {alert_id: {name: value for name, value in alert.items() if name not in PUBLISHED_ONLY}
                for alert_id, alert in self.newest("alerts").items() if alert["state"] != "WITHDRAWN"}

    def dead_letters(self):
        return [self.decode(message.value()) for message in self.reader("dead_letters").read()]

    def progress(self):
        """By partition, the newest record under the reserved key of the state."""
        newest = {message.partition(): message for message in self.reader("state").read() if message.key() == b"#progress"}
        return {partition: decode(message.value()) for partition, message in newest.items()}

    def state_of(self, child_id):
        """The newest state of a child, or None."""
        message = self.reader("state").newest().get(child_id.encode())
        return None if message is None else decode(message.value())

    def published_of(self, child_id):
        """The alerts and violations of a child that have no tombstone."""
        return [record for topic in ("alerts", "violations") for record in self.newest(topic).values()
                if record["child_id"] == child_id]

    def input_ends(self):
        return {topic: self.reader(topic, "read_uncommitted").ends() for topic in INPUTS}

    def group_offsets(self):
        """By input and partition; negative where the group has none."""
        consumer = Consumer(quiet(self.cluster.bootstrap, group_id=self.settings["service.group"]))
        try:
            wanted = [TopicPartition(self.topics[topic], p) for topic in INPUTS for p in range(self.partitions)]
            found = {(each.topic, each.partition): each.offset for each in consumer.committed(wanted, timeout=ANSWER_S)}
        finally:
            consumer.close()
        return {topic: {p: found[self.topics[topic], p] for p in range(self.partitions)} for topic in INPUTS}

    @functools.cached_property
    def admin(self):
        return AdminClient(quiet(self.cluster.bootstrap))

    def move_group_offsets(self, change):
        """Sets the group's offsets to CHANGE(topic, partition, offset); no instance may be running."""
        offsets = [TopicPartition(self.topics[topic], p, max(0, change(topic, p, offset)))
                   for topic, found in self.group_offsets().items() for p, offset in found.items()]
        request = ConsumerGroupTopicPartitions(self.settings["service.group"], offsets)
        self.wait_left()
        self.admin.alter_consumer_group_offsets([request], request_timeout=ANSWER_S)[request.group_id].result()

    def delete_topic(self, topic):
        name = self.topics[topic]
        self.admin.delete_topics([name], request_timeout=ANSWER_S)[name].result()
        wait_for(lambda: name not in self.admin.list_topics(timeout=ANSWER_S).topics, 10, "the broker to forget the topic")
        for key in [key for key in self.readers if key[0] == topic]:
            self.readers.pop(key).close()

    def expire(self, topic):
        """As when everything on an input was there for longer than its retention."""
        ends = [TopicPartition(self.topics[topic], partition, end) for partition, end in self.reader(topic).ends().items()]
        for deleted in self.admin.delete_records(ends, request_timeout=ANSWER_S).values():
            deleted.result()

    def delete_group(self):
        group = self.settings["service.group"]
        self.wait_left()
        self.admin.delete_consumer_groups([group], request_timeout=ANSWER_S)[group].result()

    def wait_left(self):
        """Until nobody is in the group: who leaves does not wait long for the broker to note it, and who was killed can not tell it."""
        group = self.settings["service.group"]

        def is_left():
            asked = self.admin.describe_consumer_groups([group], request_timeout=ANSWER_S)
            return asked[group].result().state == ConsumerGroupState.EMPTY
        wait_for(is_left, 30, "the group to be left")

    # --- what must hold -----------------------------------------------------------------------------------------------

    def lag(self):
        """What is read and committed of the inputs, for messages."""
        group, ends = self.group_offsets(), self.input_ends()
        return ", ".join(f"{topic}: {group[topic]} of {ends[topic]}" for topic in INPUTS)

    def wait_truth(self, as_of=None, timeout=60):
        """Until what is published is what the events give; says what differs if it does not come to that."""
        truth = self.truth(as_of)
        try:
            wait_for(lambda: self.newest_alerts() == truth, timeout, "the alerts to be right", interval=0.2)
        except TimeoutError as late:
            raise AssertionError(f"{late}: {difference(self.newest_alerts(), truth)}\n{self.logs()}") from None

    def wait_read(self, timeout=60):
        """Until everything on the inputs is applied and committed."""
        ends = self.input_ends()
        try:
            wait_for(lambda: self.group_offsets() == ends, timeout, "the inputs to be read", interval=0.2)
        except TimeoutError as late:
            raise AssertionError(f"{late}; {self.lag()}\n{self.logs()}") from None

    def wait_led(self):
        """Until a broker that was started again leads its partitions, also in the eyes of our own reader."""
        self.reader("alerts").ends()

    def wait_seen(self, *topics, timeout=30):
        """Until those outputs, or all, show what was committed: a commit is answered before every partition shows it."""
        wait_for(lambda: all(map(self._is_seen, topics or OUTPUTS)), timeout, "what was committed to be seen")

    def wait_settled(self):
        """Until nothing is under way. A broker without others that is killed earlier may lose sight of what it was to end."""
        self.wait_read()
        self.wait_seen()

    def _is_seen(self, topic):
        return self.reader(topic).ends() == self.reader(topic, "read_uncommitted").ends()

    def assert_sound(self, as_of=None):
        """Everything that must hold of a deployment that is at rest and has caught up."""
        self.assert_no_open_transaction()
        published, truth = self.newest_alerts(), self.truth(as_of)
        assert published == truth, difference(published, truth)
        self.assert_revisions_follow()
        self.assert_violations_are_those_in_force()
        self.assert_progress_is_group_offsets()

    def assert_revisions_follow(self):
        """No revision twice, none left out, each alert in one partition only."""
        last, home = collections.defaultdict(int), {}
        for message in self.reader("alerts").read():
            alert_id = message.key().decode()
            assert home.setdefault(alert_id, message.partition()) == message.partition(), f"{alert_id} in two partitions"
            if message.value() is None:
                last.pop(alert_id, None)  # forgotten: what comes later begins anew
                continue
            revision = self.decode(message.value())["revision"]
            assert revision == last[alert_id] + 1, f"{alert_id}: revision {revision} follows {last[alert_id]}"
            last[alert_id] = revision

    def assert_violations_are_those_in_force(self):
        wanted = {alert_id for alert_id, alert in self.newest("alerts").items() if is_in_force(alert)}
        found = set(self.newest("violations"))
        assert found == wanted, f"in force but not shown: {wanted - found}; shown but not in force: {found - wanted}"

    def assert_progress_is_group_offsets(self):
        group, progress, ends = self.group_offsets(), self.progress(), self.input_ends()
        for topic in INPUTS:
            field = topic.rstrip("s") + "_offset"
            applied = {partition: record[field] for partition, record in progress.items()}
            assert applied == group[topic], f"{topic}: the changelog says {applied}, the group {group[topic]}"
            assert applied == ends[topic], f"{topic}: applied {applied} of {ends[topic]}"

    def assert_no_open_transaction(self):
        """None that nobody ends; where one is ended and that is not seen yet, it is waited for."""
        if not all(map(self._is_seen, OUTPUTS)):
            listed = self.cluster.tool("org.apache.kafka.tools.TransactionsCommand", "--bootstrap-server", self.cluster.bootstrap, "list")
            found = [line for line in listed.splitlines() if line.startswith(self.name) and "Ongoing" in line]
            assert not found, f"a transaction is open: {found}"
        self.wait_seen()

    def logs(self):
        return "\n".join(f"--- {service.instance}:\n{service.log()[-2000:]}" for service in self.services)


class Service:
    """A running instance; its log goes to a file."""

    def __init__(self, deployment, instance, settings=None, crash_at=None, words=("run",)):
        self.deployment = deployment
        self.instance = instance
        self.crash_at = crash_at
        self.log_path = deployment.folder / f"{instance}-{len(deployment.services)}.log"
        options = deployment.options(IMPATIENT | {"service.instance": instance} | (settings or {}))
        environment = deployment.environment | ({"PLACEMENT_ALERTS_CRASH_AT": crash_at} if crash_at else {})
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen([BINARY, *words, *options], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env=environment)

    def __str__(self):
        return f"{self.instance} (to crash at {self.crash_at})" if self.crash_at else self.instance

    def log(self):
        return self.log_path.read_text(errors="replace")

    def wait_log(self, pattern, timeout=30):
        """Until a line of the log has PATTERN; returns the match."""
        def look():
            has_ended = not self.is_running()  # asked first: it may log that and end
            match = re.search(pattern, self.log())
            if match is None and has_ended:
                raise AssertionError(f"{self.instance} ended with {self.process.returncode}:\n{self.log()[-3000:]}")
            return match
        return wait_for(look, timeout, f"{self.instance} to log {pattern!r}")

    def wait_ready(self, timeout=30):
        self.wait_log(READY, timeout)
        return self

    def is_running(self):
        return self.process.poll() is None

    def signal(self, number):
        if self.is_running():
            self.process.send_signal(number)

    def is_stopped(self):
        """As SIGSTOP leaves it."""
        status = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text()
        return status.rpartition(")")[2].split()[0] == "T"

    def logged_state(self, event):
        """Children and hash of the state as the newest line of that event says: `ready` or `released`."""
        return re.findall(rf"{event} partitions=\d+ (children=\d+ state_hash=\w+)", self.log())[-1]

    def pause(self):
        self.signal(signal.SIGSTOP)

    def resume(self):
        self.signal(signal.SIGCONT)

    def kill(self):
        self.signal(signal.SIGKILL)
        return self.process.wait(PATIENCE * 10)

    def stop(self, timeout=PATIENCE * 20):
        """As an operator stops it; returns the exit code."""
        self.signal(signal.SIGTERM)
        return self.wait_end(timeout)

    def wait_end(self, timeout=PATIENCE * 60):
        """The exit code; of an instance that does not end it is told how far it got."""
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self} did not end within {timeout} s; {self.deployment.lag()}\n{self.log()[-3000:]}") from None


def is_in_force(alert):
    return alert["state"] == "OPEN" and alert["level"] in ("VIOLATION", "SEVERE")


def difference(found, wanted):
    """What differs between alerts by id, short enough to read."""
    missing = [wanted[key] for key in wanted.keys() - found.keys()]
    extra = [found[key] for key in found.keys() - wanted.keys()]
    other = [(found[key], wanted[key]) for key in wanted.keys() & found.keys() if found[key] != wanted[key]]
    return (f"{len(found)} alerts, wanted {len(wanted)}; missing {len(missing)}: {missing[:2]}; "
            f"extra {len(extra)}: {extra[:2]}; different {len(other)}: {other[:2]}")

"""Protects what is written with a schema registry: Confluent's own client reads it, the same schemas keep their ids, and a registry
that can not be used is named at the start, with what to do, and never with a password."""

import itertools
import json
import socket
import unittest

import events
from deployment import INPUTS, Deployment
from fake_registry import Authority, FakeRegistry
from kafka_case import KafkaCase
from records import SCHEMAS, decode, murmur2_producer, registry_decoder
from registry import Registry

NO_REGISTRY = {"registry.urls": ""}
LOOK_UP = {"registry.register": "false"}
IMPATIENT = {"service.start_timeout_ms": 2000}  # where it is waited for until it is over
SECRET = "s3cret-of-nobody"


def gives_ids(method, path, headers):
    """Answers as a registry that knows every schema."""
    return 200, {"id": 7}


class RegistryCase(KafkaCase):
    def deploy(self, url, decode=decode, **settings):
        return super().deploy(settings={"registry.urls": url, **settings}, decode=decode)

    def subjects(self, deployment, *topics):
        return [f"{deployment.topics[topic]}-value" for topic in topics]


class RealRegistryTest(RegistryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(cls.cluster.folder / "registry")
        cls.addClassCleanup(cls.registry.stop)
        cls.registry.start()
        cls.decode = staticmethod(registry_decoder(cls.registry.url))

    def deploy(self, **settings):
        return super().deploy(self.registry.url, self.decode, **settings)

    def ids(self, deployment, *topics):
        """By topic, the framings of its records."""
        return {topic: {message.value()[:5] for message in deployment.reader(topic).read()} for topic in topics}

    def test_events_are_read_by_confluents_client(self):
        deployment = self.deploy()
        told = events.chaos(31, 200)
        deployment.produce(told)
        found = [self.decode(message.value()) for topic in INPUTS for message in deployment.reader(topic).read()]
        deployment.command("produce", "-", check=True, stdin=events.lines(told), settings=NO_REGISTRY)
        every = [message.value() for topic in INPUTS for message in deployment.reader(topic).read()]
        wanted = [decode(value) for value in every if value[0] == 0xC3]
        self.assertEqual(len(found), len(told))
        self.assertCountEqual(map(json.dumps, found), map(json.dumps, wanted))

    def test_the_service_writes_what_confluents_client_reads(self):
        deployment = self.deploy()
        told = events.chaos(32, 300)
        deployment.events += told
        deployment.command("produce", "-", check=True, stdin=events.lines(told), settings=NO_REGISTRY)
        bad = murmur2_producer(self.cluster.bootstrap)
        bad.produce(deployment.topics["moves"], b"no event", "child")
        bad.flush()
        service = deployment.service()
        service.wait_ready()
        deployment.wait_read()
        deployment.wait_truth()
        deployment.wait_seen()
        found = deployment.newest("alerts")
        for violation in deployment.newest("violations").values():
            self.assertIn(violation["alert_id"], found)
        self.assertIn("FRAMING_UNKNOWN", [letter["reason"] for letter in deployment.dead_letters()])
        self.assertTrue(deployment.progress())  # the memory of the service does not depend on a registry
        self.assertEqual(service.stop(), 0)

    def test_what_is_registered_is_the_schema_and_no_others(self):
        deployment = self.deploy()
        deployment.produce(events.chaos(33, 1))
        deployment.service().wait_ready()
        written = {"placement": "placements", "move": "moves", "enrollment": "enrollments", "alert": "alerts",
                   "violation": "violations", "dead_letter": "dead_letters"}
        ours = [subject for subject in self.registry.subjects() if subject.startswith(deployment.name + "-")]
        self.assertCountEqual(ours, self.subjects(deployment, *written.values()))
        for (schema, topic), subject in zip(written.items(), self.subjects(deployment, *written.values())):
            known = self.registry.ask(f"/subjects/{subject}/versions/latest")
            self.assertEqual(known["version"], 1)
            self.assertEqual(json.loads(known["schema"]), json.loads((SCHEMAS / f"{schema}.avsc").read_text()))
            self.assertEqual(self.registry.compatibility(subject), "FULL_TRANSITIVE")

    def test_started_twice_it_has_the_same_ids_and_leaves_the_subjects_alone(self):
        deployment = self.deploy()
        for _ in range(2):
            deployment.produce(events.chaos(34, 20))
        self.assertEqual([len(ids) for ids in self.ids(deployment, *INPUTS).values()], [1, 1, 1])
        [moves] = self.subjects(deployment, "moves")
        self.registry.set_compatibility(moves, "NONE")
        deployment.produce(events.chaos(35, 1))
        self.assertEqual(self.registry.compatibility(moves), "NONE")

    def test_look_up_refuses_before_and_works_after_registering(self):
        deployment = self.deploy()
        before = self.registry.subjects()
        result = deployment.command("produce", "-", settings=LOOK_UP)
        self.assert_says(result, 78, *(f"subject={subject}" for subject in self.subjects(deployment, *INPUTS)),
                         self.registry.url, "registry.register")
        self.assertEqual(self.registry.subjects(), before)
        deployment.produce(events.chaos(36, 20))
        deployment.command("produce", "-", check=True, stdin=events.lines(events.chaos(36, 20)), settings=LOOK_UP)
        self.assertEqual([len(ids) for ids in self.ids(deployment, *INPUTS).values()], [1, 1, 1])

    def test_a_schema_that_somebody_registered_is_found_however_it_is_laid_out(self):
        layouts = {"same": str, "compact": lambda text: json.dumps(json.loads(text), separators=(",", ":")),
                   "indented": lambda text: json.dumps(json.loads(text), indent=4), "without newline": str.rstrip}
        for number, (name, lay_out) in enumerate(layouts.items()):
            with self.subTest(name):
                deployment = self.enterContext(Deployment(self.cluster, f"laid_out-{number}",
                                                          settings={"registry.urls": self.registry.url, **LOOK_UP}))
                for topic, subject in zip(INPUTS, self.subjects(deployment, *INPUTS)):
                    text = deployment.command("topics", "describe", "--avro", deployment.topics[topic], check=True).stdout
                    self.registry.ask(f"/subjects/{subject}/versions", "POST", {"schema": lay_out(text)})
                told = events.chaos(37, 20)
                deployment.command("produce", "-", check=True, stdin=events.lines(told))
                found = [self.decode(message.value()) for topic in INPUTS for message in deployment.reader(topic).read()]
                self.assertEqual(len(found), len(told))

    def test_the_service_refuses_to_start_without_its_schemas(self):
        deployment = self.deploy(**LOOK_UP)
        service = deployment.service()
        self.assertEqual(service.wait_end(), 78)
        for subject in self.subjects(deployment, "alerts", "violations", "dead_letters"):
            self.assertIn(f"subject={subject}", service.log())

    def test_a_subject_of_something_else_is_named(self):
        deployment = self.deploy()
        [subject] = self.subjects(deployment, "moves")
        self.registry.set_compatibility(subject, "FULL_TRANSITIVE")
        self.registry.register(subject, {"type": "record", "name": "other", "fields": [{"name": "x", "type": "int"}]})
        self.assert_says(deployment.command("produce", "-"), 78, f"subject={subject}", self.registry.url, "status 409")


class FakeRegistryTest(RegistryCase):
    """What is wrong with a registry, or with how it is asked: the exit code, and what is said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority = Authority(cls.cluster.folder)

    def setUp(self):
        self.password_file = self.cluster.folder / "password"
        self.password_file.write_text(SECRET + "\n")
        self.login = {"registry.username": "alerts", "registry.password_file": self.password_file}

    def assert_refused(self, url, exit_code, *texts, **settings):
        result = self.deploy(url, **settings).command("produce", "-")
        self.assert_says(result, exit_code, url, f"subject={self._testMethodName.removeprefix('test_')}-placements-value", *texts)
        self.assertNotIn(SECRET, result.stderr)

    def test_nobody_there(self):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            self.assert_refused(f"http://127.0.0.1:{nobody.getsockname()[1]}", 69, "connect", **IMPATIENT)

    def test_overloaded(self):
        with FakeRegistry(lambda *_: (503, {})) as fake:
            self.assert_refused(fake.url, 69, "status 503", **IMPATIENT)
            self.assertGreater(len(fake.asked), 1)

    def test_wrong_login(self):
        with FakeRegistry(lambda *_: (401, {"message": SECRET})) as fake:
            self.assert_refused(fake.url, 77, "registry.username", **self.login)

    def test_may_not_register(self):
        absent = 404, {"error_code": 40401, "message": "Subject not found"}
        with FakeRegistry(lambda method, path, headers: (403, {}) if method == "PUT" else absent) as fake:
            self.assert_refused(fake.url, 77, "rights", **self.login)

    def test_is_read_only(self):
        absent = 404, {"error_code": 40401, "message": "Subject not found"}
        read_only = 422, {"error_code": 42205, "message": "Subject is in read-only mode"}
        with FakeRegistry(lambda method, path, headers: absent if path.count("/") == 2 and method == "POST" else read_only) as fake:
            self.assert_refused(fake.url, 78, "read-only", "registry.register")

    def test_is_something_else(self):
        with FakeRegistry(lambda *_: (200, "welcome")) as fake:
            self.assert_refused(fake.url, 69, "registry.urls", **IMPATIENT)

    def test_comes_late(self):
        answers = itertools.chain([(503, {})] * 2, itertools.repeat((200, {"id": 7})))
        with FakeRegistry(lambda *_: next(answers)) as fake:
            result = self.deploy(fake.url).command("produce", "-", check=True)
            self.assertIn("trying again", result.stderr)

    def test_the_service_is_stopped_while_it_asks(self):
        with FakeRegistry(lambda *_: (503, {})) as fake:
            service = self.deploy(fake.url).service()
            service.wait_log("trying again")
            self.assertEqual(service.stop(), 0)

    def test_look_up_only_asks(self):
        with FakeRegistry(gives_ids) as fake:
            deployment = self.deploy(fake.url, **LOOK_UP)
            deployment.command("produce", "-", check=True)
        self.assertEqual(fake.asked, [("POST", f"/subjects/{subject}") for subject in self.subjects(deployment, *INPUTS)])

    # --- over TLS -----------------------------------------------------------------------------------------------------

    def produce(self, fake, **settings):
        return self.deploy(fake.url, **settings).command("produce", "-")

    def test_a_registry_is_believed_by_its_certificate(self):
        with FakeRegistry(gives_ids, self.authority.server_context("IP:127.0.0.1")) as fake:
            self.assert_says(self.produce(fake), 77, "certificate", "registry.ca_file")
            self.assert_says(self.produce(fake, **{"registry.ca_file": self.authority.file}), 0)

    def test_a_certificate_of_another_host_is_not_believed(self):
        with FakeRegistry(gives_ids, self.authority.server_context("DNS:other.example")) as fake:
            self.assert_says(self.produce(fake, **{"registry.ca_file": self.authority.file}), 77, "certificate",
                             "registry.urls")
        self.assertEqual(fake.asked, [])

    def test_a_file_that_is_no_pem_is_named(self):
        for name in "ca_file", "certificate_file":
            with FakeRegistry(gives_ids, self.authority.server_context("IP:127.0.0.1")) as fake:
                unfit = {f"registry.{name}": self.password_file}
                self.assert_says(self.deploy(fake.url, **unfit).command("produce", "-"), 78, f"registry.{name}")

    def test_a_certificate_of_ours_is_shown(self):
        key, certificate = self.authority.certify("alerts", "DNS:alerts.example")
        ours = {"registry.ca_file": self.authority.file, "registry.certificate_file": certificate, "registry.key_file": key}
        with FakeRegistry(gives_ids, self.authority.server_context("IP:127.0.0.1", asks_for_certificate=True)) as fake:
            self.assert_says(self.produce(fake, **IMPATIENT, **{"registry.ca_file": self.authority.file}), 69)
            self.assert_says(self.produce(fake, **ours), 0)


if __name__ == "__main__":
    unittest.main()

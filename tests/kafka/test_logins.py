"""Protects logins: with a password over TLS or a client certificate everything works from making the topics to the alerts; whatever is
wrong with a login or a certificate, on either side, is refused within the time that starting may take, named in a line that an operator
understands, with the code for refused access, and no password is ever shown."""

import concurrent.futures
import subprocess
import unittest

import events
import librdkafka
from deployment import BINARY, Deployment
from secured_case import COMMANDS, SecuredCase
from secured_cluster import ADMIN, SECRET

UNREACHABLE, REFUSED = 69, 77
PATIENCES_MS = [2000, 30_000]  # in the first a broker that is there is reached, unless the machine is busy
ASKED = [["topics", "check"], ["run"], ["produce", "-"], ["watch"], ["report", "--from", "2025-01-01", "--to", "2025-05-31"],
         ["forget", "child-1", "--reason", "a test"]]
LOGIN, TRUST, CERTIFICATE = "the broker refuses the login", "the broker is not trusted", "refuses this program's certificate"
SCRAM_ADVICE = "refuse SCRAM of librdkafka before 2.6.1"


def knows_scram(library):
    """Whether librdkafka does SCRAM as brokers want it since CVE-2024-56128."""
    version = subprocess.run([BINARY, "--version"], env=librdkafka.environment(library), text=True, capture_output=True,
                             check=True).stdout.split()[-1]
    return tuple(map(int, version.split("."))) >= (2, 6, 1)


class LoginTest(SecuredCase):
    def work_through(self, listener, **wishes):
        """From making the topics to what is asked of the state, each as its own user; and forgotten in the end."""
        told = events.chaos(91, 60)
        deployment = self.deploy_secured(listener, partitions=2, **wishes)
        self.allow(self.rights(*COMMANDS))
        deployment.produce(told, settings=self.login("produce"))
        service = deployment.service(settings=self.login("run")).wait_ready()
        deployment.wait_truth()
        deployment.wait_seen()
        results = [self.ask("topics", "check"), self.ask("watch", "--from-beginning", "--exit-at-end"),
                   self.ask("report", "--from", "2025-01-01", "--to", "2025-05-31"),
                   self.ask("forget", told[0]["child_id"], "--reason", "a test", "--wait")]
        for result in results:
            self.assert_says(result, 0)
            self.assert_no_secret(result.stdout, result.stderr)
        self.assertEqual(service.stop(), 0)
        self.assert_no_secret(service.log())

    def test_password_over_tls(self):
        self.work_through("PLAIN")

    def test_client_certificate(self):
        self.work_through("MTLS")

    def test_scram(self):
        self.work_through("SCRAM", library=librdkafka.CURRENT)

    def test_scram_of_an_earlier_librdkafka_is_advised_on(self):
        if knows_scram(librdkafka.UNDER_TEST):
            self.skipTest("this librdkafka can do it")
        login = self.cluster.login("SCRAM", ADMIN)
        self.assert_refused("SCRAM", login, SCRAM_ADVICE)
        self.assert_says(self.bare.command("check", settings=login), 0, "advice: kafka.sasl.mechanisms", SCRAM_ADVICE)

    # --- refused ------------------------------------------------------------------------------------------------------

    def setUp(self):
        self.bare = Deployment(self.cluster, "bare")

    def answered(self, words, settings):
        """A command that heard what the broker says, with more patience where it was in vain."""
        for patience_ms in PATIENCES_MS:
            result = self.bare.command(*words, settings=settings | {"service.start_timeout_ms": patience_ms})
            if result.returncode != UNREACHABLE:
                break
        return result

    def assert_refused(self, what, login, *texts):
        """Every command, all at once: they mostly wait."""
        with concurrent.futures.ThreadPoolExecutor(len(ASKED)) as pool:
            for words, result in zip(ASKED, pool.map(lambda words: self.answered(words, login), ASKED)):
                with self.subTest(what, words=words):
                    self.assertEqual(result.returncode, REFUSED, result.stderr)
                    [line] = [line for line in result.stderr.splitlines() if " error " in line]
                    for text in texts:
                        self.assertIn(text, line)
                    self.assert_no_secret(result.stdout, result.stderr)

    def test_logins_that_the_broker_refuses(self):
        wrong = "canary-that-is-wrong"  # begins as the right ones do, so that it is looked for, too
        self.assert_refused("wrong password", self.cluster.login("PLAIN", "run", wrong), LOGIN, "Invalid username or password")
        self.assert_refused("unknown user", self.cluster.login("PLAIN", "nobody"), LOGIN)

    def test_certificates_that_are_not_trusted(self):
        foreign = {"kafka.ssl.ca.location": self.cluster.folder / "foreign-ca.pem"}
        self.assert_refused("other host", self.cluster.login("WRONG", "run"), TRUST, "it is of another host")
        self.assert_refused("expired", self.cluster.login("EXPIRED", "run"), TRUST, "it has expired")
        self.assert_refused("foreign CA", self.cluster.login("PLAIN", "run") | foreign, TRUST, "it is of a CA that")

    def test_certificates_that_the_broker_refuses(self):
        none = {name: value for name, value in self.cluster.login("MTLS", "run").items()
                if name not in self.cluster.certificate_of("run")}
        self.assert_refused("no certificate", none, CERTIFICATE)
        self.assert_refused("a stranger's", none | self.cluster.certificate_of("stranger"), CERTIFICATE)

    def test_no_output_has_a_secret(self):
        """Not even where librdkafka is asked for all that it can tell."""
        told = {"log.level": "debug", "kafka.debug": "all"}
        checked = self.bare.command("check", settings=self.cluster.login("PLAIN", "run") | told)
        self.assert_says(checked, 0)
        refused = self.answered(["topics", "check"], self.cluster.login("PLAIN", "run", "canary-wrong") | told)
        self.assertEqual(refused.returncode, REFUSED)
        for result in (checked, refused):
            self.assert_no_secret(result.stdout, result.stderr)
        given = self.bare.command("check", settings={"kafka.sasl.password": SECRET.format("run")})
        self.assert_says(given, 78, "a secret on the command line")
        self.assert_no_secret(given.stdout, given.stderr)

    # --- while it runs ------------------------------------------------------------------------------------------------

    def test_a_login_that_is_revoked(self):
        """The service says so and waits, as for a broker that is gone; nothing is published; let in again, it goes on."""
        deployment = self.deploy_secured("PLAIN", partitions=2)
        self.allow(self.rights("run"))
        deployment.produce(events.chaos(92, 30))
        service = deployment.service(settings=self.login("run"))
        service.wait_log(" caught up ")
        deployment.wait_truth()
        deployment.wait_seen()
        published = len(deployment.reader("alerts").read())
        self.restart(let_in=[user for user in self.cluster.users if user != "run"])
        deployment.produce(events.chaos(93, 30, prefix="later"))
        service.wait_log("SASL authentication error: Authentication failed: Invalid username or password")
        self.assertTrue(service.is_running())
        self.assertEqual(len(deployment.reader("alerts").read()), published)
        self.restart(let_in=self.cluster.users)
        deployment.wait_truth()
        self.assertEqual(service.stop(), 0)
        deployment.assert_sound()

    def restart(self, let_in):
        self.cluster.restart(let_in)
        self.deployment.wait_led()


if __name__ == "__main__":
    unittest.main()

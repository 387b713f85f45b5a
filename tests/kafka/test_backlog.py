"""Protects the first start on a backlog: whatever happened before it, an alert is published once, as it stands today. Also when the
service is killed on the way, while it reads and while it judges."""

import signal
import unittest

import events
from kafka_case import KafkaCase

CHILDREN = 15_600  # some 100,000 events


class BacklogTest(KafkaCase):
    def deploy_backlog(self, seed, **settings):
        deployment = self.deploy(settings=settings)
        told = events.chaos(seed, CHILDREN)
        self.assertGreater(len(told), 6 * CHILDREN)
        deployment.produce(told)
        return deployment

    def assert_one_revision_each(self, deployment):
        published = [message.key() for message in deployment.reader("alerts").read()]
        self.assertEqual(len(published), len(set(published)))
        self.assertEqual(len(published), len(deployment.truth()))

    def finish(self, deployment):
        service = deployment.service()
        deployment.wait_truth(timeout=120)
        self.assertEqual(service.stop(), 0)
        deployment.assert_sound()
        self.assert_one_revision_each(deployment)

    def crash(self, deployment, point):
        service = deployment.service(crash_at=point)
        self.assertEqual(service.wait_end(), -signal.SIGABRT, service.log()[-2000:])

    def test_a_backlog_gives_one_revision_an_alert(self):
        self.finish(self.deploy_backlog(21))

    def test_killed_while_it_reads(self):
        deployment = self.deploy_backlog(22, **{"service.transaction_events": 2000})
        for point in ("before-commit:6", "after-commit:10", "after-state:6000"):
            before = self.applied(deployment)
            self.crash(deployment, point)
            self.assertTrue(before < self.applied(deployment) < len(deployment.events), self.applied(deployment))
        self.finish(deployment)

    def applied(self, deployment):
        return sum(sum(record[f"{each}_offset"] for each in ("placement", "move", "enrollment"))
                   for record in deployment.progress().values())

    def test_killed_while_it_judges(self):
        deployment = self.deploy_backlog(23, **{"service.transaction_events": 2000, "service.transaction_judged": 500})
        for _ in range(2):
            self.crash(deployment, "after-alerts:3000")
            published = len(deployment.reader("alerts").read())
            self.assertTrue(0 < published < len(deployment.truth()), published)
        self.finish(deployment)


if __name__ == "__main__":
    unittest.main()

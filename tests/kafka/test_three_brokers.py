"""Protects what three brokers are there for: any one of them may go or stand still, and a minute later than else all is told as if it had
not."""

import os
import signal
import threading
import time
import unittest

from confluent_kafka import KafkaException

import events
from cluster import wait_for
from kafka_case import KafkaCase
from test_chaos import Stream

LATER_AT_MOST_S = 60  # than where none goes, on the same machine
PIECES = 20
STANDS_STILL_S = 20
GROUPS, TRANSACTIONS = "__consumer_offsets", "__transaction_state"  # topics of one partition here: its leader coordinates all


class ThreeBrokersTest(KafkaCase):
    nodes = 3
    cluster_settings = {"broker.session.timeout.ms": 3000, "broker.heartbeat.interval.ms": 500}

    def deploy_running(self, seed):
        deployment = self.deploy(settings={"topics.replication_factor": 3, "kafka.socket.timeout.ms": 3000})
        service = deployment.service().wait_ready()
        since = time.monotonic()
        with Stream(deployment, events.chaos(seed, 200), PIECES):
            pass
        deployment.wait_truth()
        self.undisturbed_s = time.monotonic() - since
        return deployment, service

    def leader_of(self, deployment, topic):
        """The node that leads the first partition of TOPIC, once every replica of all its partitions is in sync: any node may go then."""
        def look():
            try:
                partitions = deployment.admin.list_topics(topic, timeout=2).topics[topic].partitions
            except KafkaException:
                return None
            are_in_sync = all(len(each.isrs) == self.nodes for each in partitions.values())
            return partitions.get(0) if are_in_sync else None
        return wait_for(look, 30, f"the replicas of {topic} to be in sync").leader - 1

    def node_that(self, does, deployment):
        """The node that DOES something, when any may go."""
        leaders = {topic: self.leader_of(deployment, topic) for topic in [GROUPS, TRANSACTIONS, *deployment.topics.values()]}
        return {
            "coordinates the group": lambda: leaders[GROUPS],
            "coordinates transactions": lambda: leaders[TRANSACTIONS],
            "controls the cluster": self.cluster.controller,
        }[does]()

    def told_without(self, node, lose, deployment, prefix):
        """LOSE takes the node away while events come, and all of them are told in time."""
        before = deployment.progress()
        with Stream(deployment, events.chaos(100, 300, prefix=prefix), PIECES):
            wait_for(lambda: deployment.progress() != before, 30, "the first transactions")
            lose(node)
            since = time.monotonic()
        deployment.wait_truth()
        self.assertLess(time.monotonic() - since, self.undisturbed_s + LATER_AT_MOST_S)

    def end_well(self, deployment, service):
        deployment.wait_read()
        self.assertEqual(service.stop(), 0, service.log()[-2000:])
        deployment.wait_seen()
        deployment.assert_sound()

    def test_any_broker_may_be_killed(self):
        """Each leads partitions, too."""
        deployment, service = self.deploy_running(seed=91)
        for does in ("coordinates the group", "coordinates transactions", "controls the cluster"):
            node = self.node_that(does, deployment)
            self.told_without(node, self.cluster.kill_node, deployment, prefix=does.replace(" ", "-"))
            self.cluster.start_node(node)
            self.cluster.wait_ready()
        self.end_well(deployment, service)

    def stand_still(self, node):
        """Its connections stay, but nothing is answered; what was sent to it is read when its time is over."""
        pid = self.cluster.pids[node]
        os.kill(pid, signal.SIGSTOP)
        awake = threading.Timer(STANDS_STILL_S, os.kill, (pid, signal.SIGCONT))
        awake.start()
        self.addCleanup(awake.join)

    def test_a_coordinator_of_transactions_may_stand_still(self):
        deployment, service = self.deploy_running(seed=92)
        self.told_without(self.node_that("coordinates transactions", deployment), self.stand_still, deployment, "late")
        self.node_that("coordinates transactions", deployment)  # the one that stood still is back in sync
        self.end_well(deployment, service)


if __name__ == "__main__":
    unittest.main()

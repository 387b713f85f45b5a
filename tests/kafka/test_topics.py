"""Protects `topics create` and `topics check`: what is created is right, what is wrong is named, and an operator learns from the exit
code whether it is the topics, the broker or the way there."""

import unittest

from confluent_kafka.admin import AlterConfigOpType, ConfigEntry, ConfigResource, NewTopic, ResourceType

from cluster import wait_for
from kafka_case import KafkaCase
from deployment import ANSWER_S, Deployment


class TopicsTest(KafkaCase):
    def setUp(self):
        self.bare = Deployment(self.cluster, self._testMethodName)  # nothing created yet
        self.admin = self.bare.admin

    def make(self, topic, partitions=4, **properties):
        name = self.bare.topics[topic]
        config = {key.replace("_", "."): value for key, value in properties.items()}
        self.admin.create_topics([NewTopic(name, partitions, 1, config=config)], request_timeout=ANSWER_S)[name].result()
        wait_for(lambda: name in self.admin.list_topics(timeout=ANSWER_S).topics, 10, "the broker to show the topic")

    def alter(self, topic, **properties):
        wanted = {key.replace("_", "."): value for key, value in properties.items()}
        changes = [ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET) for name, value in wanted.items()]
        resource = ConfigResource(ResourceType.TOPIC, self.bare.topics[topic], incremental_configs=changes)
        self.admin.incremental_alter_configs([resource], request_timeout=ANSWER_S)[resource].result()
        wait_for(lambda: wanted.items() <= self.properties(topic).items(), 10, "the broker to show the properties")

    def properties(self, topic):
        resource = ConfigResource(ResourceType.TOPIC, self.bare.topics[topic])
        entries = self.admin.describe_configs([resource], request_timeout=ANSWER_S)[resource].result()
        return {name: entry.value for name, entry in entries.items()}

    def test_created_topics_are_right(self):
        self.assert_says(self.bare.command("topics", "create"), 0)
        result = self.bare.command("topics", "check")
        self.assert_says(result, 0)
        self.assertNotIn("advice", result.stderr)
        known = self.admin.list_topics(timeout=ANSWER_S).topics
        self.assertEqual({len(known[name].partitions) for name in self.bare.topics.values()}, {4})
        for topic in ("placements", "moves", "enrollments", "dead_letters"):
            self.assertEqual(self.properties(topic)["cleanup.policy"], "delete")
            self.assertEqual(int(self.properties(topic)["retention.ms"]), 400 * 86_400_000)
        for topic in ("alerts", "violations", "state", "deliveries"):
            self.assertEqual(self.properties(topic)["cleanup.policy"], "compact")
            self.assertGreaterEqual(int(self.properties(topic)["delete.retention.ms"]), 7 * 86_400_000)

    def test_create_again_changes_nothing(self):
        self.assert_says(self.bare.command("topics", "create"), 0)
        again = self.bare.command("topics", "create")
        self.assert_says(again, 0)
        self.assertEqual(again.stdout, "all 8 topics exist already\n")

    def test_create_fits_to_what_exists(self):
        self.make("moves", partitions=6, cleanup_policy="delete")
        self.assert_says(self.bare.command("topics", "create"), 0)
        self.assertEqual(len(self.admin.list_topics(timeout=ANSWER_S).topics[self.bare.topics["state"]].partitions), 6)

    def test_missing_topics_are_named(self):
        self.make("moves")
        result = self.bare.command("topics", "check")
        missing = [name for topic, name in self.bare.topics.items() if topic != "moves"]
        self.assert_says(result, 78, *(f"topic {name} does not exist" for name in missing))
        self.assertNotIn(self.bare.topics["moves"] + " does", result.stderr)

    def test_what_notify_keeps_is_of_notify_alone(self):
        self.bare.command("topics", "create", check=True)
        self.bare.delete_topic("deliveries")
        self.assert_says(self.bare.command("topics", "check"), 0,
                         f"advice: topic {self.bare.topics['deliveries']} does not exist; `notify` with subscriptions needs it")
        service = self.bare.service().wait_ready()
        self.assertNotIn("topic", service.log())
        self.assertEqual(service.stop(), 0)
        self.make("deliveries", partitions=1, cleanup_policy="compact")  # as nobody else counts on the partitions
        self.assertNotIn("partitions,", self.bare.command("topics", "check").stderr)

    def test_unequal_partitions_are_refused(self):
        self.make("enrollments", partitions=5)
        self.make("moves", partitions=6)
        self.make("placements", partitions=6)
        self.assert_says(self.bare.command("topics", "create"), 78,
                         f"topic {self.bare.topics['enrollments']} has 5 partitions, another has 6")

    def test_wrong_policies_are_refused(self):
        self.bare.command("topics", "create", check=True)
        for topic, policy in (("placements", "compact"), ("moves", "compact,delete"), ("state", "delete"),
                              ("alerts", "compact,delete"), ("violations", "delete"), ("dead_letters", "compact")):
            with self.subTest(topic=topic, policy=policy):
                right = self.properties(topic)["cleanup.policy"]
                self.alter(topic, cleanup_policy=policy)
                self.assert_says(self.bare.command("topics", "check"), 78,
                                 f"topic {self.bare.topics[topic]} has cleanup.policy={policy}")
                self.alter(topic, cleanup_policy=right)

    def test_weak_properties_are_advised_on(self):
        self.bare.command("topics", "create", check=True)
        self.alter("alerts", delete_retention_ms="3600000")
        self.alter("moves", retention_ms="3600000", message_timestamp_type="CreateTime")
        self.assert_says(self.bare.command("topics", "check"), 0,
                         f"advice: topic {self.bare.topics['alerts']} has delete.retention.ms=3600000",
                         f"advice: topic {self.bare.topics['moves']} has retention.ms=3600000",
                         f"advice: topic {self.bare.topics['moves']} has message.timestamp.type=CreateTime")

    def test_unreachable_broker_is_told_apart(self):
        nowhere = {"kafka.bootstrap.servers": "127.0.0.1:1", "service.start_timeout_ms": 1500}
        for words in (["topics", "check"], ["topics", "create"], ["watch"], ["produce", "-"]):
            with self.subTest(words=words):
                self.assert_says(self.bare.command(*words, settings=nowhere), 69, "Connection refused")

    def test_more_replicas_than_brokers(self):
        result = self.bare.command("topics", "create", settings={"topics.replication_factor": 3})
        self.assert_says(result, 78, "could not be created", "replication factor")


if __name__ == "__main__":
    unittest.main()

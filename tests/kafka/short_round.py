"""The tests that could tell one librdkafka from another, some of them shortened, with the current one on one broker. The whole round is
with the one the program was built with."""

import os

os.environ["PA_LIBRDKAFKA"] = "current"  # before deployment.py looks at it

import subprocess  # noqa: E402
import tempfile  # noqa: E402
import unittest  # noqa: E402

import librdkafka  # noqa: E402
import test_answers  # noqa: E402
import test_backlog  # noqa: E402
import test_chaos  # noqa: E402
import test_produce_watch  # noqa: E402
import test_restart  # noqa: E402
import test_topics  # noqa: E402
from cluster import Cluster  # noqa: E402
from deployment import BINARY  # noqa: E402
from kafka_case import KafkaCase  # noqa: E402

TESTS = {
    test_topics.TopicsTest: ["created_topics_are_right", "missing_topics_are_named", "weak_properties_are_advised_on"],
    test_produce_watch.ProduceTest: ["another_reader_reads_what_was_sent"],
    test_produce_watch.WatchTest: ["shows_what_is_committed_to_the_end", "follows_until_interrupted"],
    test_restart.RestartTest: ["goes_on_where_it_stopped", "group_deleted", "group_ahead_is_refused",
                               "a_second_of_the_same_name_fences_the_first", "a_timeout_above_the_brokers_is_refused"],
    test_backlog.BacklogTest: ["a_backlog_gives_one_revision_an_alert"],
    test_answers.AnswersTest: ["reports_are_those_of_the_files"],
    test_chaos.ChaosTest: ["killed_many_times", "killed_in_a_revoke", "stopped_past_its_session", "comes_back_with_the_old_batch",
                           "scales_up_and_down", "broker_away_for_longer_than_the_session"],
}
test_backlog.CHILDREN = 3_000
test_chaos.KILLS = 5


class VersionTest(unittest.TestCase):
    def test_it_is_another_one(self):
        versions = {subprocess.run([BINARY, "--version"], env=librdkafka.environment(library), text=True, capture_output=True,
                                   check=True).stdout for library in (librdkafka.BUILT_WITH, librdkafka.CURRENT)}
        self.assertEqual(len(versions), 2, versions)


def load_tests(_loader, _tests, _pattern):
    suite = unittest.TestSuite([VersionTest("test_it_is_another_one")])
    suite.addTests(case(f"test_{name}") for case, names in TESTS.items() for name in names)
    return suite


if __name__ == "__main__":
    KafkaCase.cluster = Cluster(tempfile.mkdtemp(prefix="kafka-"))
    try:
        KafkaCase.cluster.start()
        unittest.main()
    finally:
        KafkaCase.cluster.stop()

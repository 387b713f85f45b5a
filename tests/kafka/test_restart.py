"""Protects what the service knows across restarts: it goes on where the changelog stands, uses the changelog where the group's offsets
are gone, and refuses by name to go on where the two contradict each other."""

import unittest

import events
from deployment import PATIENT
from kafka_case import KafkaCase

TORN = 82
FENCED = 80


class RestartTest(KafkaCase):
    def deploy_running(self, seed, settings=None):
        """A deployment that has caught up with some events, and its service, which has SETTINGS of its own."""
        deployment = self.deploy()
        deployment.produce(events.chaos(seed, 300))
        service = deployment.service(settings=settings).wait_ready()
        deployment.wait_truth()
        return deployment, service

    def deploy_stopped(self, seed):
        deployment, service = self.deploy_running(seed)
        self.assertEqual(service.stop(), 0)
        deployment.assert_sound()
        return deployment

    def go_on(self, deployment, seed=99):
        """More events, the service again, and all is well."""
        deployment.produce(events.chaos(seed, 100, prefix="new"))
        service = deployment.service()
        deployment.wait_truth()
        self.assertEqual(service.stop(), 0)
        deployment.assert_sound()
        return service

    def refused(self, deployment, *texts):
        """The service ends by itself with the code for contradictions, names them, and writes nothing."""
        before = {topic: deployment.reader(topic, "read_uncommitted").ends() for topic in ("alerts", "violations", "state")}
        service = deployment.service()
        self.assertEqual(service.wait_end(), TORN, service.log()[-2000:])
        for text in texts:
            self.assertIn(text, service.log())
        self.assertEqual(before, {topic: deployment.reader(topic, "read_uncommitted").ends() for topic in before})

    def test_goes_on_where_it_stopped(self):
        """And with the very state it had: what is replayed is what lived."""
        deployment, lived = self.deploy_running(31)
        self.assertEqual(lived.stop(), 0)
        deployment.assert_sound()
        before = len(deployment.reader("alerts").read())
        service = deployment.service().wait_ready()
        self.assertEqual(service.logged_state("ready"), lived.logged_state("released"))
        self.assertEqual(service.stop(), 0)
        self.assertEqual(len(deployment.reader("alerts").read()), before, "nothing had changed")
        self.go_on(deployment)

    def test_later_days_are_judged_at_start(self):
        deployment = self.deploy_stopped(32)
        deployment.as_of = deployment.settings["clock"] = "2026-01-15"
        self.go_on(deployment)

    def test_group_deleted(self):
        deployment = self.deploy_stopped(33)
        deployment.delete_group()
        self.go_on(deployment)

    def test_group_behind_is_refused_unless_accepted(self):
        deployment = self.deploy_stopped(34)
        deployment.move_group_offsets(lambda topic, partition, offset: offset - 5)
        self.refused(deployment, "behind")
        deployment.settings["state.accept_group_behind"] = "true"
        self.go_on(deployment)

    def test_another_groups_state_is_refused_unless_accepted_once(self):
        """As when a second service is given a group of its own, but not topics."""
        deployment = self.deploy_stopped(43)
        deployment.settings["service.group"] = "renamed"
        self.refused(deployment, "verdict=GROUP_DIFFERS", f"group=renamed written_by={deployment.name}-one-")
        refused = deployment.settings
        deployment.settings = refused | {"state.accept_other_group": "true"}
        self.go_on(deployment)
        deployment.settings = refused
        self.go_on(deployment, seed=100)

    def test_group_ahead_is_refused(self):
        deployment = self.deploy_stopped(35)
        deployment.produce(events.chaos(36, 100, prefix="unread"))
        ends = deployment.input_ends()
        deployment.move_group_offsets(lambda topic, partition, offset: ends[topic][partition])
        self.refused(deployment, "ahead")

    def test_a_day_that_the_clock_has_not_reached_is_refused_unless_accepted(self):
        deployment = self.deploy_stopped(41)
        deployment.settings["clock"] = "2025-05-01"
        self.refused(deployment, "DAY_AHEAD", "judged_through=2025-06-01 clock=2025-05-01")
        deployment.settings["state.accept_later_day"] = "true"
        self.go_on(deployment)  # from the later day

    def test_its_log_tells_how_far_it_is(self):
        deployment = self.deploy()
        service = deployment.service(settings=PATIENT)  # one that lost its partitions would catch up again
        service.wait_log(" caught up ")
        deployment.produce(events.chaos(42, 100))
        deployment.wait_truth()
        self.assertEqual(service.stop(), 0)
        steps = ("starting group=", "joining the group", "assigned partitions=", "ready partitions=", "caught up partitions=",
                 "released partitions=", "ended exit_code=0")
        places = [service.log().index(step) for step in steps]
        self.assertEqual(places, sorted(places))
        self.assertEqual(service.log().count("caught up"), 1)

    def test_state_lost_is_refused(self):
        deployment = self.deploy_stopped(37)
        deployment.delete_topic("state")
        deployment.command("topics", "create", check=True)
        self.refused(deployment, "lost")

    def test_an_input_that_expires_unread_is_refused(self):
        deployment, service = self.deploy_running(44, PATIENT)
        service.pause()
        deployment.produce(events.chaos(45, 100, prefix="unread"))
        deployment.expire("moves")
        service.resume()
        self.assertEqual(service.wait_end(), TORN, service.log()[-2000:])
        self.assertIn("verdict=INPUT_EXPIRED", service.log())

    def test_changed_norms_judge_every_child_anew(self):
        deployment = self.deploy_stopped(38)
        before = deployment.truth()
        deployment.settings["rules.stay_scope"] = "location"
        self.assertNotEqual(deployment.truth(), before)
        self.go_on(deployment)

    def test_a_second_of_the_same_name_fences_the_first(self):
        # Patient both: who finds that its own transaction took too long makes new producers, and these would fence the other one.
        deployment, first = self.deploy_running(39, PATIENT)
        second = deployment.service(settings=PATIENT).wait_ready()
        deployment.produce(events.chaos(40, 200, prefix="more"))
        deployment.wait_truth()
        self.assertEqual(first.wait_end(), FENCED, first.log()[-2000:])
        self.assertEqual(second.stop(), 0)
        deployment.assert_sound()

    def test_wrong_topics_are_refused(self):
        deployment = self.deploy()
        deployment.delete_topic("violations")
        service = deployment.service()
        self.assertEqual(service.wait_end(), 78)
        self.assertIn(deployment.topics["violations"], service.log())

    def test_a_timeout_above_the_brokers_is_refused(self):
        service = self.deploy().service(settings={"kafka.transaction.timeout.ms": 1_000_000})
        self.assertEqual(service.wait_end(), 78, service.log())
        self.assertIn("larger than the maximum value allowed by the broker", service.log())

    def test_unreachable_broker_is_told_apart(self):
        deployment = self.deploy()
        service = deployment.service(settings={"kafka.bootstrap.servers": "127.0.0.1:1", "service.start_timeout_ms": 1500})
        self.assertEqual(service.wait_end(), 69, service.log())
        self.assertIn("Connection refused", service.log())


class ForgetTest(KafkaCase):
    """A null value forgets the child at once and for good; what is told of it later begins anew."""

    def gone(self, deployment, child_id):
        """Whether no topic holds anything of the child any more."""
        alerts = deployment.newest("alerts").values()
        return all(alert["child_id"] != child_id for alert in alerts)

    def test_a_forgotten_child_stays_forgotten(self):
        deployment = self.deploy()
        told = events.chaos(51, 300)
        deployment.produce(told)
        service = deployment.service().wait_ready()
        deployment.wait_truth()
        child_id = min(alert["child_id"] for alert in deployment.newest_alerts().values())
        about_it = [event for event in told if event["child_id"] == child_id]

        deployment.forget(child_id)
        deployment.wait_truth()
        self.assertTrue(self.gone(deployment, child_id))
        deployment.command("produce", "-", stdin=events.lines(about_it), check=True)  # recorded before: dropped
        deployment.wait_read()
        self.assertEqual(service.stop(), 0)
        deployment.assert_sound()

        service = deployment.service().wait_ready()
        deployment.command("produce", "-", stdin=events.lines(about_it), check=True)
        deployment.wait_read()
        self.assertTrue(self.gone(deployment, child_id))
        later = [dict(event, recorded_at="2100-01-01T00:00:00.000Z") for event in about_it]
        deployment.produce(later)
        deployment.wait_truth()
        self.assertEqual(service.stop(), 0)
        deployment.assert_sound()


if __name__ == "__main__":
    unittest.main()

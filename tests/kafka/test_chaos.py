"""Protects exactly-once: whatever is done to instances - killed, stopped past their session, added, taken away - the alerts published
are those the events give, each revision once."""

import datetime
import random
import signal
import threading
import unittest

import events
from cluster import wait_for
from deployment import READY
from kafka_case import KafkaCase

KILLS = 20
IN_A_TRANSACTION = [f"{side}-{what}" for what in ("begin", "state", "alerts", "offsets", "commit")
                    for side in ("before", "after")]
ENDS_OF_A_ZOMBIE = (0, 80, 81)  # it rejoined and was stopped; or it found itself fenced, or its client past help


class Stream:
    """Sends events bit by bit beside what a test does."""

    def __init__(self, deployment, told, pieces):
        size = -(-len(told) // pieces)
        self.pieces = [told[start:start + size] for start in range(0, len(told), size)]
        self.thread = threading.Thread(target=self._send, args=(deployment,))
        self.failure = None

    def _send(self, deployment):
        try:
            for piece in self.pieces:
                deployment.produce(piece)
        except Exception as failure:  # told where it is joined
            self.failure = failure

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.thread.join()
        if self.failure is not None:
            raise self.failure


class ChaosTest(KafkaCase):
    def end_well(self, deployment, services, ends=(0,)):
        deployment.wait_read(timeout=90)
        deployment.wait_truth(timeout=90)
        for service in services:
            self.assertIn(service.stop(), ends, service.log()[-2000:])
        deployment.assert_sound()

    def test_killed_many_times(self):
        seed = 61
        chance = random.Random(seed)
        deployment = self.deploy(partitions=6)
        running = {name: deployment.service(name) for name in "abc"}
        with Stream(deployment, events.chaos(seed, 150 * KILLS), pieces=3 * KILLS):
            for _ in range(KILLS):
                victim = chance.choice(sorted(running))
                threading.Event().wait(chance.uniform(0.05, 1.0))  # the chance is when it is hit
                running[victim].kill()
                running[victim] = deployment.service(victim)
        self.end_well(deployment, running.values())

    def test_killed_at_each_named_point(self):
        """The same instance comes back each time; the points of a transaction are met in its first and in a later one."""
        deployment = self.deploy()
        for number, point in enumerate(IN_A_TRANSACTION):
            for passage in (1, 3):
                deployment.produce(events.chaos(1000 + number, 60, prefix=f"{point}-{passage}"))
                service = deployment.service(crash_at=f"{point}:{passage}")
                self.feed_until_it_ends(deployment, service, f"{point}-{passage}-fed")
                self.assert_aborts(service)
        self.assert_aborts(deployment.service(crash_at="in-restore"))
        self.end_well(deployment, [deployment.service()])

    def feed_until_it_ends(self, deployment, service, prefix):
        """One small transaction after the other, so that the passage comes."""
        wait_for(lambda: READY in service.log() or not service.is_running(), 30, f"{service} to be ready")
        for piece in range(100):
            if not service.is_running():
                return
            deployment.produce(events.chaos(piece, 5, prefix=f"{prefix}-{piece}"))

    def test_killed_in_a_revoke(self):
        deployment = self.deploy()
        deployment.produce(events.chaos(69, 500))
        first = deployment.service("first", crash_at="in-revoke").wait_ready()
        second = deployment.service("second")
        self.assert_aborts(first)
        deployment.produce(events.chaos(70, 200, prefix="after"))
        self.end_well(deployment, [second])

    def assert_aborts(self, service):
        self.assertEqual(service.wait_end(), -signal.SIGABRT, service.log()[-2000:])

    def test_broker_away_for_longer_than_the_session(self):
        deployment = self.deploy()
        deployment.produce(events.chaos(73, 200))
        service = deployment.service().wait_ready()
        deployment.wait_truth()
        deployment.wait_settled()
        self.cluster.kill_node(0)
        service.wait_log(" revoked .* lost=yes")
        self.cluster.start_node(0)
        self.cluster.wait_ready()
        deployment.wait_led()
        deployment.produce(events.chaos(74, 200, prefix="after"))
        self.end_well(deployment, [service])

    def test_dead_instance_is_replaced_by_the_others(self):
        deployment = self.deploy()
        deployment.produce(events.chaos(62, 2000))
        dead, living = deployment.service("dead"), deployment.service("living")
        wait_for(lambda: deployment.progress(), 30, "the first transactions")
        dead.kill()
        deployment.produce(events.chaos(63, 200, prefix="after"))
        self.end_well(deployment, [living])

    def test_stopped_past_its_session(self):
        """The zombie had two partitions and a batch under way; it comes back when one or both are another's."""
        deployment = self.deploy(partitions=2, settings={"service.transaction_events": 50})
        zombie = deployment.service("zombie").wait_ready()
        with Stream(deployment, events.chaos(64, 1500), pieces=20):
            wait_for(lambda: deployment.progress(), 30, "the first transactions")
            zombie.pause()
            heir = deployment.service("heir").wait_ready(timeout=60)
        deployment.wait_read(timeout=90)
        zombie.resume()
        deployment.produce(events.chaos(65, 200, prefix="after"))
        self.end_well(deployment, [heir, zombie], ENDS_OF_A_ZOMBIE)

    def test_comes_back_with_the_old_batch(self):
        """Everything of a batch but its offsets is written when the instance stops; it goes on when its partitions are another's."""
        deployment = self.deploy(partitions=2)
        zombie = deployment.service("zombie", crash_at="before-offsets:2:stop").wait_ready()
        deployment.produce(events.chaos(71, 500))
        wait_for(zombie.is_stopped, 30, "the batch to be written")
        heir = deployment.service("heir").wait_ready(timeout=60)
        deployment.wait_read(timeout=90)
        zombie.resume()
        deployment.produce(events.chaos(72, 200, prefix="after"))
        self.end_well(deployment, [heir, zombie], ENDS_OF_A_ZOMBIE)

    def test_stopped_across_midnights_without_traffic(self):
        """Days pass, deadlines come, and nobody sends an event."""
        deployment = self.deploy(settings={"clock": "2025-03-01+1d/100ms"})
        deployment.produce(events.chaos(66, 1000))
        zombie, heir = deployment.service("zombie").wait_ready(), deployment.service("heir").wait_ready()
        self.wait_day(deployment, "2025-03-15")
        zombie.pause()
        self.wait_day(deployment, "2025-06-01")
        zombie.resume()
        self.wait_day(deployment, "2025-08-01")
        for service in (zombie, heir):
            self.assertIn(service.stop(), ENDS_OF_A_ZOMBIE, service.log()[-2000:])
        deployment.wait_seen("state")
        last = max(record["judged_through"] for record in deployment.progress().values())
        day_after = str(datetime.date.fromisoformat(last) + datetime.timedelta(1))
        deployment.as_of = deployment.settings["clock"] = day_after
        self.end_well(deployment, [deployment.service("last")])

    def wait_day(self, deployment, day):
        """Until every partition is judged through DAY."""
        def is_reached():
            progress = deployment.progress()
            return len(progress) == deployment.partitions and all(
                (record["judged_through"] or "") >= day for record in progress.values())
        wait_for(is_reached, 90, f"{day} to be judged")

    def test_scales_up_and_down(self):
        deployment = self.deploy(partitions=6)
        first = deployment.service("first").wait_ready()
        with Stream(deployment, events.chaos(67, 3000), pieces=60):
            second = deployment.service("second").wait_ready()
            third = deployment.service("third").wait_ready()
            self.assertEqual(first.stop(), 0, first.log()[-2000:])
            self.assertEqual(second.stop(), 0, second.log()[-2000:])
        self.end_well(deployment, [third])


if __name__ == "__main__":
    unittest.main()

"""Protects the service from what it is sent: ten thousand records that are no events become dead letters with the right reason, one
each, and neither stop the service nor disturb what is known of any child."""

import collections
import datetime
import random
import unittest

import events
from kafka_case import KafkaCase
from records import SHIPPED, encode, event_record, murmur2_producer

POISON = 10_000
HEADER = {name: header for name, (_, header) in SHIPPED.items()}
UTC = datetime.timezone.utc


class Source:
    """Good events to spoil, each of a child whose partition is known."""

    def __init__(self, told, homes, chance):
        self.arrivals = [each for each in told if each.get("kind") == "ARRIVED" and not each["retracted"]]
        self.homes = homes
        self.chance = chance

    def arrival(self, **changes):
        """A good arrival as (child_id, value for encode)."""
        event = self.chance.choice(self.arrivals)
        return event["child_id"], event_record(event)[1] | changes

    def bytes(self, **changes):
        child, value = self.arrival(**changes)
        return child, encode("placement", value)


def overwritten(value, position, byte):
    return value[:position] + bytes([byte]) + value[position + 1:]


# Each takes a Source and gives (reason, key, value, partitions away from the child's own). The child's own is where murmur2 puts the key.
def no_key(source):
    return "NO_KEY", None, source.bytes()[1], 0


def of_another_child(source):
    (key, _), (child, value) = source.bytes(), source.bytes()
    return ("KEY_NOT_CHILD_ID", key, value, 0) if key != child else of_another_child(source)


def misplaced(source):
    return "MISPLACED", *source.bytes(), 1


def too_long(source):
    child, value = source.bytes()
    return "TOO_LONG", child, value + bytes(65_536), 0


def no_framing(source):
    return "FRAMING_UNKNOWN", source.bytes()[0], source.chance.randbytes(source.chance.randrange(1, 200)) + b"x", 0


def empty(source):
    return "FRAMING_UNKNOWN", source.bytes()[0], b"", 0


def of_a_registry(source):
    child, value = source.bytes()
    return "FRAMING_CONFLUENT", child, b"\0\0\0\0\7" + value[10:], 0


def of_no_known_schema(source):
    child, value = source.bytes()
    return "SCHEMA_UNKNOWN", child, b"\xc3\x01" + source.chance.randbytes(8) + value[10:], 0


def of_another_stream(source):
    child, value = source.bytes()
    return "SCHEMA_UNFIT", child, HEADER["enrollment"] + value[10:], 0


def truncated(source):
    child, value = source.bytes()
    return "TRUNCATED", child, value[:source.chance.randrange(10, len(value))], 0


def with_more_behind(source):
    child, value = source.bytes()
    return "TRAILING_BYTES", child, value + source.chance.randbytes(3), 0


def negative_length(source):
    child, value = source.bytes()
    return "MALFORMED", child, overwritten(value, 10, 0x01), 0


def huge_length(source):
    child, value = source.bytes()
    return "TRUNCATED", child, value[:10] + b"\xfe\xff\xff\xff\xff\xff\xff\xff\x7f" + value[11:], 0


def without_location(source):
    return "FIELD_MISSING", *source.bytes(location=None), 0


def bad_location(source):
    place = {"kind": "CENTRE", "region": "NORTH", "location_id": source.chance.choice(["", "a b", "x" * 65, "\u00e9", "a\nb", "\0"])}
    return "ID_INVALID", *source.bytes(location=place), 0


def overlong_child(source):
    child = "c" * source.chance.choice([65, 1000])
    return "ID_INVALID", child, source.bytes(child_id=child)[1], 0


def strange_child(source):
    child = source.chance.choice(["a b", "\x1b[31mred", "naam\n2025 error forged", "#progress"])
    return "ID_INVALID", child, source.bytes(child_id=child)[1], 0


def no_uuid(source):
    child, value = source.bytes()
    return "UUID_INVALID", child, overwritten(value, 20, ord("g")), 0


def too_early(source):
    return "DATE_INVALID", *source.bytes(occurred_on=datetime.date(1899, 12, 31)), 0


def too_late(source):
    return "DATE_INVALID", *source.bytes(birth_date=datetime.date(2200, 1, 1)), 0


def recorded_never(source):
    return "INSTANT_INVALID", *source.bytes(recorded_at=datetime.datetime(9999, 1, 1, tzinfo=UTC)), 0


SPOILERS = [no_key, of_another_child, misplaced, too_long, no_framing, empty, of_a_registry, of_no_known_schema,
            of_another_stream, truncated, with_more_behind, negative_length, huge_length, without_location, bad_location,
            overlong_child, strange_child, no_uuid, too_early, too_late, recorded_never]


class BadInputTest(KafkaCase):
    def homes(self, deployment):
        return {message.key().decode(): message.partition() for message in deployment.reader("placements").read()}

    def poison(self, deployment, source):
        """Sends the poison; returns the reason wanted by (partition, offset)."""
        producer = murmur2_producer(self.cluster.bootstrap, linger_ms=20)
        wanted = {}
        for number in range(POISON):
            reason, key, value, away = SPOILERS[number % len(SPOILERS)](source)
            where = {"partition": (source.homes[key] + away) % deployment.partitions} if away else {}
            producer.produce(deployment.topics["placements"], value, key, **where,
                             on_delivery=lambda _, message, reason=reason:
                             wanted.update({(message.partition(), message.offset()): reason}))
            producer.poll(0)
        producer.flush()
        return wanted

    def test_poison_becomes_dead_letters_and_disturbs_nobody(self):
        chance = random.Random(20250717)
        deployment = self.deploy()
        told = events.chaos(11, 400)
        deployment.produce(told)
        service = deployment.service().wait_ready()
        wanted = self.poison(deployment, Source(told, self.homes(deployment), chance))
        deployment.produce(events.chaos(12, 400, prefix="later"))
        deployment.wait_read()
        deployment.wait_truth()
        deployment.wait_seen()

        letters = deployment.dead_letters()
        found = {(letter["partition"], letter["offset"]): letter["reason"] for letter in letters}
        self.assertEqual(len(letters), POISON)
        others = collections.Counter((wanted.get(place), reason) for place, reason in found.items() if wanted.get(place) != reason)
        self.assertEqual(others, {}, "(reason wanted, reason found)")
        self.assertEqual({letter["topic"] for letter in letters}, {deployment.topics["placements"]})
        self.assertEqual({letter["payload"] for letter in letters}, {None})
        self.assertEqual(service.stop(), 0)
        deployment.assert_sound()
        self.assert_log_is_clean(service.log())

    def assert_log_is_clean(self, log):
        """Bounded, without control characters, and silent about children."""
        self.assertLess(len(log.splitlines()), 500)
        self.assertNotRegex(log, r"[\x00-\x08\x0b-\x1f]")
        for personal in ("forged", "child-", "later-", "loc-"):
            self.assertNotIn(personal, log)

    def test_payloads_are_kept_where_so_configured(self):
        deployment = self.deploy(settings={"dead_letters.payload": "true"})
        producer = murmur2_producer(self.cluster.bootstrap)
        producer.produce(deployment.topics["moves"], b"no event", "child-1")
        producer.flush()
        deployment.service()
        deployment.wait_read()
        deployment.wait_seen()
        [letter] = deployment.dead_letters()
        self.assertEqual((letter["reason"], letter["payload"], letter["topic"]),
                         ("FRAMING_UNKNOWN", b"no event", deployment.topics["moves"]))


if __name__ == "__main__":
    unittest.main()

"""The violations in force, read from Kafka: python violations.py BOOTSTRAP_SERVERS TOPIC [REGISTRY_URL]

Prints one line for each and ends when the topic is read; a service would go on. Needs confluent-kafka and fastavro.
"""

import sys

from decoder import Decoder, Undecodable
from reader import Unreadable, read_to_end


def violations(bootstrap_servers, topic, decoder):
    """By alert_id, what is in force once the topic is read to its end."""
    in_force = {}
    for messages in read_to_end(bootstrap_servers, topic):
        for message in messages:
            in_force.pop(message.key(), None)
            if message.value() is not None:  # without a value: it is over, or the child is forgotten
                in_force[message.key()] = decoder.decode(message.value())
    return in_force


if __name__ == "__main__":
    try:
        found = violations(*sys.argv[1:3], Decoder("violation", *sys.argv[3:4]))
    except (Undecodable, Unreadable) as missing:
        sys.exit(f"violations.py: {missing}")
    for violation in found.values():
        print(violation["alert_id"], violation["rule"], violation["level"], violation["location_id"], violation["violation_on"])

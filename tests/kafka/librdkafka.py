"""Which librdkafka the program runs with: the one it was built with, or the current one, which comes with Python's client.

PA_LIBRDKAFKA=current lets a test run it with that; short_round.py does so for the tests that matter. It is preloaded into our program alone, not into the broker.
"""

import os
import pathlib

import confluent_kafka

BUILT_WITH, CURRENT = "built-with", "current"
UNDER_TEST = os.environ.get("PA_LIBRDKAFKA", BUILT_WITH)


def environment(library):
    return dict(os.environ, LD_PRELOAD=str(current_library())) if library == CURRENT else dict(os.environ)


def current_library():
    packages = pathlib.Path(confluent_kafka.__file__).parent.parent
    [found] = (packages / "confluent_kafka.libs").glob("librdkafka*.so*")
    return found

"""What the tests against a real Kafka share: a broker for each class of tests, deployments on it that are ended afterwards."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from cluster import Cluster  # noqa: E402
from deployment import Deployment  # noqa: E402


class KafkaCase(unittest.TestCase):
    nodes = 1
    cluster_settings = {}
    cluster = None

    @classmethod
    def setUpClass(cls):
        if cls.cluster is not None:
            return  # that of whoever runs several classes
        cls.cluster = cls.make_cluster(tempfile.mkdtemp(prefix="kafka-"))
        cls.addClassCleanup(cls.cluster.stop)
        cls.cluster.start()

    @classmethod
    def make_cluster(cls, folder):
        return Cluster(folder, cls.nodes, settings=cls.cluster_settings)

    def deploy(self, **wishes):
        """A deployment named after the test."""
        return self.enterContext(Deployment(self.cluster, self._testMethodName.removeprefix("test_"), **wishes))

    def assert_says(self, result, exit_code, *texts):
        """A command that ended with EXIT_CODE and named each of TEXTS on stderr."""
        self.assertEqual(result.returncode, exit_code, result.stderr)
        for text in texts:
            self.assertIn(text, result.stderr)

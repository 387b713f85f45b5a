"""Protects the demo that tells, and who runs it: mails and events of a webhook come, every alert that is open is known to the receiver at
the end, nothing is left running whatever ends the demo, and where there is no Alertmanager it says so and goes on.

    notify_test.py PLACEMENT_ALERTS
"""

import os
import pathlib
import re
import select
import signal
import subprocess
import sys
import tempfile
import unittest

DEADLINE_S = 120  # until something shows, or has ended; a day of a demo for ever takes longer
FOR_EVER = "86400"  # seconds of a demo that a test ends


def children(pid):
    """The processes that PID has started, as files that tell when they have ended."""
    listed = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [os.pidfd_open(int(child)) for child in listed]


class DemoNotifyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name) / "told"

    def start(self, seconds, path):
        process = subprocess.Popen([PROGRAM, "demo", "--plain", "--seconds", seconds, "--notify", self.folder], text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"PATH": path})
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def start_telling(self):
        """A demo whose first line of what was told is out, so that all it needs works."""
        process = self.start(FOR_EVER, os.environ["PATH"])
        while "told:" not in process.stdout.readline():
            self.assertIsNone(process.poll(), "it has ended")
        return process

    def test_all_is_told(self):
        process = self.start("5", os.environ["PATH"])
        output, errors = process.communicate(timeout=900)
        self.assertEqual((process.returncode, errors), (0, ""), output)
        self.assertIn("alerts, no difference", output)
        mails = int(re.search(r"^ ([\d,]+) mails, to be read", output, re.M)[1].replace(",", ""))
        self.assertGreaterEqual(mails, 6)  # one a site
        self.assertGreaterEqual(len(list((self.folder / "mails").glob("*.eml"))), mails)  # one more may come while it ends
        events = re.search(r"^ ([\d,]+) webhook events, 0 with a wrong signature$", output, re.M)[1]
        self.assertGreater(int(events.replace(",", "")), 100)
        told, published = re.search(r"open at the sites told: ([\d,]+) alerts by these events, ([\d,]+) by the topic", output).groups()
        self.assertEqual(told, published)

    def test_nothing_is_left_running(self):
        for end in (signal.SIGINT, signal.SIGKILL):
            with self.subTest(end=end.name):
                process = self.start_telling()
                started = children(process.pid)
                self.assertEqual(len(started), 3)
                process.send_signal(end)
                process.wait(DEADLINE_S)
                for child in started:
                    self.assertTrue(select.select([child], [], [], DEADLINE_S)[0], "it goes on")
                    os.close(child)

    def test_without_an_alertmanager_it_goes_on(self):
        process = self.start(FOR_EVER, "/no/such/folder")
        while not process.stdout.readline().startswith("2025-04-01"):
            self.assertIsNone(process.poll(), "it has ended")
        process.terminate()
        output, errors = process.communicate(timeout=DEADLINE_S)
        [line] = errors.splitlines()
        self.assertIn("nobody is told: there is no prometheus-alertmanager in PATH", line)
        self.assertNotIn("told:", output)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()

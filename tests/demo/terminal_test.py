"""Protects the terminal of whoever watches the demo: it gets its own screen, follows a change of size, and gives everything
back at once on Ctrl-C and on a kill, dying of the signal as a shell expects; and that it ends when nothing can be shown.

    terminal_test.py PLACEMENT_ALERTS
"""
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unittest

ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"
DEADLINE_S = 120  # until something shows, or it has ended; it takes a second or two
SECONDS = "86400"  # of the whole demo: a day of it takes minutes, so what ends before the deadline did so at once


class Demo:
    """The demo on a terminal of its own."""

    def __init__(self, rows, columns):
        gate, opener = os.pipe()  # the demo begins when the size is set
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.close(opener)
            os.read(gate, 1)
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8")
            os.execv(PROGRAM, [PROGRAM, "demo", "--seconds", SECONDS])
        os.close(gate)
        self.resize(rows, columns)
        self.echoes_before = self.echoes()
        self.seen = b""
        os.close(opener)

    def resize(self, rows, columns):
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def echoes(self):
        return bool(termios.tcgetattr(self.terminal)[3] & termios.ECHO)

    def read_until(self, wanted):
        """Reads on until WANTED was written; what was before it is forgotten."""
        until = time.monotonic() + DEADLINE_S
        while wanted not in self.seen:
            left = until - time.monotonic()
            ready = left > 0 and select.select([self.terminal], [], [], left)[0]
            if not ready:
                raise AssertionError(f"{wanted!r} did not come; the last was {self.seen[-300:]!r}")
            self.seen += os.read(self.terminal, 65536)
        self.seen = self.seen[self.seen.index(wanted) + len(wanted):]

    def end(self):
        """How it ended, as waitpid has it."""
        process = os.pidfd_open(self.process)
        has_ended = select.select([process], [], [], DEADLINE_S)[0]
        os.close(process)
        if not has_ended:
            os.kill(self.process, signal.SIGKILL)
        status = os.waitpid(self.process, 0)[1]
        if not has_ended:
            raise AssertionError("it went on")
        return status


class TerminalTest(unittest.TestCase):
    def check_end(self, end, number):
        demo = Demo(24, 80)
        demo.read_until(ENTER)
        demo.read_until(b"\x1b[24;1H")  # the last row
        self.assertFalse(demo.echoes())
        end(demo)
        demo.read_until(LEAVE)
        self.assertEqual(os.WTERMSIG(demo.end()), number)
        self.assertEqual(demo.echoes(), demo.echoes_before)

    def test_ctrl_c_gives_the_terminal_back(self):
        self.check_end(lambda demo: os.write(demo.terminal, b"\x03"), signal.SIGINT)

    def test_a_kill_gives_the_terminal_back(self):
        self.check_end(lambda demo: os.kill(demo.process, signal.SIGTERM), signal.SIGTERM)

    def test_a_disk_that_is_full_ends_it(self):
        with open("/dev/full", "w") as full:
            result = subprocess.run([PROGRAM, "demo", "--plain"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=DEADLINE_S)
        self.assertEqual((result.returncode, result.stderr),
                         (74, "placement-alerts: stdout can not be written: No space left on device\n"))

    def test_it_follows_the_size(self):
        demo = Demo(24, 80)
        demo.read_until(b"\x1b[24;1H")
        self.assertNotIn(b"\x1b[30;1H", demo.seen)
        demo.resize(30, 132)
        demo.read_until(b"\x1b[30;1H")
        os.kill(demo.process, signal.SIGTERM)
        demo.end()


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()

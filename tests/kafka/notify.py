"""A running `notify`."""

import signal
import subprocess

from cluster import PATIENCE, wait_for
from deployment import BINARY


class Notify:
    """Its log goes to a file."""

    def __init__(self, deployment, settings=None):
        self.log_path = deployment.folder / f"notify-{len(list(deployment.folder.glob('notify-*')))}.log"
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen([BINARY, "notify", *deployment.options(settings)], stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, env=deployment.environment)

    def log(self):
        return self.log_path.read_text(errors="replace")

    def wait_log(self, text, count=1):
        def is_logged():
            has_ended = self.process.poll() is not None
            found = self.log().count(text) >= count
            assert found or not has_ended, f"notify ended with {self.process.returncode}: {self.log()[-2000:]}"
            return found
        wait_for(is_logged, 60, lambda: f"notify to log {text!r}: {self.log()[-2000:]}")

    def end(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(PATIENCE * 20)

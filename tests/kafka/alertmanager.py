"""An Alertmanager of our own, Debian's, on a free port, configured by `placement-alerts notify config`; and alerts to post to it.

Groups are looked at each second, and what it has told is on the disk a second later.
"""

import datetime
import json
import os
import pathlib
import re
import signal
import subprocess
import urllib.request

from cluster import PATIENCE, free_ports, is_running, wait_for

BINARY = os.environ.get("PLACEMENT_ALERTS", "build/placement-alerts")
FLAGS = ["--cluster.listen-address=", "--data.retention=17520h", "--data.maintenance-interval=1s", "--alerts.gc-interval=1m",
         "--log.level=debug"]


class Alertmanager:
    """Its configuration, data and log are in FOLDER. CONTACTS are the rows of contacts.csv, SETTINGS what --set takes."""

    def __init__(self, folder, contacts, settings, environment=None):
        self.folder = pathlib.Path(folder)
        self.environment = dict(os.environ, **(environment or {}))
        [self.port] = free_ports(1)
        self.process = None
        self.configure(contacts, settings)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def configure(self, contacts, settings):
        """It holds after the next start."""
        (self.folder / "contacts.csv").write_text("location_id,mail,overdue_mail,language\n" + "\n".join(contacts) + "\n")
        sets = {"mail.from": "alerts@example.org", "mail.gather_seconds": 1, "mail.interval_seconds": 1} | settings
        command = [BINARY, "notify", "config", "--contacts", self.folder / "contacts.csv", "--output", self.folder]
        for name, value in sets.items():
            command += ["--set", f"{name}={value}"]
        subprocess.run(command, check=True, capture_output=True, text=True)

    def start(self, timeout=30):
        command = ["prometheus-alertmanager", f"--config.file={self.folder / 'alertmanager.yml'}",
                   f"--storage.path={self.folder / 'data'}", f"--web.listen-address=127.0.0.1:{self.port}", *FLAGS]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment,
                                            start_new_session=True)
        wait_for(self._is_ready, timeout, "Alertmanager to start")
        return self

    def stop(self, how=signal.SIGTERM):
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE * 30)
        self.process = None

    def post(self, *alerts):
        request = urllib.request.Request(f"{self.url}/api/v2/alerts", json.dumps(alerts).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=PATIENCE * 30):
            pass

    def alerts(self):
        """What it holds and was not told the end of."""
        with urllib.request.urlopen(f"{self.url}/api/v2/alerts", timeout=PATIENCE * 30) as answer:
            return json.load(answer)

    def wait_until_kept(self, timeout=30):
        """Until what it has told so far is on the disk: one snapshot may be under way, the next has it all, and is a file by its name when the
        one after that is made."""
        count = self._metric("alertmanager_nflog_snapshot_duration_seconds_count")
        wait_for(lambda: self._metric("alertmanager_nflog_snapshot_duration_seconds_count") >= count + 3, timeout,
                 "Alertmanager to write down what it has told")

    def wait_for_looks(self, count, timeout=30):
        """Until it has held COUNT groups more against what it has told."""
        before = self._metric("alertmanager_nflog_queries_total")
        wait_for(lambda: self._metric("alertmanager_nflog_queries_total") >= before + count, timeout, "Alertmanager to look at its groups")

    def log(self):
        return (self.folder / "log").read_text(errors="replace")

    def _metric(self, name):
        with urllib.request.urlopen(f"{self.url}/metrics", timeout=PATIENCE * 10) as answer:
            return float(re.search(rf"^{name} (\S+)$", answer.read().decode(), re.MULTILINE)[1])

    def _is_ready(self):
        if not is_running(self.process.pid):
            raise RuntimeError(f"Alertmanager ended at start:\n{self.log()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{self.url}/-/ready", timeout=PATIENCE):
                return True
        except OSError:
            return False


def alert(alert_id, location, outcome=None, lasts=datetime.timedelta(days=4), recent="yes", **labels):
    """As `notify` posts it: it holds, or ended with OUTCOME. ALERT_ID is made one; the child is called after it."""
    now = datetime.datetime.now(datetime.timezone.utc)
    alert_id = f"{alert_id}-0000-5000-8000-000000000000"
    labels = {"alertname": "no-school", "service": "placement-alerts", "rule": "no-school", "level": "VIOLATION", "region": "NORTH",
              "location": location, "unaccompanied": "yes", "alert_id": alert_id, "child": f"k-{alert_id[:8]}", "thread": alert_id,
              "replaces": "no", "overdue": "no", "past": "no"} | labels
    names_child = outcome != "FORGOTTEN"
    notes = {"summary_nl": f"Kind {labels['child']} heeft sinds 4 juni 2025 geen school." if names_child else "Een melding.",
             "summary_en": f"Child {labels['child']} has had no school since 4 June 2025." if names_child else "An alert.",
             "since": "2025-06-04", "due_on": "2025-06-03", "norm_months": "3", "recent": recent,
             "link": f"https://dossier.example.org/{alert_id}"}
    if outcome is not None:
        notes |= {"outcome": outcome, "outcome_nl": f"Uitkomst {outcome}.", "outcome_en": f"Outcome {outcome}."}
    end = now + lasts if outcome is None else now
    return {"labels": labels, "annotations": notes, "startsAt": now.isoformat(), "endsAt": end.isoformat()}

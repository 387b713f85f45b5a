"""Protects `notify config`: what it writes and where, that what was there stays where it can not, and what it says and ends with then."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
MAIL = ["--set", "mail.smarthost=smtp.example.org:587", "--set", "mail.from=alerts@example.org"]
RIGHT = "location_id,mail,overdue_mail,language\n*,a@example.org,,\n"


class NotifyConfig(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.contacts = self.folder / "contacts.csv"
        self.contacts.write_text(RIGHT)

    def run_with(self, *words, settings=MAIL):
        return subprocess.run([PROGRAM, "notify", "config", *words, *settings], capture_output=True, text=True, cwd=self.folder, timeout=60)

    def assert_ends(self, result, exit_code, text):
        self.assertEqual(result.returncode, exit_code, result.stderr)
        self.assertIn(text, result.stderr)
        self.assertEqual(result.stdout, "")
        self.assertEqual([path.name for path in self.folder.glob("*.yml*")], [])

    def test_two_files_that_all_can_read(self):
        (self.folder / "out").mkdir()
        result = self.run_with("--contacts", "contacts.csv", "--output", "out")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("out/alertmanager.yml and placement-alerts.tmpl", result.stdout)
        files = sorted((self.folder / "out").iterdir())
        self.assertEqual([path.name for path in files], ["alertmanager.yml", "placement-alerts.tmpl"])
        self.assertEqual([path.stat().st_mode & 0o777 for path in files], [0o644] * 2)

    def test_without_output_here_and_in_place_of_what_was_there(self):
        (self.folder / "alertmanager.yml").write_text("former")
        self.assertEqual(self.run_with("--contacts", "contacts.csv").returncode, 0)
        self.assertIn('smtp_smarthost: "smtp.example.org:587"', (self.folder / "alertmanager.yml").read_text())

    def test_one_location_and_several(self):
        for rows, says in (("oss,a@example.org,,\n", "1 location and all others"), ("", "0 locations and"), ("a,,,\nb,,,\n", "2 locations and")):
            self.contacts.write_text(RIGHT + rows)
            self.assertIn(says, self.run_with("--contacts", "contacts.csv").stdout)

    def test_secrets_that_only_others_can_read(self):
        (self.folder / "settings.yaml").write_text("""
kafka: {sasl.password_file: /none/kafka}
registry: {username: u, password_file: /none/registry}
alertmanager: {username: u, password_file: /none/alertmanager}
cloudevents: {source: "urn:nld:a"}
webhooks: {allowed_hosts: a.example.org}
subscriptions: {a: {url: "https://a.example.org/", secret_file: /none/secret}}
""")
        result = self.run_with("--contacts", "contacts.csv", "-c", "settings.yaml")
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_where_it_can_not_write(self):
        self.assert_ends(self.run_with("--contacts", "contacts.csv", "--output", "none"), 74, "none/placement-alerts.tmpl: No such file")
        self.assert_ends(self.run_with("--contacts", "contacts.csv", "--output", "f" * 5000), 74, "File name too long")

    def test_what_was_there_stays(self):
        out = self.folder / "out"
        (out / "placement-alerts.tmpl").mkdir(parents=True)  # nothing can take its place
        (out / "alertmanager.yml").write_text("former")
        result = self.run_with("--contacts", "contacts.csv", "--output", "out")
        self.assertEqual(result.returncode, 74, result.stderr)
        self.assertEqual((out / "alertmanager.yml").read_text(), "former")
        self.assertEqual(len(list(out.iterdir())), 2)

    def test_what_is_missing(self):
        self.assert_ends(self.run_with(), 64, "--contacts is required")
        self.assert_ends(self.run_with("--contacts", "none.csv"), 66, "none.csv: No such file")
        self.assert_ends(self.run_with("--contacts", "."), 78, "Is a directory")
        self.assert_ends(self.run_with("--contacts", "contacts.csv", settings=MAIL[:2]), 78, "mail.smarthost and mail.from must be set")
        self.assert_ends(self.run_with("--contacts", "contacts.csv", settings=[]), 78, "mail.smarthost and mail.from must be set")

    def test_mistakes_are_named_with_their_lines(self):
        self.contacts.write_text(RIGHT + "oss,a@b@c,,\ngoes,a@example.org,,de\n")
        self.assert_ends(self.run_with("--contacts", "contacts.csv"), 78,
                         'contacts.csv:3: "a@b@c" is no address of mail; between several are blanks\n'
                         'contacts.csv:4: language "de" is not nl or en\n')

    def test_nobody_is_advised_against(self):
        self.contacts.write_text("location_id,mail,overdue_mail,language\n*,,,\n")
        result = self.run_with("--contacts", "contacts.csv")
        self.assertEqual(result.returncode, 0)
        self.assertEqual(result.stderr, "advice: contacts.csv:2: mail is empty; nobody is told of what begins at *\n")


if __name__ == "__main__":
    unittest.main()

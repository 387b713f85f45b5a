#!/usr/bin/env python3
"""Protects the command line: which words lead to which exit code and sentence, help for everything, and a manual that says all there is.

    command_line_test.py PLACEMENT_ALERTS
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
ROOT = pathlib.Path(__file__).parent.parent.parent


def run(*arguments, **environment):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          env=os.environ | environment)


def commands():
    listed = run("--help").stdout.split("Commands:\n")[1].split("\n\n")[0]
    return [line[2:18].strip() for line in listed.splitlines()]


# arguments, exit code, stderr (a whole line, a regular expression)
ROWS = [
    ("", 64, r"Usage: placement-alerts COMMAND .*"),
    ("evalaute --as-of 2025-01-01", 64, r"placement-alerts: there is no command evalaute; did you mean evaluate\?; see --help"),
    ("nonsense", 64, r"placement-alerts: there is no command nonsense; see --help"),
    ("topics", 64, r"placement-alerts: topics is half a command; there are: topics create, topics check.*"),
    ("check -c /", 66, r"/: Is a directory"),
    ("topics chekc", 64, r"placement-alerts: there is no command topics chekc; did you mean topics check\?; see --help"),
    ("topisc create", 64, r"placement-alerts: there is no command topisc create; did you mean topics create\?; see --help"),
    ("notify statsu", 64, r"placement-alerts: there is no command notify statsu; did you mean notify status\?; see --help"),
    ("help evalaute", 64, r"placement-alerts: there is no command evalaute; did you mean evaluate\?; see --help"),
    ("help topics chekc", 64, r"placement-alerts: there is no command topics chekc; did you mean topics check\?; see --help"),
    ("topics -x", 64, r"placement-alerts: there is no command topics; did you mean topics \w+\?; see --help"),
    ("--jsn", 64, r"placement-alerts: a command is expected before --jsn; see --help"),
    ("evaluate", 64, r"placement-alerts evaluate: --as-of DATE is missing"),
    ("evaluate --as-of 2025-01-01", 78, r".* evaluate: kafka.bootstrap.servers is not set: .*"),
    ("evaluate - --as-of", 64, r"placement-alerts evaluate: --as-of needs an argument"),
    ("evaluate - --as-of 2025-02-29", 64, r'placement-alerts evaluate: --as-of "2025-02-29" is not a date .*'),
    ("evaluate - --as-of 2025-01-01 --as-of 2025-01-02", 64, r"placement-alerts evaluate: --as-of is given twice"),
    ("evaluate - --as-off 2025-01-01", 64, r"placement-alerts evaluate: there is no option --as-off; did you mean --as-of\?"),
    ("evaluate - --asof=2025-01-01", 64, r"placement-alerts evaluate: there is no option --asof; did you mean --as-of\?"),
    ("evaluate - --as-of 2025-01-01 --json=yes", 64, r"placement-alerts evaluate: --json takes no argument"),
    ("evaluate - --as-of 2025-01-01 -x", 64, r"placement-alerts evaluate: there is no option -x; see --help"),
    ("evaluate - --as-of 2025-01-01 --set x", 78, r'--set: "x" is not of the form NAME=VALUE'),
    ("evaluate - --as-of 2025-01-01 --set stay_scop=location", 78, r"--set: stay_scop: .*did you mean stay_scope\?"),
    ("evaluate - --as-of 2025-01-01 -c /nonexistent", 66, r"/nonexistent: No such file or directory"),
    ("evaluate - --as-of 2025-01-01 --set calendar=/nonexistent", 78, r"/nonexistent: No such file or directory"),
    ("evaluate - --as-of 2025-01-01 --json", 0, None),
    ("evaluate --json --as-of=2025-01-01 --set stay_scope=location --set rules.move_ends_enrollment=False -- -", 0, None),
    ("check extra", 64, r"placement-alerts check: nothing is expected after the options; see --help"),
    ("check --set kafka.sasl.password=x", 78, r"--set: kafka.sasl.password: a secret on the command line .*"),
    ("check --set topics.alerts=state", 78, r'topics: "state" is given as the name of two topics; each needs its own'),
    ("check --set service.worker=2", 78, r"--set: service.worker: .*did you mean service.workers\?"),
    ("check --set kafka.ssl.ca.location=/nonexistent --set kafka.security.protocol=ssl", 78, r"kafka: ssl.ca.location failed.*"),
    ("check --set kafka.session.timeout.ms=45000", 0, r"advice: kafka.session.timeout.ms: 45000; .*"),
    ("check --set kafka.bootstrap.servers=127.0.0.1:1 --set topics.replication_factor=3 --set clock=2025-01-01 "
     "--set cloudevents.source=urn:nld:oin:00000001234567890000:systeem:a", 0, None),
    ("check --set kafka.bootstrap.servers=127.0.0.1:1 --set topics.replication_factor=3 --set clock=2025-01-01", 0, None),
    ("check --set cloudevents.source=urn:nld:oin:1:systeem:a", 0, r"advice: cloudevents.source: urn:nld:oin:1:systeem:a; .*"),
    ("check --set cloudevents.source=placement-alerts", 78, r'--set: cloudevents.source: "placement-alerts" is not a URN .*'),
    ("check --set registry.urls=https://a,HTTP://b --set registry.username=u", 0,
     r"advice: registry.urls: the login crosses the network unencrypted; use https"),
    ("check --set registry.urls=b:8081", 78, r"--set: registry.urls: address 1: an address begins with http:// or https:// .*"),
    ("check --set clock=2030-01-01", 0, r"advice: calendar: region MIDDLE is covered until 2028-\d\d-\d\d only; .*"),
    ("check --set calendar=/nonexistent", 78, r"/nonexistent: No such file or directory"),
    ("check --set schemas.folder=/nonexistent", 78, r"/nonexistent: No such file or directory"),
    ("run --set schemas.folder=/nonexistent", 78, r"/nonexistent: No such file or directory"),
    ("manual x", 64, r"placement-alerts manual: nothing is expected after the options; see --help"),
    ("notify replay", 64, r"placement-alerts notify replay: --from DATE is missing"),
    ("notify replay school", 64, r"placement-alerts notify replay: --from DATE is missing"),
    ("notify replay --from 2025-01-01", 64, r"placement-alerts notify replay: NAME is missing; see --help"),
    ("notify replay school --from 2025-01-01", 64, r"placement-alerts notify replay: the settings have no subscription of that name"),
    ("notify drop", 64, r"placement-alerts notify drop: NAME is missing; see --help"),
    ("forget", 64, r"placement-alerts forget: --reason TEXT is missing"),
    ("forget --reason x", 64, r"placement-alerts forget: CHILD_ID is missing; see --help"),
    ("forget k%7301 --reason x", 64, r"placement-alerts forget: CHILD_ID is no id: 1 to 64 characters of A-Z a-z 0-9 \. _ : -"),
    ("forget k-7301 --reason=", 64, r"placement-alerts forget: --reason is empty; .*"),
    ("forget k-7301 --reason letter-about-K-7301", 64, r"placement-alerts forget: --reason contains the child's id; .*"),
    ("forget k-7301 --reason two\x01lines", 64, r"placement-alerts forget: --reason is not one line .*"),
    ("forget k-7301 --reason two\u009blines", 64, r"placement-alerts forget: --reason is not one line .*"),
    ("forget k-7301 --reason " + "x" * 1001, 64, r"placement-alerts forget: --reason is not one line of at most 1000 bytes .*"),
    ("forget k-7301 --reason " + '"' * 501, 64, r"placement-alerts forget: --reason is not one line of at most 1000 bytes .*"),
    ("forget k-7301 --reason " + '"' * 500, 78, r".* forget: kafka.bootstrap.servers is not set: .*"),
    ("forget k-7301 --reason x --timeout 5", 64, r"placement-alerts forget: --timeout needs --wait"),
    ("forget k-7301 --reason x --wait --timeout 0", 64, r'placement-alerts forget: --timeout "0" is not a number of seconds from 1 to 86400'),
    ("forget k-7301 --reason x --lang de", 64, r"placement-alerts forget: .*de.*"),
    ("explain k-1 - --as-of 1899-12-31", 64, r'placement-alerts explain: --as-of "1899-12-31" is not a date YYYY-MM-DD from 1900-01-01 to 2199-12-31'),
    ("report - --forecast 3661", 64, r'placement-alerts report: --forecast "3661" is not a number of days from 1 to 3660'),
    ("report - --forecast -1", 64, r'placement-alerts report: --forecast "-1" is not a number of days from 1 to 3660'),
    ("report - --forecast 99999999999999999999999", 64, r'placement-alerts report: --forecast "9+" is not a number .*'),
    ("report - --by=", 64, r'placement-alerts report: --by "" is not all, region, location or kind'),
    ("demo --seed 18446744073709551616", 64, r'placement-alerts demo: --seed "\d+" is not a number from 0 to 18446744073709551615'),
    ("demo --seconds 0", 64, r'placement-alerts demo: --seconds "0" is not a number of seconds from 1 to 86400'),
    ("evaluate - --as-of 2025-01-01 --compare /", 66, r"/: Is a directory"),
    ("report - --from 2025-01-01 --to 2025-01-31 --as-of 2025-02-01 --compare /", 66, r"/: Is a directory"),
    ("watch --set kafka.group.id=x", 78, r"--set: kafka.group.id: the program sets this itself: service.group sets it"),
]


class CommandLine(unittest.TestCase):
    def test_rows(self):
        for arguments, exit_code, line in ROWS:
            with self.subTest(arguments):
                result = run(*arguments.split())
                self.assertEqual(result.returncode, exit_code, result.stderr)
                lines = result.stderr.splitlines()
                if line is None:
                    self.assertEqual(lines, [])
                else:
                    self.assertTrue(any(re.fullmatch(line, found) for found in lines), result.stderr)

    def test_what_tests_set_in_the_environment_is_right_or_nothing_is_begun(self):
        variables = {"PLACEMENT_ALERTS_CRASH_AT": ["no-such-point", "-"],
                     "PLACEMENT_ALERTS_SCHEMA_PATIENCE_MS": ["rubbish", "60000x", "1m", " 60000", "0", "-1", "86400001", "9" * 30]}
        for name, values in variables.items():
            for value in values:
                with self.subTest(f"{name}={value}"):
                    result = run("run", "--set", "kafka.bootstrap.servers=127.0.0.1:1", "--set", "calendar=/nonexistent", **{name: value})
                    self.assertEqual(result.returncode, 64, result.stderr)
                    self.assertIn(name, result.stderr)
        result = run("run", "--set", "kafka.bootstrap.servers=127.0.0.1:1", "--set", "calendar=/nonexistent",
                     **dict.fromkeys(variables, ""))
        self.assertEqual(result.returncode, 78, "set to nothing is not set")

    def test_help_of_every_command(self):
        self.assertGreaterEqual(len(commands()), 8)
        for command in commands():
            with self.subTest(command):
                result = run(*command.split(), "--help")
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                self.assertTrue(result.stdout.startswith(f"Usage: placement-alerts {command} "))
                self.assertIn("--help", result.stdout)
                self.assertLessEqual(max(map(len, result.stdout.splitlines())), 100)

    def test_help_and_manual_say_what_options_take(self):
        manual = " ".join(run("manual").stdout.replace("\\-", "-").split())
        for command, sentence in [
            ("report", "Its last day. Takes a date YYYY-MM-DD from 1900-01-01 to 2199-12-31."),
            ("report", "The form of the answer; table without it. Takes table, csv, json or html."),
            ("forget", "How long to wait at most; 60 without it. Takes a number of seconds from 1 to 86400."),
            ("rules", "Language of the texts; without it the locale's. Takes en or nl."),
        ]:
            self.assertIn(sentence, " ".join(run(command, "--help").stdout.split()))
            self.assertIn(sentence, manual)

    def test_help_in_other_words(self):
        self.assertEqual(run("help").stdout, run("--help").stdout)
        for command in commands():
            self.assertEqual(run("help", *command.split()).stdout, run(*command.split(), "--help").stdout)
        names = [command for command in commands() if command.startswith("topics ")]
        all_of_them = "\n".join(run(*command.split(), "--help").stdout for command in names)
        for words in ("topics", "--help"), ("topics", "-h"), ("help", "topics"):
            result = run(*words)
            self.assertEqual((result.returncode, result.stdout, result.stderr), (0, all_of_them, ""))

    def test_version(self):
        version = re.search(r"project\(placement-alerts VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text())[1]
        self.assertRegex(run("--version").stdout, rf"\Aplacement-alerts {version}, librdkafka \d+\.\d+\.\d+.*\n\Z")

    def test_the_file_comes_before_the_command_line(self):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write("service: {group: of-the-file, workers: 3}\n")
            file.flush()
            result = run("check", "--set", "service.group=of-the-line", "-c", file.name)
        self.assertIn("  group: of-the-line\n  ", result.stdout)
        self.assertIn("  workers: 3\n", result.stdout)

    def test_secrets_stay_inside(self):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write("kafka: {sasl.password: geheim, ssl.key.password: geheim, sasl.username: u}\n")
            file.flush()
            pathlib.Path(file.name).chmod(0o644)
            result = run("check", "-c", file.name)
        self.assertNotIn("geheim", result.stdout + result.stderr)
        self.assertIn('  sasl.password: "********"\n', result.stdout)
        self.assertIn(f"advice: {file.name}: holds a secret and can be read by others", result.stderr)

    def test_the_example_is_right(self):
        result = run("check", "-c", str(ROOT / "etc/placement-alerts.yaml"))
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_the_manual_says_all(self):
        roff = run("manual").stdout
        text = roff.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "").replace("\\fI", "")
        for command in commands():
            self.assertIn(f".SS {command} ", text)
            for option in re.findall(r"--[a-z-]+", run(*command.split(), "--help").stdout.split("Options:")[1]):
                self.assertIn(option, text)
        section = ""
        for line in run("check").stdout.splitlines():
            name = line.split(":")[0]
            section = section if line.startswith(" ") else name
            if not line.endswith(":"):
                self.assertIn(f"\n{section + '.' if line.startswith(' ') else ''}{name.strip()}\n", text)
        self.assertIn("Compulsory Education Act, article 3. Default: 60 months.", text)
        for code in re.findall(r"X\([A-Z_]+, (\d+),", (ROOT / "consumer/exit_code.h").read_text()):
            self.assertIn(f"\n{code}\n", text)

    @unittest.skipUnless(shutil.which("groff"), "no groff here")
    def test_the_manual_is_roff(self):
        result = subprocess.run(["groff", "-man", "-ww", "-Kutf8", "-Tutf8"], input=run("manual").stdout, capture_output=True,
                                text=True)
        self.assertEqual((result.returncode, result.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()

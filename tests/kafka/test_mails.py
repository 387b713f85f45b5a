"""Protects what case managers are mailed: how many mails, to whom, and what stands in them. Debian's Alertmanager, with the configuration
that `notify config` writes, is posted alerts by hand as `notify` posts them; a mail server of our own keeps what comes out.

That nothing was mailed is known by a later alert of the same place: when its mail is there, so would be every other.
"""

import datetime
import html
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from alertmanager import Alertmanager, alert  # noqa: E402
from cluster import wait_for  # noqa: E402
from mail_catcher import MailCatcher  # noqa: E402

CONTACTS = ["oss,oss@example.org,chief@example.org,nl", "goes,goes@example.org second@example.org,chief@example.org,en",
            "nobody,,,", "*,others@example.org,,"]
TOGETHER = {"mail.gather_seconds": 5}  # what is posted at once is one mail, however slow the machine
NOT_TO_BE_SEEN = ["unaccompanied", "NORTH", "placement-alerts", "2025-06-03"]  # of what Alertmanager is posted


def amsterdam(minutes):
    """The time of day there, in MINUTES from now."""
    at = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Amsterdam")) + datetime.timedelta(minutes=minutes)
    return at.strftime("%H:%M")


def words_of(page):
    """What a page says, as one line."""
    body = re.sub(r"<(head|style)>.*?</\1>", "", page, flags=re.DOTALL)
    body = re.sub(r'<a href="([^"]*)">.*?</a>', r" \1 ", body)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


class MailsCase(unittest.TestCase):
    def deploy(self, settings=None, contacts=CONTACTS, catcher=None, environment=None):
        folder = self.enterContext(tempfile.TemporaryDirectory(prefix="mails-"))
        self.catcher = (catcher or MailCatcher()).start()
        self.addCleanup(self.catcher.stop)
        self.settings = {"mail.smarthost": self.catcher.smarthost, "mail.require_tls": "false"} | (settings or {})
        self.alertmanager = Alertmanager(folder, contacts, self.settings, environment).start()
        self.addCleanup(self.alertmanager.stop, signal.SIGKILL)
        self.markers = 0

    def post(self, *alerts):
        self.alertmanager.post(*alerts)

    def wait_for(self, count):
        return self.catcher.wait_for(count)

    def marker(self, location="oss", **labels):
        """The mail of one more alert of a place: whatever was to be told before it has been told."""
        self.markers += 1
        name = f"f{self.markers:07x}"
        self.post(alert(name, location, **labels))
        return wait_for(lambda: next((mail for mail in self.catcher.mails if f"k-{name}" in mail.text), None), 30, "a marker's mail")

    def assert_subjects(self, *subjects):
        self.assertEqual(sorted(mail.subject for mail in self.catcher.mails), sorted(subjects))


class Counts(MailsCase):
    def test_a_storm_is_a_mail_a_place(self):
        self.deploy(TOGETHER)
        self.post(*(alert(f"{i:08x}", ["oss", "goes", "elsewhere"][i % 3]) for i in range(500)))
        self.wait_for(3)
        self.marker()
        self.assert_subjects("oss: 167 kinderen, norm overschreden", "goes: 167 children, norm broken", "elsewhere: 166 kinderen, norm overschreden",
                             "oss: 168 kinderen, norm overschreden")
        [mail] = self.catcher.to("second@example.org")
        self.assertEqual(mail.recipients, ["goes@example.org", "second@example.org"])
        self.assertEqual(mail.message["content-language"], "en")
        self.assertEqual(mail.message["auto-submitted"], "auto-generated")

    def test_children_are_counted_not_alerts(self):
        self.deploy(TOGETHER)
        self.post(alert("0000aaaa", "oss", child="k.1"), alert("0000bbbb", "oss", child="k.1"), alert("0000cccc", "oss", child="kx1"))
        self.wait_for(1)
        self.assert_subjects("oss: 2 kinderen, norm overschreden")

    def test_posted_again_is_not_told_again(self):
        self.deploy()
        self.post(alert("0000aaaa", "oss"))
        self.wait_for(1)
        self.post(alert("0000aaaa", "oss", recent="no"))
        self.assertEqual(self.marker().subject, "oss: 1 kind, norm overschreden (2 in totaal)")
        self.assertEqual(len(self.catcher.mails), 2)

    def test_nobody_is_told_of_a_place_without_address(self):
        self.deploy()
        self.post(alert("0000aaaa", "nobody", overdue="yes"))
        self.post(alert("0000bbbb", "nobody", level="SEVERE"))
        self.marker()
        self.assertEqual(len(self.catcher.mails), 1)

    def test_alerts_of_others_are_not_ours(self):
        self.deploy()
        self.post(alert("0000aaaa", "oss", service="other"))
        self.assertNotIn("aaaa", self.marker().text)
        self.assertEqual(len(self.catcher.mails), 1)


class Successions(MailsCase):
    """What goes on as another alert: openings first, then endings, as `notify` posts them."""

    def assert_only_the_newer(self, older, newer):
        self.deploy()
        self.post(older[0])
        self.wait_for(1)
        self.post(newer)
        wait_for(lambda: self.is_muted(older[0]), 30, "the newer one to mute the older")
        self.post(older[1])
        mail = self.marker()
        self.assertEqual(mail.text.count("\n- "), 2, mail.text)  # the newer and the marker
        for mail in self.catcher.mails:
            self.assertNotIn("VOORBIJ", mail.text)
            self.assertNotIn(older[1]["annotations"]["outcome_nl"], mail.text)

    def is_muted(self, one):
        return any(known["labels"] == one["labels"] and known["status"]["inhibitedBy"] for known in self.alertmanager.alerts())

    def test_an_escalation_tells_the_higher_level_alone(self):
        self.assert_only_the_newer([alert("0000aaaa", "oss"), alert("0000aaaa", "oss", "ESCALATED")], alert("0000aaaa", "oss", level="SEVERE"))

    def test_what_is_overdue_is_told_as_that_alone(self):
        self.assert_only_the_newer([alert("0000aaaa", "oss"), alert("0000aaaa", "oss", "OVERDUE")], alert("0000aaaa", "oss", overdue="yes"))
        wait_for(lambda: self.catcher.to("chief@example.org"), 30, "the chief's mail")
        self.assertEqual([mail.subject for mail in self.catcher.to("chief@example.org")], ["oss: 1 kind, norm nog steeds overschreden"])

    def test_a_replacement_is_one_message(self):
        thread = alert("0000aaaa", "oss")["labels"]["thread"]
        self.assert_only_the_newer([alert("0000aaaa", "oss"), alert("0000aaaa", "oss", "REPLACED")],
                                   alert("0000bbbb", "oss", thread=thread, replaces="odd"))

    def test_so_is_the_replacement_of_a_replacement(self):
        labels = {"thread": alert("0000aaaa", "oss")["labels"]["thread"]}
        self.assert_only_the_newer([alert("0000bbbb", "oss", replaces="odd", **labels), alert("0000bbbb", "oss", "REPLACED", replaces="odd", **labels)],
                                   alert("0000cccc", "oss", replaces="even", **labels))

    def test_and_its_replacement(self):
        labels = {"thread": alert("0000aaaa", "oss")["labels"]["thread"]}
        self.assert_only_the_newer([alert("0000bbbb", "oss", replaces="even", **labels), alert("0000bbbb", "oss", "REPLACED", replaces="even", **labels)],
                                   alert("0000cccc", "oss", replaces="odd", **labels))

    def test_a_notice_that_became_a_violation_is_told_as_that(self):
        self.deploy({"mail.digest_at": amsterdam(-1)})
        self.post(alert("0000aaaa", "oss"))
        self.post(alert("0000aaaa", "oss", level="NOTICE"))
        self.marker()
        self.assertEqual([mail.subject for mail in self.catcher.mails if "signalen" in mail.subject], [])

    def test_who_moved_is_told_to_both_places(self):
        self.deploy()
        self.post(alert("0000aaaa", "oss", level="SEVERE"))
        self.wait_for(1)
        self.post(alert("0000aaaa", "goes", level="SEVERE"))
        self.post(alert("0000aaaa", "oss", "MOVED", level="SEVERE"))
        self.wait_for(3)
        self.assert_subjects("oss: 1 kind, norm overschreden", "goes: 1 child, norm broken", "oss: 1 kind, voorbij of verhuisd")
        self.assertIn("Uitkomst MOVED.", self.catcher.to("oss@example.org")[-1].text)

    def test_one_that_moved_and_got_severe_at_once(self):
        self.deploy()
        self.post(alert("0000aaaa", "oss"))
        self.wait_for(1)
        self.post(alert("0000aaaa", "goes", level="SEVERE"))
        self.post(alert("0000aaaa", "oss", "MOVED"))
        self.wait_for(3)
        self.assertIn("Uitkomst MOVED.", self.catcher.to("oss@example.org")[-1].text)


class Endings(MailsCase):
    def test_an_ending_is_told_once(self):
        self.deploy(TOGETHER)
        self.post(alert("0000aaaa", "oss"), alert("0000bbbb", "oss", recent="no"))
        self.wait_for(1)
        self.post(alert("0000aaaa", "oss", "SCHOOL_STARTED"))
        self.wait_for(2)
        self.assertEqual(self.catcher.mails[1].subject, "oss: 1 kind, voorbij of verhuisd (1 nog open)")
        self.assertIn("Kind k-0000aaaa heeft sinds 4 juni 2025 geen school. Uitkomst SCHOOL_STARTED.", self.catcher.mails[1].text)
        self.assertNotIn("aaaa", self.marker().text)

    def test_the_mail_of_a_forgotten_child_names_nobody(self):
        self.deploy()
        self.post(alert("0000aaaa", "oss"))
        self.wait_for(1)
        self.post(alert("0000aaaa", "oss", "FORGOTTEN"))
        mail = self.wait_for(2)[1]
        self.assertEqual(mail.subject, "oss: 1 kind, voorbij of verhuisd")
        self.assertNotIn(b"aaaa", mail.raw)

    def test_silence_is_no_ending(self):
        self.deploy()
        lasts = datetime.timedelta(seconds=10)  # long enough to be told of
        self.post(alert("0000aaaa", "oss", lasts=lasts), alert("0000bbbb", "goes", lasts=lasts))
        self.wait_for(4)
        [dutch], [english] = ([mail for mail in self.catcher.to(address)[1:]] for address in ("oss@example.org", "goes@example.org"))
        self.assertEqual(dutch.subject, "oss: 1 kind, niet meer bijgehouden")
        self.assertEqual(english.subject, "goes: 1 child, no longer followed")
        self.assertIn("Ze zijn niet opgelost", " ".join(dutch.text.split()))
        self.assertIn("They are not resolved", " ".join(english.text.split()))
        for mail in (dutch, english):
            self.assertNotIn("VOORBIJ", mail.text)
            self.assertNotIn("ENDED", mail.text)

    def test_what_was_over_before_it_could_be_told_is_told_but_not_its_end(self):
        self.deploy()
        self.post(alert("0000aaaa", "oss", past="yes"))
        self.wait_for(1)
        self.post(alert("0000aaaa", "oss", "PAST", past="yes"))
        self.marker(past="yes")
        self.assert_subjects("oss: 1 kind, norm was overschreden", "oss: 1 kind, norm was overschreden")

    def test_what_was_over_before_is_not_called_open_later(self):
        self.deploy()
        self.post(alert("0000aaaa", "oss", past="yes", recent="no"), alert("0000bbbb", "goes", past="yes", recent="no"))
        self.wait_for(2)
        for place, other, words in (("oss", "EERDER GEMELD", "NOG OPEN"), ("goes", "TOLD BEFORE", "STILL OPEN")):
            mail = self.marker(place, past="yes")
            for text in (mail.text, words_of(mail.html).upper()):
                self.assertIn(other, text)
                self.assertNotIn(words, text)

    def test_both_are_told_of_what_is_overdue_once(self):
        self.deploy()
        self.post(alert("0000aaaa", "oss", overdue="yes", recent="no"))
        self.wait_for(2)
        self.post(alert("0000aaaa", "oss", "DEPARTED", overdue="yes"))
        self.wait_for(4)
        for address in ("oss@example.org", "chief@example.org"):
            self.assertEqual([mail.recipients for mail in self.catcher.to(address)], [[address]] * 2)
        self.assertIn("Al lang: Kind k-0000aaaa", self.catcher.to("chief@example.org")[0].text)


class Times(MailsCase):
    def test_notices_wait_for_their_hour(self):
        self.deploy({"mail.digest_at": amsterdam(12 * 60)})
        self.post(*(alert(f"{i:08x}", "oss", level="NOTICE") for i in range(5)))
        wait_for(lambda: "route is not within active time" in self.alertmanager.log(), 30, "the digest to be put off")
        self.marker()
        self.assertEqual(len(self.catcher.mails), 1)

    def test_notices_are_one_mail_a_day(self):
        self.deploy(TOGETHER | {"mail.digest_at": amsterdam(-1)})
        self.post(*(alert(f"{i:08x}", "oss", level="NOTICE") for i in range(10, 15)))
        self.wait_for(1)
        self.post(alert("0000aaaa", "oss", level="NOTICE"), alert("0000000a", "oss", "SCHOOL_STARTED", level="NOTICE"))
        self.marker()
        self.assert_subjects("oss: 5 kinderen, nieuwe signalen", "oss: 1 kind, norm overschreden")

    def test_in_quiet_hours_nobody_is_mailed_and_all_is_told_after_them(self):
        self.deploy(TOGETHER | {"alertmanager.quiet_hours": f"{amsterdam(-60)}-{amsterdam(60)}", "mail.digest_at": amsterdam(180)})
        self.post(alert("0000aaaa", "oss"), alert("0000bbbb", "oss", level="SEVERE"))
        wait_for(lambda: "route is within mute time" in self.alertmanager.log(), 30, "the mail to be put off")
        self.assertEqual(self.catcher.mails, [])
        self.alertmanager.stop()
        self.alertmanager.configure(CONTACTS, self.settings | {"alertmanager.quiet_hours": ""})
        self.alertmanager.start()
        self.post(alert("0000aaaa", "oss"), alert("0000bbbb", "oss", level="SEVERE"))
        self.assertEqual(self.wait_for(1)[0].subject, "oss: 2 kinderen, norm overschreden")


class Restarts(MailsCase):
    """What was told is known to Alertmanager afterwards, if it is posted anew what holds."""

    def assert_nothing_again(self, how):
        open_alerts = [alert(f"{i:08x}", ["oss", "goes"][i % 2], overdue=["no", "yes"][i // 2 % 2], recent="no") for i in range(100, 120)]
        self.deploy(TOGETHER)
        self.post(*open_alerts)
        self.wait_for(4)
        self.post(alert("00000064", "oss", "DEPARTED"))
        self.wait_for(5)
        self.alertmanager.wait_until_kept()
        self.alertmanager.stop(how)
        self.alertmanager.start()
        self.post(*open_alerts[1:])
        self.alertmanager.wait_for_looks(8)  # two at each of four kinds and places
        self.post(alert("00000064", "oss", "DEPARTED"))
        self.alertmanager.wait_for_looks(8)
        self.assertEqual(len(self.catcher.mails), 5, self.catcher.mails)
        self.assertEqual(self.marker().subject, "oss: 1 kind, norm overschreden (10 in totaal)")

    def test_a_clean_restart_tells_nothing_again(self):
        self.assert_nothing_again(signal.SIGTERM)

    def test_nor_does_a_crash(self):
        self.assert_nothing_again(signal.SIGKILL)

    def test_other_contacts_elsewhere_tell_nothing_again(self):
        self.deploy()
        self.post(alert("0000aaaa", "oss"), alert("0000bbbb", "goes"))
        self.wait_for(2)
        self.alertmanager.wait_until_kept()
        self.alertmanager.stop()
        self.alertmanager.configure(["oss,oss@example.org,,nl", "arnhem,oss@example.org,,nl", "goes,new@example.org,,", "*,,,"], self.settings)
        self.alertmanager.start()
        self.post(alert("0000aaaa", "oss", recent="no"), alert("0000bbbb", "goes", recent="no"))
        self.assertEqual(self.marker().subject, "oss: 1 kind, norm overschreden (2 in totaal)")
        self.wait_for(4)
        self.assert_subjects("oss: 1 kind, norm overschreden", "goes: 1 child, norm broken", "oss: 1 kind, norm overschreden (2 in totaal)",
                             "goes: 1 kind, norm overschreden")  # to whom is new

    def test_a_mail_server_that_was_away_is_met_again(self):
        self.deploy()
        self.catcher.refuses = True
        self.post(alert("0000aaaa", "oss"))
        wait_for(lambda: self.catcher.refused > 0, 30, "a mail to be refused")
        self.catcher.refuses = False
        self.wait_for(1)
        self.marker()
        self.assertEqual(len(self.catcher.mails), 2)


class Contents(MailsCase):
    def assert_parts_say_the_same(self, mail):
        lines = [line.removeprefix("- ").strip() for line in mail.text.splitlines()]
        spoken = words_of(mail.html).casefold()
        for line in filter(lambda line: line not in ("", "--"), lines):
            self.assertIn(" ".join(line.split()).casefold(), spoken)
        self.assertEqual(len(" ".join(" ".join(lines).replace("-- ", "").split())), len(spoken))

    def test_text_and_page_say_the_same_and_no_more_of_a_child_than_they_must(self):
        self.deploy(TOGETHER)
        for location in ("oss", "goes"):
            self.post(alert("0000aaaa", location, level="SEVERE"), alert("0000bbbb", location, recent="no"), alert("0000cccc", location))
        self.wait_for(2)
        self.post(*(alert("0000cccc", location, "DEPARTED") for location in ("oss", "goes")))
        for mail in self.wait_for(4):
            self.assert_parts_say_the_same(mail)
            for text in NOT_TO_BE_SEEN:
                self.assertNotIn(text.encode(), mail.raw)
            self.assertIn(f'<html lang="{mail.message["content-language"]}">', mail.html)
            self.assertLess(mail.text.index("0000aaaa"), mail.text.index("0000bbbb"))
        self.assertIn("Ernstig: Kind k-0000aaaa", self.catcher.to("oss@example.org")[0].text)
        self.assertIn("Severe: Child k-0000aaaa", self.catcher.to("goes@example.org")[0].text)

    def test_the_worst_is_listed_first_and_the_location_named_once(self):
        self.deploy(TOGETHER)
        given = [alert("0000aaaa", "oss"), alert("0000bbbb", "oss", level="SEVERE"),
                 alert("0000cccc", "oss", recent="no"), alert("0000dddd", "oss", level="SEVERE", recent="no")]
        for one in given:
            one["annotations"]["summary_nl"] = f"Kind {one['labels']['child']} (oss) heeft geen school."
        self.post(*given)
        [mail] = self.wait_for(1)
        listed = ["k-0000bbbb", "k-0000aaaa", "k-0000dddd", "k-0000cccc"]
        for part in (mail.text, mail.html):
            self.assertEqual(sorted(listed, key=part.index), listed)
            self.assertNotIn("(oss)", part)

    def test_without_link_there_is_none(self):
        self.deploy()
        one = alert("0000aaaa", "oss")
        del one["annotations"]["link"]
        self.post(one)
        [mail] = self.wait_for(1)
        self.assertNotIn("http", mail.text)
        self.assertNotIn("<a ", mail.html)

    def test_words_are_no_markup(self):
        self.deploy()
        one = alert("0000aaaa", "oss")
        one["annotations"] |= {"summary_nl": "<b>Kind</b> & {{ .Receiver }}", "link": "javascript:alert(1)"}
        self.post(one)
        [mail] = self.wait_for(1)
        self.assertIn("&lt;b&gt;Kind&lt;/b&gt; &amp; {{ .Receiver }}", mail.html)
        self.assertNotIn("javascript:", mail.html)
        self.assertIn("<b>Kind</b> & {{ .Receiver }}", mail.text)


class Handing(MailsCase):
    """How mails are handed over."""

    def test_by_tls_and_with_a_login(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="mails-tls-")))
        certificate, key, password = folder / "certificate.pem", folder / "key.pem", folder / "password"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj",
                        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
                       check=True, capture_output=True)
        password.write_text("s3cret")
        self.deploy({"mail.require_tls": "true", "mail.username": "alerts", "mail.password_file": password},
                    catcher=MailCatcher(tls=(certificate, key), login=("alerts", "s3cret")), environment={"SSL_CERT_FILE": str(certificate)})
        self.post(alert("0000aaaa", "oss"))
        [mail] = self.wait_for(1)
        self.assertEqual(mail.sender, "alerts@example.org")

    def test_not_without_tls_where_that_is_required(self):
        self.deploy({"mail.require_tls": "true"})
        self.post(alert("0000aaaa", "oss"))
        wait_for(lambda: "does not advertise the STARTTLS extension" in self.alertmanager.log(), 30, "the mail to be kept back")
        self.assertEqual(self.catcher.mails, [])


if __name__ == "__main__":
    unittest.main(verbosity=2)

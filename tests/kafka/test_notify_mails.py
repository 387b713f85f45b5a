"""Protects what people are told in the end: events on a real Kafka, the service, `notify`, a real Alertmanager and a mail server, each of
which is stopped, killed and started in between. A storm is a few mails, nothing is told twice, and nothing is lost.
"""

import signal
import unittest
import uuid

from alertmanager import Alertmanager
from cluster import wait_for
from kafka_case import KafkaCase
from mail_catcher import MailCatcher
from notify import Notify
from test_mails import amsterdam

PLACES = ["oss", "goes", "assen"]
CONTACTS = [f"{place},{place}@example.org,chief@example.org,nl" for place in PLACES] + ["*,,,"]
CHILDREN = 500
STORM = {"mail.gather_seconds": 10}  # longer than the service and notify need for all of them, however slow the machine
BREACH = "{}: {} kinderen, norm overschreden"


def event(child, day, number=1, recorded=None, **fields):
    return {"event_id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{child} {number}")), "child_id": child, "occurred_on": day,
            "recorded_at": f"{recorded or day}T09:00:00.000Z", "retracted": False, **fields}


def place_of(location):
    return {"location_id": location, "kind": "EMERGENCY", "region": "SOUTH"}


def arrival(child, location, day="2025-03-03", **wishes):
    return event(child, day, **wishes, type="placement", kind="ARRIVED", location=place_of(location), birth_date="2014-05-02", unaccompanied=True,
                 applied_on=None)


def at_school(child, day="2025-03-04"):
    return event(child, day, 2, type="enrollment", kind="ENROLLED", school_id="school-secret")


def child_name(number):
    return f"k-{number:04d}"


def population(count):
    """Children who come to emergency reception on one day, and go to school: over the norm on 4 September, all at once."""
    for number in range(count):
        yield arrival(child_name(number), PLACES[number % len(PLACES)])
        yield at_school(child_name(number))


class NotifyMails(KafkaCase):
    def setUp(self):
        self.catcher = MailCatcher().start()
        self.addCleanup(self.catcher.stop)
        self.deployment = self.deploy(as_of="2025-09-03")
        settings = {"mail.smarthost": self.catcher.smarthost, "mail.require_tls": "false", "mail.digest_at": amsterdam(12 * 60),
                    "service.group": self.deployment.settings["service.group"]}
        self.settings = settings
        self.alertmanager = Alertmanager(self.deployment.folder, CONTACTS, settings).start()
        self.addCleanup(self.alertmanager.stop, signal.SIGKILL)
        self.deployment.settings |= {"alertmanager.urls": self.alertmanager.url,
                                     "alertmanager.link": "https://dossier.example.org/{alert_id}"}
        self.notify = None
        self.service = None

    def on_day(self, day):
        """The service, from now on as on that day, when it has published what is so."""
        if self.service is not None:
            self.service.stop()
        self.deployment.settings["clock"] = self.deployment.as_of = day
        self.service = self.deployment.service().wait_ready()
        self.deployment.wait_truth()

    def configure_alertmanager(self, settings, how=signal.SIGTERM):
        """It starts anew."""
        self.alertmanager.stop(how)
        self.alertmanager.configure(CONTACTS, self.settings | settings)
        self.alertmanager.start()

    def start_notify(self, how=signal.SIGTERM):
        if self.notify is not None:
            self.notify.end(how)
        self.notify = Notify(self.deployment)
        self.addCleanup(self.notify.end, signal.SIGKILL)
        self.notify.wait_log(" met address=")

    def restart_alertmanager(self, how):
        """When what it has told is on its disk, and until it is told again what holds."""
        self.alertmanager.wait_until_kept()
        count = self.notify.log().count(" was started again")
        self.configure_alertmanager({}, how)
        self.notify.wait_log(" was started again", count + 1)

    def tell(self, *events):
        self.deployment.produce(list(events))
        self.deployment.wait_truth()

    def wait_held(self):
        """Until Alertmanager holds what is open and nothing else."""
        def held():
            return sorted(one["labels"]["alert_id"] for one in self.alertmanager.alerts())

        def wanted():
            return sorted(alert_id for alert_id, one in self.deployment.truth().items() if one["state"] == "OPEN")
        expected = wanted()
        wait_for(lambda: held() == expected, 60, f"Alertmanager to hold {len(expected)} alerts", interval=0.3)

    def mails_from(self, number):
        return [f"{', '.join(mail.recipients)}: {mail.subject}" for mail in self.catcher.mails[number:]]

    def assert_next_mails(self, *mails):
        """What comes now are MAILS and no other. Returns them."""
        number = self.seen
        wait_for(lambda: len(self.catcher.mails) >= number + len(mails), 60, f"{len(mails)} mails of {mails}")
        self.wait_looked()
        self.assertEqual(sorted(self.mails_from(number)), sorted(mails), self.notify.log())
        self.seen = len(self.catcher.mails)
        return self.catcher.mails[number:]

    def assert_last_mails(self, *mails):
        """These are the last of each recipient and place, and there are few others: Alertmanager looks at a place each second, and may do
        so while it is told of a hundred alerts there."""
        number = self.seen
        wait_for(lambda: set(mails) <= set(self.mails_from(number)), 60, lambda: f"{mails}; there are {self.mails_from(number)}")
        self.wait_looked()
        found = self.mails_from(number)
        last = {tuple(mail.split(": ")[:2]): mail for mail in found}
        self.assertEqual(sorted(last.values()), sorted(mails), self.notify.log())
        self.assertLess(len(found), CHILDREN // 10)
        self.seen = number + len(found)

    def wait_looked(self):
        """Until Alertmanager holds what it should and has looked at that."""
        self.wait_held()
        if self.deployment.in_force():
            self.alertmanager.wait_for_looks(2 * len(PLACES))

    seen = 0

    # --- one story with all in it -------------------------------------------------------------------------------------

    def test_from_a_storm_to_the_end(self):
        self.configure_alertmanager(STORM)
        self.deployment.produce(list(population(CHILDREN)))
        self.on_day("2025-09-03")
        self.start_notify()
        self.assert_next_mails()  # notices, which wait for their hour

        self.on_day("2025-09-04")
        self.assert_next_mails(*(f"{place}@example.org: {BREACH.format(place, count)}" for place, count in zip(PLACES, (167, 167, 166))))

        self.start_notify(signal.SIGKILL)
        self.assert_next_mails()
        for how in (signal.SIGTERM, signal.SIGKILL):
            self.restart_alertmanager(how)
            self.assert_next_mails()

        self.a_move()
        self.an_ending()
        self.a_replacement()
        self.start_notify()
        self.restart_alertmanager(signal.SIGKILL)
        self.assert_next_mails()
        self.overdue()
        self.a_forgotten_child()
        self.assertEqual(self.notify.end(), 0, self.notify.log())
        self.assert_mails_tell_no_more_than_they_must()

    def a_move(self):
        child = child_name(0)  # in oss
        self.tell(event(child, "2025-09-04", 3, type="move", from_location_id="oss", to=place_of("goes"), reason="CLOSURE"))
        mails = {mail.recipients[0]: mail for mail in self.assert_next_mails(
            self.ending_subject("oss", 166), f"goes@example.org: {BREACH.format('goes', 168)}")}
        self.assertRegex(mails["oss@example.org"].text, rf"VOORBIJ OF VERHUISD\s+- Kind {child} .*verblijft nu in goes")
        self.assertIn(child, mails["goes@example.org"].text)

    def an_ending(self):
        child = child_name(2)  # in assen
        self.tell(event(child, "2025-09-04", 3, type="placement", kind="DEPARTED", location=place_of("assen")))
        [mail] = self.assert_next_mails(self.ending_subject("assen", 165))
        self.assertRegex(mail.text, rf"- Kind {child} .*Voorbij sinds 4 september 2025: uit de opvang vertrokken\.")

    def a_replacement(self):
        """Another arrival, two days before, becomes known: the alert has another cause, and so is another one."""
        child = child_name(5)  # in assen
        before = set(self.deployment.newest_alerts())
        self.tell(arrival(child, "assen", "2025-03-01", number=9, recorded="2025-09-04"))
        self.assertTrue(set(self.deployment.newest_alerts()) - before)
        [mail] = self.assert_next_mails(f"assen@example.org: {BREACH.format('assen', 165)}")
        self.assertNotIn("VOORBIJ", mail.text)
        self.assertEqual(mail.text.count(f"Kind {child} "), 1)

    def overdue(self):
        """A month later, for notify: no record says so."""
        self.on_day("2025-10-05")
        self.start_notify()
        counts = {"oss": 166, "goes": 168, "assen": 165}
        self.assert_last_mails(*(f"{place}@example.org: {BREACH.format(place, count)}" for place, count in counts.items()),
                               *(f"chief@example.org: {place}: {count} kinderen, norm nog steeds overschreden"
                                 for place, count in counts.items()))

    def a_forgotten_child(self):
        child = child_name(1)  # in goes
        self.deployment.forget(child)
        self.deployment.wait_truth()
        for mail in self.assert_next_mails(self.ending_subject("goes", 167), self.ending_subject("goes", 167, to="chief")):
            self.assertNotIn(child.encode(), mail.raw)
            self.assertIn("op verzoek gewist", mail.text)

    @staticmethod
    def ending_subject(place, still_open, to=None):
        """All that is open is new, of today."""
        return f"{to or place}@example.org: {place}: {still_open} kinderen, norm " \
               f"{'nog steeds ' if to else ''}overschreden; 1 voorbij of verhuisd"

    def assert_mails_tell_no_more_than_they_must(self):
        for mail in self.catcher.mails:
            for text in ("2014", "SOUTH", "school-secret", "unaccompanied", "emergency-stay", "EMERGENCY"):
                self.assertNotIn(text.encode(), mail.raw)
            for line in mail.text.splitlines():
                if line.startswith("- "):
                    self.assertRegex(line, r"^- (Al lang: |Ernstig: )?(Kind k-\d{4} |Een melding over een kind in \w+ waarvan)")

    # --- what happens while somebody is away is told when he is back, once --------------------------------------------

    def begin(self, children):
        """On a day on which all of them are over the norm, and that has been told."""
        self.deployment.produce(list(population(children)))
        self.on_day("2025-09-10")
        self.start_notify()
        kinderen = "1 kind" if children == 3 else f"{children // 3} kinderen"
        self.assert_next_mails(*(f"{place}@example.org: {place}: {kinderen}, norm overschreden" for place in PLACES))

    @staticmethod
    def happenings():
        """A child leaves, one moves, one arrived before: an ending, a move and a replacement. At no place something begins and ends:
        that is two mails where the interval is as short as here."""
        return [event(child_name(0), "2025-09-10", 3, type="placement", kind="DEPARTED", location=place_of("oss")),
                event(child_name(1), "2025-09-10", 3, type="move", from_location_id="goes", to=place_of("assen"), reason="CLOSURE"),
                arrival(child_name(2), "assen", "2025-03-01", number=9, recorded="2025-09-10")]

    def assert_told(self):
        mails = {mail.recipients[0]: mail for mail in self.assert_next_mails(
            "oss@example.org: oss: 2 kinderen, norm overschreden; 1 voorbij of verhuisd",
            "goes@example.org: goes: 2 kinderen, norm overschreden; 1 voorbij of verhuisd",
            f"assen@example.org: {BREACH.format('assen', 4)}")}
        self.assertIn("uit de opvang vertrokken", mails["oss@example.org"].text)
        self.assertIn("verblijft nu in assen", mails["goes@example.org"].text)
        self.assertNotIn("VOORBIJ", mails["assen@example.org"].text)

    def test_while_alertmanager_is_away(self):
        self.begin(9)
        self.alertmanager.wait_until_kept()
        self.alertmanager.stop(signal.SIGKILL)
        self.tell(*self.happenings())
        self.alertmanager.start()
        self.assert_told()

    def test_while_notify_is_away(self):
        self.begin(9)
        self.notify.end(signal.SIGKILL)
        self.tell(*self.happenings())
        self.start_notify()
        self.assert_told()

    def test_while_both_are_away(self):
        self.begin(9)
        self.alertmanager.wait_until_kept()
        self.notify.end(signal.SIGKILL)
        self.alertmanager.stop(signal.SIGKILL)
        self.tell(*self.happenings())
        self.alertmanager.start()
        self.start_notify()
        self.assert_told()

    # --- quiet hours --------------------------------------------------------------------------------------------------

    def test_what_ends_in_quiet_hours_is_told_after_them(self):
        self.begin(3)
        self.change_hours(f"{amsterdam(-60)}-{amsterdam(60)}")
        self.wait_held()
        self.tell(at_school("k-0009"))
        self.tell(event(child_name(0), "2025-09-10", 3, type="placement", kind="DEPARTED", location=place_of("oss")), arrival("k-0009", "goes"))
        wait_for(lambda: "k-0009" in self.children_held(), 60, "the opening to be posted")
        self.tell(at_school("k-0010"))
        self.tell(arrival("k-0010", "assen"))
        wait_for(lambda: "k-0010" in self.children_held(), 60, "one more: an ending would have been posted before it")
        self.assertIn("k-0000", self.children_held())
        self.change_hours("")
        self.assert_next_mails("oss@example.org: oss: 1 kind, voorbij of verhuisd", "goes@example.org: goes: 2 kinderen, norm overschreden",
                               "assen@example.org: assen: 2 kinderen, norm overschreden")

    def children_held(self):
        return sorted({one["labels"]["child"] for one in self.alertmanager.alerts()})

    def change_hours(self, quiet):
        """For Alertmanager and for notify, which both start anew. The digest is at another time than that."""
        hours = {"alertmanager.quiet_hours": quiet, "mail.digest_at": amsterdam(180)}
        self.alertmanager.wait_until_kept()
        self.configure_alertmanager(hours)
        self.deployment.settings |= hours
        self.start_notify()


if __name__ == "__main__":
    unittest.main(verbosity=2)

"""The demo's inbox: takes the mails of an Alertmanager and the events of a webhook, and says on standard output what came.

    inbox.py FOLDER SECRET_FILE

Mails are kept in FOLDER, as they came (.eml) and as pages to look at (.html), with a list of them (index.html). The first line of the
output has the ports, each further one the counts and the newest subject, all of them JSON. Needs aiosmtpd, and webhooks.py beside it.
"""

import asyncio
import email
import email.policy
import html
import json
import pathlib
import sys
import threading
import unicodedata

from aiosmtpd.smtp import SMTP

from webhooks import Receiver, keys_of

LINES_EVERY_S = 0.1  # at most
DASHES = {ord(dash): "-" for dash in "\u2013\u2014"}
LIST = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mails of the demo</title>
<style>body {{ font: 1rem/1.5 sans-serif; margin: 1rem }} th, td {{ padding-right: 1rem; text-align: left; vertical-align: top }}</style>
<h1>{count} mails</h1><table><tr><th>to<th>subject<th>as it came{rows}</table>
"""
ROW = '<tr><td>{to}<td><a href="{name}.html">{subject}</a><td><a href="{name}.eml">.eml</a>'


class Inbox:
    """All of it happens in the loop's thread."""

    def __init__(self, folder):
        self.folder = folder
        self.counts = {"mails": 0, "subject": "", "events": 0, "refused": 0, "in_force": 0}
        self.rows, self.in_force = [], set()
        self.changed = asyncio.Event()

    def note(self, **counts):
        self.counts.update(counts)
        self.changed.set()

    async def handle_DATA(self, _server, _session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        name, subject = f"{len(self.rows) + 1:04}", str(mail["subject"])
        (self.folder / f"{name}.eml").write_bytes(envelope.content)
        (self.folder / f"{name}.html").write_text(as_page(mail.get_body(("html", "plain"))))
        self.rows.append(ROW.format(name=name, to=html.escape(", ".join(envelope.rcpt_tos)), subject=html.escape(subject)))
        (self.folder / "index.html").write_text(LIST.format(count=len(self.rows), rows="\n".join(reversed(self.rows))))
        self.note(mails=len(self.rows), subject=as_ascii(subject))
        return "250 OK"

    def take(self, event):
        alert = event["data"]
        if alert.get("state") == "OPEN":
            self.in_force.add(alert["alert_id"])
        else:  # resolved, withdrawn, forgotten, or no longer one that was subscribed to
            self.in_force.discard(alert["alert_id"])
        self.note(events=self.counts["events"] + 1, in_force=len(self.in_force))

    def refuse(self):
        self.note(refused=self.counts["refused"] + 1)


def forget_earlier(folder):
    for path in folder.glob("[0-9][0-9][0-9][0-9].*"):
        path.unlink()


def as_ascii(text):
    """The demo's screen has no other letters."""
    return unicodedata.normalize("NFKD", text.translate(DASHES)).encode("ascii", "ignore").decode()


def as_page(part):
    text = part.get_content()
    return text if part.get_content_subtype() == "html" else f"<!doctype html><meta charset='utf-8'><pre>{html.escape(text)}</pre>"


def say(what):
    print(json.dumps(what), flush=True)


async def run(folder, secret_file):
    forget_earlier(folder)
    inbox, loop = Inbox(folder), asyncio.get_running_loop()
    mails = await loop.create_server(lambda: SMTP(inbox, hostname="inbox"), "127.0.0.1", 0)
    webhooks = Receiver(("127.0.0.1", 0), keys_of(secret_file.read_text()),
                        lambda event: loop.call_soon_threadsafe(inbox.take, event),
                        lambda: loop.call_soon_threadsafe(inbox.refuse))
    threading.Thread(target=webhooks.serve_forever, daemon=True).start()
    say({"smtp_port": mails.sockets[0].getsockname()[1], "webhook_port": webhooks.server_port})
    while await inbox.changed.wait():
        inbox.changed.clear()
        say(inbox.counts)
        await asyncio.sleep(LINES_EVERY_S)


if __name__ == "__main__":
    asyncio.run(run(*map(pathlib.Path, sys.argv[1:3])))

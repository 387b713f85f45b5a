"""A mail server of our own that keeps what it is given; it knows STARTTLS and logins, and can refuse.

It is aiosmtpd, in a thread of the test: what came is looked at by Python's own parser of mail, and there is nothing to fetch but the library.
"""

import email
import email.policy
import logging
import ssl
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from cluster import PATIENCE, free_ports, wait_for


logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd warns of what it does itself


class Mail:
    """One mail as it came: to whom the envelope said, and its parts as text."""

    def __init__(self, envelope):
        self.recipients = list(envelope.rcpt_tos)
        self.sender = envelope.mail_from
        self.raw = envelope.content
        self.message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.subject = str(self.message["subject"])
        self.text = self.message.get_body(("plain",)).get_content()
        self.html = self.message.get_body(("html",)).get_content()

    def __repr__(self):
        return f"{', '.join(self.recipients)}: {self.subject}"


class MailCatcher:
    """On a free port. With TLS, the paths of a certificate and its key, and LOGIN, a name and a password, it wants both."""

    def __init__(self, tls=None, login=None):
        [self.port] = free_ports(1)
        self._tls = tls
        self._login = login
        self._lock = threading.Lock()
        self._mails = []
        self._refused = 0
        self._controller = None
        self.refuses = False  # every recipient, with a 451: come again

    @property
    def smarthost(self):
        return f"localhost:{self.port}"

    def start(self):
        wishes = {}
        if self._tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self._tls)
            wishes.update(tls_context=context, require_starttls=True)
        if self._login is not None:
            wishes.update(authenticator=self._authenticate, auth_required=True, auth_require_tls=self._tls is not None,
                          auth_exclude_mechanism=["LOGIN"])
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=PATIENCE * 5, **wishes)
        self._controller.start()
        return self

    def stop(self):
        if self._controller is not None:
            self._controller.stop()
        self._controller = None

    @property
    def mails(self):
        """All that came, in order."""
        with self._lock:
            return list(self._mails)

    @property
    def refused(self):
        """How many recipients were."""
        with self._lock:
            return self._refused

    def to(self, address):
        return [mail for mail in self.mails if address in mail.recipients]

    def wait_for(self, count, timeout=30):
        """All mails, once there are COUNT or more."""
        wait_for(lambda: len(self.mails) >= count, timeout, lambda: f"{count} mails; there are {self.mails}")
        return self.mails

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        """As aiosmtpd calls it, for each recipient. What is refused later than this, Alertmanager 0.25 takes for sent."""
        if self.refuses:
            with self._lock:
                self._refused += 1
            return "451 come again"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, _server, _session, envelope):
        """Likewise, for each mail."""
        with self._lock:
            self._mails.append(Mail(envelope))
        return "250 kept"

    def _authenticate(self, _server, _session, _envelope, _mechanism, data):
        is_known = (data.login.decode(), data.password.decode()) == self._login
        return AuthResult(success=is_known, handled=False)

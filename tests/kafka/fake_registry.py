"""A schema registry that gives whatever answer a test wants of it, over TLS too; one that is real is in registry.py."""

import json
import ssl
import subprocess

from http_server import HttpServer


class FakeRegistry(HttpServer):
    """ANSWER(method, path, headers) gives the status and what is sent as JSON."""

    def __init__(self, answer, context=None):
        self.asked = []  # (method, path)
        self.answer = answer
        super().__init__(context)

    def respond(self, request, body):
        self.asked.append((request.command, request.path))
        status, said = self.answer(request.command, request.path, request.headers)
        return status, {}, json.dumps(said).encode()


class Authority:
    """A certificate authority in a folder, whose certificates are good for a day."""

    def __init__(self, folder):
        self.folder = folder
        self.file = folder / "ca.pem"
        self.key = folder / "ca.key"
        openssl("req", "-x509", *NEW_KEY, "-days", "1", "-subj", "/CN=authority of a test", "-keyout", self.key,
                "-out", self.file)

    def certify(self, name, host, days=1):
        """A key and a certificate of NAME for HOST ("IP:127.0.0.1", "DNS:localhost"): both their files. DAYS of -1: it has expired."""
        key, request, certificate, extension = (self.folder / f"{name}.{end}" for end in ("key", "csr", "pem", "ext"))
        extension.write_text(f"subjectAltName={host}\nextendedKeyUsage=serverAuth,clientAuth\n")
        openssl("req", *NEW_KEY, "-subj", f"/CN={name}", "-keyout", key, "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.file, "-CAkey", self.key, "-CAcreateserial", "-days", days,
                "-extfile", extension, "-out", certificate)
        return key, certificate

    def server_context(self, host, asks_for_certificate=False):
        context = self.context(*self.certify("registry", host))
        if asks_for_certificate:
            context.load_verify_locations(self.file)
            context.verify_mode = ssl.CERT_REQUIRED
        return context

    @staticmethod
    def context(key, certificate):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context


NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)

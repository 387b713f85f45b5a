"""A schema registry that gives whatever answer a test wants of it, over TLS too; one that is real is in registry.py."""

import http.server
import json
import ssl
import subprocess
import threading


class FakeRegistry:
    """ANSWER(method, path, headers) gives the status and what is sent as JSON. Use it as a context manager."""

    def __init__(self, answer, context=None):
        registry = self
        self.asked = []  # (method, path)

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                registry.asked.append((self.command, self.path))
                status, body = answer(self.command, self.path, self.headers)
                said = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", len(said))
                self.end_headers()
                self.wfile.write(said)

            do_GET = do_POST = do_PUT = answer

            def log_message(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        if context is not None:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"{'http' if context is None else 'https'}://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # of clients that do not trust it


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

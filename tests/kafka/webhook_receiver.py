"""A receiver of webhooks that answers as a test tells it to, over TLS too, and keeps all that came."""

import http.server
import threading


class Received:
    """One request; CONNECTION is the same for those that came on one connection."""

    def __init__(self, method, path, headers, body, connection):
        self.method, self.path, self.headers, self.body, self.connection = method, path, headers, body, connection


class Receiver:
    """ANSWER(headers, body) gives the status, or (status, {header: value}). Use it as a context manager."""

    def __init__(self, answer=lambda headers, body: 204, context=None, host="127.0.0.1"):
        receiver = self
        self.received = []
        self.answer = answer

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"  # connections stay

            def take(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.received.append(Received(self.command, self.path, headers, body, self.client_address))
                answered = receiver.answer(headers, body)
                status, more = answered if isinstance(answered, tuple) else (answered, {})
                self.send_response(status)
                for name, value in ({"Content-Length": 0} if status != 204 else {}).items() | more.items():
                    self.send_header(name, value)
                self.end_headers()

            do_GET = do_POST = do_PUT = do_HEAD = take

            def log_message(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        if context is not None:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"{'http' if context is None else 'https'}://{host}:{self.server.server_port}"

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

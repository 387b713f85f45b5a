"""A receiver of webhooks that answers as a test tells it to, over TLS too, and keeps all that came."""

from http_server import HttpServer


class Received:
    """One request; CONNECTION is the same for those that came on one connection."""

    def __init__(self, method, path, headers, body, connection):
        self.method, self.path, self.headers, self.body, self.connection = method, path, headers, body, connection


class Receiver(HttpServer):
    """ANSWER(headers, body) gives the status, or (status, {header: value})."""

    def __init__(self, answer=lambda headers, body: 204, context=None, host="127.0.0.1"):
        self.received = []
        self.answer = answer
        super().__init__(context, host, keeps_connections=True)

    def respond(self, request, body):
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.received.append(Received(request.command, request.path, headers, body, request.client_address))
        answered = self.answer(headers, body)
        status, more = answered if isinstance(answered, tuple) else (answered, {})
        return status, more, b""

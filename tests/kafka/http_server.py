"""An HTTP server on a port of its own, over TLS too, whose every answer a test decides."""

import http.server
import threading


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # of clients that do not trust it


class HttpServer:
    """Whoever is one says in `respond` what is answered. Use it as a context manager."""

    def __init__(self, context=None, host="127.0.0.1", keeps_connections=False):
        respond = self.respond

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1" if keeps_connections else "HTTP/1.0"

            def answer(self):
                status, headers, body = respond(self, self.rfile.read(int(self.headers.get("Content-Length", 0))))
                self.send_response(status)
                for name, value in ({"Content-Length": len(body)} if status != 204 else {}).items() | headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_HEAD = answer

            def log_message(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        if context is not None:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"{'http' if context is None else 'https'}://{host}:{self.server.server_port}"

    def respond(self, request, body):
        """To REQUEST, with command, path, headers and client_address: a status, headers and what is sent. It may take its time."""
        raise NotImplementedError

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

"""A gate in front of a server: open, it hands on what is said; shut, nobody is there."""

import socket
import threading

from cluster import free_ports


class Gate:
    """On a port of its own, shut at first. TARGET is a port of this machine."""

    def __init__(self, target):
        self.target = target
        [self.port] = free_ports(1)
        self.lock = threading.Lock()
        self.listener = None
        self.connections = []

    def open(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def shut(self):
        with self.lock:  # nobody is let in meanwhile
            listener, self.listener = self.listener, None
            if listener is not None:
                listener.shutdown(socket.SHUT_RDWR)
                listener.close()
            while self.connections:
                end(self.connections.pop())

    def _accept(self, listener):
        while True:
            try:
                inside, _ = listener.accept()
            except OSError:
                return  # it was shut
            with self.lock:
                if listener is self.listener:
                    self._let_in(inside)
                else:
                    end(inside)

    def _let_in(self, inside):
        outside = socket.create_connection(("127.0.0.1", self.target))
        self.connections += [inside, outside]
        for here, there in (inside, outside), (outside, inside):
            threading.Thread(target=hand_on, args=(here, there), daemon=True).start()


def hand_on(here, there):
    try:
        while said := here.recv(65536):
            there.sendall(said)
    except OSError:
        pass
    end(here)
    end(there)


def end(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # it had ended
    connection.close()

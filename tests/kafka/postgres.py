"""A PostgreSQL of our own on a free port, with its programs and data in a folder; needs what `./dev kafka` fetches, and no installation."""

import os
import pathlib
import pwd
import shutil
import subprocess
import tarfile
import tempfile

import psycopg

from cluster import PATIENCE, free_ports

WAITS = ["-w", "-t", str(PATIENCE * 60)]
HOME = pathlib.Path(__file__).resolve().parent.parent.parent / "build" / "postgres" / "lib"
PASSWORD = "s3cret-of-nobody"


class Postgres:
    """It refuses to be root's: where we are root, it is nobody's, so its folder is one that nobody can reach."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="postgres-", dir="/tmp"))
        [self.port] = free_ports(1)

    @property
    def url(self):
        """As Java wants it."""
        return f"jdbc:postgresql://127.0.0.1:{self.port}/postgres"

    def start(self):
        [archive] = HOME.glob("postgres-*.txz")
        with tarfile.open(archive) as programs:
            programs.extractall(self.folder)
        (self.folder / "password").write_text(PASSWORD)
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        self._run("initdb", "-U", "alerts", "--pwfile", self.folder / "password", "-A", "scram-sha-256", "-E", "UTF8", "--no-sync")
        return self.go_on()

    def go_on(self):
        options = f"-c fsync=off -c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder}"
        self._run("pg_ctl", "-l", self.folder / "log", "-o", options, *WAITS, "start")
        return self

    def crash(self):
        self._run("pg_ctl", "-m", "immediate", *WAITS, "stop")

    def shut_down(self):
        """As an operator does: whoever is connected is told."""
        self._run("pg_ctl", "-m", "fast", *WAITS, "stop")

    def stop(self):
        if (self.folder / "data" / "postmaster.pid").exists():
            self.crash()
        shutil.rmtree(self.folder, ignore_errors=True)

    def query(self, text):
        """The rows, each as a dictionary; none of what has no answer."""
        with psycopg.connect(host="127.0.0.1", port=self.port, user="alerts", password=PASSWORD, dbname="postgres",
                             row_factory=psycopg.rows.dict_row) as connection:
            cursor = connection.execute(text)
            return cursor.fetchall() if cursor.description else []

    def _run(self, program, *words):
        command = [self.folder / "bin" / program, "-D", self.folder / "data", *words]
        if os.getuid() == 0:
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]
        result = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if result.returncode != 0:
            raise RuntimeError(f"{program} ended with {result.returncode}: {result.stderr[-2000:]}")

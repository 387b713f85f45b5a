"""A schema registry of our own, Apicurio, on a free port; what it knows is in its memory and goes when it stops.

Needs Java and what `./dev kafka` fetches.
"""

import json
import pathlib
import subprocess
import urllib.error
import urllib.request

from cluster import PATIENCE, QUICK_JAVA, free_ports, is_running, wait_for

HOME = pathlib.Path(__file__).resolve().parent.parent.parent / "build" / "registry" / "lib"
ANY_TYPE = "application/vnd.schemaregistry.v1+json, application/json"


class Registry:
    """Its data and log are in FOLDER. Started anew on the same port it knows nothing of what it knew."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.port, self.management_port = free_ports(2)
        self.process = None

    @property
    def url(self):
        """Where it answers as Confluent's registry does."""
        return f"http://127.0.0.1:{self.port}/apis/ccompat/v7"

    @property
    def native_url(self):
        """Where it answers as itself."""
        return f"http://127.0.0.1:{self.port}/apis/registry/v2"

    def start(self, timeout=90):
        self.folder.mkdir(parents=True, exist_ok=True)
        [jar] = HOME.glob("apicurio-registry-app-*-runner.jar")
        own = {"http.host": "127.0.0.1", "http.port": self.port,
               "management.host": "127.0.0.1", "management.port": self.management_port}
        command = ["java", *QUICK_JAVA, *(f"-Dquarkus.{name}={value}" for name, value in own.items()), "-jar", jar]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            start_new_session=True)
        wait_for(self._is_ready, timeout, "the schema registry to start")
        return self

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait(PATIENCE * 30)
        self.process = None

    def ask(self, path, method="GET", body=None):
        """What it answers to a request, as JSON; an answer of 400 or more is raised as urllib.error.HTTPError."""
        request = urllib.request.Request(self.url + path, method=method, headers={"Accept": ANY_TYPE})
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/vnd.schemaregistry.v1+json")
        with urllib.request.urlopen(request, timeout=PATIENCE * 10) as answer:
            return json.load(answer)

    def subjects(self):
        return self.ask("/subjects")

    def schema(self, schema_id):
        """The text of a schema as JSON."""
        return json.loads(self.ask(f"/schemas/ids/{schema_id}")["schema"])

    def register(self, subject, schema):
        """Registers a schema, given as JSON; its id."""
        return self.ask(f"/subjects/{subject}/versions", "POST", {"schema": json.dumps(schema)})["id"]

    def set_compatibility(self, subject, level):
        self.ask(f"/config/{subject}", "PUT", {"compatibility": level})

    def compatibility(self, subject):
        return self.ask(f"/config/{subject}")["compatibilityLevel"]

    def log(self):
        return (self.folder / "log").read_text(errors="replace")

    def _is_ready(self):
        if not is_running(self.process.pid):
            raise RuntimeError(f"the schema registry ended at start:\n{self.log()[-3000:]}")
        try:
            return self.subjects() is not None
        except (OSError, ValueError):
            return False

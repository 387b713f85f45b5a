"""A broker that lets nobody in without a login, and nobody near anything without an ACL: as brokers are where this is in earnest.

Listeners, beside the plain one on which the tests themselves are at home (and may do everything):

    PLAIN    a password over TLS         SCRAM    the same, hashed          MTLS    a client certificate
    WRONG    a certificate of another host            EXPIRED    one of yesterday
"""

import signal
import subprocess

from cluster import Cluster, free_ports

LOGIN_MODULE = "org.apache.kafka.common.security"
ADMIN = "admin"
SECRET = "canary-{}-secret"  # a user's password; no output may show it
CERTIFICATES = {"PLAIN": "broker", "SCRAM": "broker", "MTLS": "broker", "WRONG": "other-host", "EXPIRED": "expired"}
MECHANISMS = {"PLAIN": "PLAIN", "SCRAM": "SCRAM-SHA-512"}
PROTOCOLS = {name: "SASL_SSL" if name in MECHANISMS else "SSL" for name in CERTIFICATES}


class SecuredCluster(Cluster):
    """USERS can log in on every listener; ADMIN, who is among them, may do everything, the others what ACLs say."""

    def __init__(self, folder, users, **options):
        super().__init__(folder, 1, **options)
        self.users = self.let_in = [ADMIN, *users]
        self.secure_ports = dict(zip(CERTIFICATES, free_ports(len(CERTIFICATES))))

    def start(self, timeout=60):
        self.folder.mkdir(parents=True, exist_ok=True)
        self._make_certificates()
        return super().start(timeout)

    def restart(self, let_in):
        """From then on only those users have a password on PLAIN."""
        self.kill_node(0, signal.SIGTERM)
        self.let_in = let_in
        self._write_settings(0)
        self.start_node(0)
        self.wait_ready()

    def login(self, listener, user, password=None):
        """The settings with which USER comes in by LISTENER."""
        settings = {
            "kafka.bootstrap.servers": f"localhost:{self.secure_ports[listener]}",
            "kafka.security.protocol": PROTOCOLS[listener].lower(),
            "kafka.ssl.ca.location": self.folder / "ca.pem",
        }
        if PROTOCOLS[listener] == "SSL":
            return settings | self.certificate_of(user)
        return settings | {"kafka.sasl.mechanisms": MECHANISMS[listener], "kafka.sasl.username": user,
                           "kafka.sasl.password_file": self.password_file(user, password)}

    def certificate_of(self, name):
        return {"kafka.ssl.certificate.location": self.folder / f"{name}.pem",
                "kafka.ssl.key.location": self.folder / f"{name}.key"}

    def password_file(self, user, password=None):
        path = self.folder / f"{user}{'' if password is None else '-wrong'}.password"
        path.write_text((password or SECRET.format(user)) + "\n")
        return path

    def _own_settings(self, node):
        names = ",".join(f"{name}://localhost:{port}" for name, port in self.secure_ports.items())
        protocols = ",".join(f"{name}:{protocol}" for name, protocol in PROTOCOLS.items())
        own = super()._own_settings(node)
        own |= {
            "listeners": f"{own['listeners']},{names}",
            "listener.security.protocol.map": f"PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,{protocols}",
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": f"User:ANONYMOUS;User:{ADMIN}",  # the first: whoever is on the plain listeners
            "listener.name.plain.plain.sasl.jaas.config": self._plain_logins(),
            "listener.name.scram.scram-sha-512.sasl.jaas.config": f"{LOGIN_MODULE}.scram.ScramLoginModule required;",
            "ssl.principal.mapping.rules": "RULE:^CN=([^,]+).*$/$1/",
        }
        own |= {f"listener.name.{listener.lower()}.sasl.enabled.mechanisms": mechanism
                for listener, mechanism in MECHANISMS.items()}
        for listener, certificate in CERTIFICATES.items():
            own |= {f"listener.name.{listener.lower()}.ssl.{name}": value for name, value in {
                "keystore.type": "PEM", "keystore.location": self.folder / f"{certificate}-store.pem",
                "truststore.type": "PEM", "truststore.location": self.folder / "ca.pem",
                "client.auth": "required" if PROTOCOLS[listener] == "SSL" else "none"}.items()}
        return own

    def _plain_logins(self):
        logins = " ".join(f'user_{user}="{SECRET.format(user)}"' for user in self.let_in)
        return f"{LOGIN_MODULE}.plain.PlainLoginModule required {logins};"

    def _format_options(self):
        return [option for user in self.users
                for option in ("--add-scram", f"SCRAM-SHA-512=[name={user},password={SECRET.format(user)}]")]

    def _make_certificates(self):
        self._sign_self("ca", "ca")
        self._sign_self("foreign-ca", "ca")
        self._certify("broker", "subjectAltName=DNS:localhost,IP:127.0.0.1")
        self._certify("other-host", "subjectAltName=DNS:other.example")
        self._certify("expired", "subjectAltName=DNS:localhost,IP:127.0.0.1", days=-1)
        for user in self.users:
            self._certify(user, "extendedKeyUsage=clientAuth")
        self._sign_self("stranger", self.users[-1])  # bears a user's name, and nobody vouches for it

    def _sign_self(self, file, name):
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", 30, "-subj", f"/CN={name}",
                      "-keyout", f"{file}.key", "-out", f"{file}.pem")

    def _certify(self, name, extension, days=30):
        (self.folder / f"{name}.ext").write_text(extension + "\n")
        self._openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}", "-keyout", f"{name}.key",
                      "-out", f"{name}.csr")
        self._openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                      "-days", days, "-extfile", f"{name}.ext", "-out", f"{name}.pem")
        files = (self.folder / f"{part}" for part in (f"{name}.key", f"{name}.pem", "ca.pem"))
        (self.folder / f"{name}-store.pem").write_text("".join(file.read_text() for file in files))

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *map(str, arguments)], cwd=self.folder, check=True, capture_output=True)

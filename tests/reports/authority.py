"""A time stamping authority on this machine: certificates made for the test, answers signed by `openssl ts`."""

import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

CONFIG = """[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Authority:
    """`answer` may be replaced: bytes to send instead, or a status. `asked` counts."""

    def __init__(self, folder, *, expired=False):
        self.folder, self.answer, self.asked = folder, None, 0
        folder.mkdir(parents=True)
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        key, root = certificate("Racine d'essai", None, days=(-400, 400))
        (folder / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
        days = (-300, -1) if expired else (-300, 300)
        signer_key, signer = certificate("Horodatage d'essai", (key, root), days=days)
        (folder / "tsa.pem").write_bytes(signer.public_bytes(Encoding.PEM))
        private = signer_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "tsa.key").write_bytes(private)

    @property
    def roots(self):
        return str(self.folder / "root.pem")

    def stamp(self, request):
        (self.folder / "request.tsq").write_bytes(request)
        openssl(
            self.folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "request.tsq", "-signer", "tsa.pem",
            "-inkey", "tsa.key", "-out", "answer.tsr",
        )  # fmt: skip
        return (self.folder / "answer.tsr").read_bytes()


def openssl(folder, *arguments):
    return subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=True, timeout=60)


def certificate(name, issuer, *, days):
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    signing, by = (issuer[0], issuer[1].subject) if issuer else (key, named)
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
        .add_extension(usage(signs=issuer is not None), critical=True)
    )
    if issuer:
        usages = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usages, critical=True)
    return key, builder.sign(signing, SHA256())


def usage(*, signs):
    others = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    none = dict.fromkeys((*others, "encipher_only", "decipher_only"), False)
    return x509.KeyUsage(digital_signature=signs, key_cert_sign=not signs, crl_sign=not signs, **none)


@contextmanager
def serving(authority):
    """The address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            authority.asked += 1
            request = self.rfile.read(int(self.headers["Content-Length"]))
            status = authority.answer if isinstance(authority.answer, int) else 200
            body = authority.answer if isinstance(authority.answer, bytes) else authority.stamp(request)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsr"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

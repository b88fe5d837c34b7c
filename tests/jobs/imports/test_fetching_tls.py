"""Real TLS: the address is looked up once and connected to by number, the certificate is asked by name."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from jobs.imports.addresses import FetchError
from jobs.imports.fetching import fetched
from tests.jobs.imports.http_server import feeds_server


def certify(folder, name):
    """A key and a certificate of its own authority, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"{name}.pem"
    path.write_bytes(key.private_bytes(pem, *plain) + certificate.public_bytes(pem))
    return path


@pytest.fixture
def tls_site(tmp_path, folder, settings, monkeypatch):
    """`tls_site("localhost")` serves with a certificate of that name, whose authority this machine knows."""
    with feeds_server() as server:

        def begin(name):
            pem = certify(tmp_path, name)
            monkeypatch.setenv("SSL_CERT_FILE", str(pem))
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pem)
            server.socket = context.wrap_socket(server.socket, server_side=True)
            server.handle_error = lambda *_: None
            settings.IMPORT_TRUSTED_HOSTS = [f"localhost:{server.server_port}"]
            server.serve("/offres", b"[1]")
            return f"https://localhost:{server.server_port}/offres"

        yield begin


def test_site_is_asked_by_its_name(tls_site):
    with fetched(tls_site("localhost"), {}) as file:
        assert file.path.read_bytes() == b"[1]"


def test_certificate_of_another_name_is_refused(tls_site):
    with pytest.raises(FetchError, match="unreachable TLS"), fetched(tls_site("example.org"), {}):
        pass


def test_certificate_of_an_unknown_authority_is_refused(tls_site, monkeypatch):
    url = tls_site("localhost")
    monkeypatch.setenv("SSL_CERT_FILE", "/dev/null")
    with pytest.raises(FetchError, match="unreachable TLS"), fetched(url, {}):
        pass

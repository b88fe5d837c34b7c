"""Detached Ed25519 signatures, in base64 as are keys; a private key is 32 bytes (`openssl rand -base64 32`)."""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_BYTES = 32


def public_key(private: str) -> str:
    """Raises ValueError for what is no key."""
    return base64.b64encode(_private(private).public_key().public_bytes_raw()).decode()


def is_key(text: str) -> bool:
    """32 bytes in base64: what a private key is, and a public one."""
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except ValueError:
        return False


def key_id(public: str) -> str:
    """Names a key on paper: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(base64.b64decode(public)).hexdigest()[:16]


def sign(private: str, text: str) -> str:
    return base64.b64encode(_private(private).sign(text.encode())).decode()


def is_signed(public: str, text: str, signature: str) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), text.encode())
    except (ValueError, InvalidSignature):
        return False
    return True


def _private(private: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(private, validate=True))

"""Time stamps of an authority (RFC 3161): what to ask, and whether an answer is what was asked for."""

from datetime import datetime
from typing import NamedTuple

from cryptography.x509 import load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)


class StampError(Exception):
    """Not a time stamp of this text by an authority that is trusted."""


class Stamp(NamedTuple):
    response: bytes
    at: datetime


def request_for(text: str) -> TimeStampRequest:
    """Of the SHA-256 of the text in UTF-8, with a nonce; the authority's certificate is to come with the answer."""
    return TimestampRequestBuilder().data(text.encode()).hash_algorithm(HashAlgorithm.SHA256).build()


def read_stamp(response: bytes, text: str, roots: bytes, nonce: int | None = None) -> Stamp:
    """Of an authority that one of `roots` (PEM) vouches for, valid at the time it says. Raises `StampError`."""
    try:
        verifier = VerifierBuilder(roots=load_pem_x509_certificates(roots), nonce=nonce).build()
        decoded = decode_timestamp_response(response)
        verifier.verify_message(decoded, text.encode())
    except (VerificationError, ValueError) as error:
        raise StampError(f"{type(error).__name__}: {error}"[:200]) from error
    return Stamp(response, decoded.tst_info.gen_time)

"""The site's signature on what it freezes, and the keys by which anybody checks it."""

import logging
from typing import Any, NamedTuple

from django.conf import settings

from ledger.models import ChainLink
from ledger.services.chain import hold_chain
from medinjob.lib.canonical import canonical_json
from medinjob.lib.signatures import is_key, public_key, sign
from reports.models import Snapshot
from reports.selectors.proof import index_of, proof_files
from reports.verifier import verifier

log = logging.getLogger(__name__)


class Signed(NamedTuple):
    """`key` is public. Both are empty on a site without a key."""

    key: str
    signature: str


def signed(text: str) -> Signed:
    """With today's key. One that is none signs nothing, as no key does: freezing does not wait for it, and the report
    says that nobody signed it (`manage.py check` refuses such a key)."""
    private = settings.SIGNING_KEY
    if private and not is_key(private):
        log.error("MEDINJOB_SIGNING_KEY is no key: what is frozen now has no signature.")
        private = ""
    return Signed(public_key(private), sign(private, text)) if private else Signed("", "")


def signed_conclusion(body: dict[str, Any]) -> tuple[str, Signed]:
    """An audit's conclusion as canonical JSON, and its signature by the key of today."""
    text = canonical_json(body)
    return text, signed(text)


def public_keys() -> list[str]:
    """Today's first, then those that signed before it."""
    today = [public_key(settings.SIGNING_KEY)] if is_key(settings.SIGNING_KEY) else []
    return [*today, *(key for key in settings.SIGNING_OLD_KEYS if key not in today)]


def proof(*, snapshot: Snapshot) -> bytes:
    """The archive that proves a frozen report: its files, their list, and today's signature on the list."""
    if not ChainLink.objects.filter(kind=Snapshot.chained.kind, row=snapshot.pk).exists():
        hold_chain()  # one from before there was a chain is in it from now on
    files = proof_files(snapshot)
    index = index_of(files, public_keys()[0] if is_key(settings.SIGNING_KEY) else "")
    signature = signed(index).signature
    return verifier.packed({**files, verifier.INDEX: index.encode(), verifier.INDEX_SIGNATURE: signature.encode()})

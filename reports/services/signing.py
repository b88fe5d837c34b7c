"""The site's signature on what it freezes, and the keys by which anybody checks it."""

from typing import NamedTuple

from django.conf import settings

from medinjob.lib.signatures import public_key, sign


class Signed(NamedTuple):
    """`key` is public. Both are empty on a site without a key."""

    key: str
    signature: str


def signed(text: str) -> Signed:
    private = settings.SIGNING_KEY
    return Signed(public_key(private), sign(private, text)) if private else Signed("", "")


def public_keys() -> list[str]:
    """Today's first, then those that signed before it."""
    today = [public_key(settings.SIGNING_KEY)] if settings.SIGNING_KEY else []
    return [*today, *(key for key in settings.SIGNING_OLD_KEYS if key not in today)]

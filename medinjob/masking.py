"""Secrets of addresses kept out of logs and of error reports: whoever reads those must not be able to use a link."""

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.urls import URLResolver, get_resolver

MASK = "…"
SECRETS = ("token", "key")
# In a query: a token itself, or an address that holds one.
_QUERY = re.compile(r"\b((?:draft|token|key|badge|next|state|cursor)=)[^&\s\"'<>]+")
_NAMED = re.compile(r"\(\?P<(\w+)>(?:[^()\\]|\\.|\[[^\]]*\])*\)|<(?:(\w+):)?(\w+)>")
_PARTS = {"int": r"\d+", "slug": r"[-\w]+"}


def mask(text: str) -> str:
    """Its addresses without their secrets. Every URL pattern with a token is known by itself."""
    if "/" in text:
        for pattern in _addresses():
            text = pattern.sub(rf"\g<1>{MASK}", text)
    return _QUERY.sub(rf"\g<1>{MASK}", text) if "=" in text else text


def mask_all(value: Any) -> Any:
    """The same in every text of a structure."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: mask_all(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(mask_all, value)) if type(value) in (list, tuple) else value
    return value


def before_send(event: Any, hint: Any) -> Any:
    """For Sentry: address, referrer, query, breadcrumbs, and whatever else holds an address."""
    return mask_all(event)


def before_breadcrumb(crumb: Any, hint: Any) -> Any:
    return mask_all(crumb)


class MaskedRecords(logging.Filter):
    """On a handler: all that is logged anywhere passes there."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()), ()
        return True


@cache
def _addresses() -> list[re.Pattern[str]]:
    """What stands before each secret, and the secret."""
    return [re.compile(rf"({before}){secret}") for before, secret in dict.fromkeys(_secrets(get_resolver(), ""))]


def _secrets(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from _secrets(entry, route)
        elif before := _before_secret(route):
            yield before


def _before_secret(route: str) -> tuple[str, str] | None:
    done, at = "/", 0
    for found in _NAMED.finditer(route):
        done += re.escape(route[at : found.start()])
        name, at = found[1] or found[3], found.end()
        if name in SECRETS:
            return done, r"[^/?#\s\"'<>&]+"
        done += _PARTS.get(found[2] or "", r"[^/?#\s]+?")
    return None

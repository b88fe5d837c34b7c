"""JSON that is the same text wherever it is written (RFC 8785), and its digest."""

import hashlib
import json
from decimal import Decimal
from typing import Any


def canonical_json(value: Any) -> str:
    """Keys in order of their UTF-16 code units, no space, nothing escaped that need not be.

    A `Decimal` becomes a text. TypeError for a float: databases do not agree on their last digit.
    """
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def sha256(text: str) -> str:
    """In hexadecimal, of the text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, float):
        raise TypeError("write a Decimal: a float is not the same everywhere")
    return value if value is None or isinstance(value, str | int | bool) else str(value)

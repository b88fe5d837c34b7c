"""Dates and sizes as the reader's language writes them, where Django's own formats do not: "1er mars", "5 Mo"."""

import re
from typing import Any

from django.template import defaultfilters
from django.utils.translation import get_language

# The first of a month, before its name, whole or short.
_FIRST = re.compile(r"\b1(?=[ \u00a0](?:janv|févr|mars|avril|mai|juin|juil|août|sept|oct|nov|déc))", re.IGNORECASE)
_SIZES = (("Kio", "Ko"), ("Mio", "Mo"), ("Gio", "Go"), ("Tio", "To"))


def date(value: Any, form: str | None = None) -> str:
    """Django's filter; in French the first of a month is "1er"."""
    return first_of_month(str(defaultfilters.date(value, form)))


def first_of_month(text: str) -> str:
    return _FIRST.sub("1er", text) if _is_french() else text


def file_size(count: Any) -> str:
    """Django's filter; in French with the units that people know."""
    text = str(defaultfilters.filesizeformat(count))
    for written, known in _SIZES if _is_french() else ():
        text = text.replace(written, known)
    return text


def _is_french() -> bool:
    return (get_language() or "fr").startswith("fr")

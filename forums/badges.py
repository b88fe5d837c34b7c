"""Badges on paper."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forums.models import Badge, Edition
from forums.wording import days_in_words, places_in_words
from medinjob.lib.pdf import render_pdf
from medinjob.lib.qr import qr_svg

TEMPLATE = Path(__file__).parent / "print" / "badges.typ"


def badges_pdf(edition: Edition, badges: Iterable[Badge], *, single: bool = False) -> bytes:
    """One A6 page for a `single` badge, else A4 pages of eight to cut; in the reader's language."""
    data = {
        "title": edition.event.name,
        "when": days_in_words(edition),
        "where": places_in_words(edition),
        "alt": _("Code du badge"),
        "lang": get_language() or "fr",
        "single": single,
        "badges": [_row(badge) for badge in badges],
    }
    return render_pdf(TEMPLATE, data)


def badge_address(badge: Badge) -> str:
    """What the QR code holds: a phone's own camera opens it."""
    return settings.SITE_URL + badge.get_absolute_url()


def _row(badge: Badge) -> dict[str, Any]:
    attendee = badge.attendee
    return {
        "name": attendee.name if attendee else "",
        "kind": str(attendee.get_kind_display()) if attendee else _("Badge à lier à l'entrée"),
        "number": _("n° %(number)s") % {"number": badge.number} if badge.number and not attendee else "",
        "qr": qr_svg(badge_address(badge)),
    }

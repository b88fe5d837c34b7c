"""What the components need to show a value: all presentation, no query."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zlib import crc32

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medinjob.lib.charts import BarChart, bar_chart
from medinjob.lib.pages import page_window
from medinjob.lib.stylesheet import stylesheet
from medinjob.lib.text import single_line, to_html
from medinjob.lib.written import date as format_date

register = template.Library()
MODULE = '<script type="module" src="{}"></script>'

TINTS = 6
NEW_FOR = timedelta(days=2)
QUOTED_MOST = 80
ADDRESS = re.compile(r"(?<!\S)\S*://\S*|\bwww\.\S*", re.IGNORECASE)
NO_LETTERS = re.compile(r"[\W\d_]+")

# A state is read by its word; its mark and colour come from here: state -> (look, icon).
MARKS = {
    "draft": ("", "dashed"),
    "announced": ("live", "check"),
    "accepted": ("live", "check"),
    "registered": ("live", "check"),
    "requested": ("urgent", "spark"),
    "to_confirm": ("waiting", "clock"),
    "cancelled": ("", "minus"),
    "new": ("urgent", "spark"),
    "received": ("urgent", "flag"),
    "in_review": ("waiting", "clock"),
    "waiting": ("waiting", "clock"),
    "sending": ("waiting", "clock"),
    "published": ("live", "check"),
    "trusted": ("live", "shield"),
    "sent": ("live", "check"),
    "upheld": ("live", "check"),
    "seen": ("waiting", "eye"),
    "shortlisted": ("live", "check"),
    "interview": ("live", "calendar"),
    "offer_made": ("live", "spark"),
    "hired": ("live", "success"),
    "opened": ("waiting", "eye"),
    "started": ("live", "clock"),
    "done": ("live", "success"),
    "active": ("live", "check"),
    "asked": ("waiting", "clock"),
    "held": ("waiting", "warning"),
    "running": ("waiting", "clock"),
    "unchanged": ("live", "check"),
    "no_show": ("", "minus"),
    "closed": ("", "clock"),
    "paused": ("", "pause"),
    "filled": ("", "users"),
    "expired": ("", "calendar"),
    "withdrawn": ("", "minus"),
    "dismissed": ("", "minus"),
    "rejected": ("refused", "close"),
    "refused": ("refused", "close"),
    "failed": ("refused", "error"),
    "uncertain": ("urgent", "warning"),
}


@register.filter
def mark_of(state: str) -> dict[str, str]:
    """The look and the icon of a state; an unknown state is a plain word with a dot."""
    look, icon = MARKS.get(str(state), ("", "right"))
    return {"look": look, "icon": icon}


@register.filter
def markdown(text: str) -> SafeString:
    """Somebody's Markdown as safe HTML."""
    return mark_safe(to_html(text))  # noqa: S308 - sanitised by nh3


@register.filter
def as_quoted(name: object) -> str:
    """What somebody calls themselves, in a mail of ours to somebody who does not know them: one line, not long, without
    an address to click and without the marks that would end the quotation."""
    line = ADDRESS.sub("", str(name)[: 4 * QUOTED_MOST]).translate({ord(mark): " " for mark in '«»"“”'})
    return single_line(line, QUOTED_MOST)


@register.filter
def tint(name: object) -> str:
    """One class of a fixed set, always the same for a name: the ground of a company's initials."""
    return f"tint-{crc32(str(name).casefold().encode()) % TINTS + 1}"


@register.filter
def initials(name: object) -> str:
    """Two letters for a name without a logo: "Atelier Calanque" gives AC, "Orange" gives OR."""
    words = [word for word in NO_LETTERS.split(str(name)) if word]
    if not words:
        return "?"
    return (words[0][0] + words[1][0] if len(words) > 1 else words[0][:2]).upper()


@register.filter
def is_new(moment: datetime | None) -> bool:
    return moment is not None and timezone.now() - moment < NEW_FOR


@register.filter
def fresh(moment: datetime | None) -> str:
    """How long ago, in whole days: what a candidate asks of a date."""
    return "" if moment is None else days_ago(timezone.localdate(moment), timezone.localdate())


def days_ago(day: date, today: date) -> str:
    days = (today - day).days
    if days <= 0:
        return _("aujourd’hui")
    if days == 1:
        return _("hier")
    if days <= 30:
        return ngettext("il y a %(days)s jour", "il y a %(days)s jours", days) % {"days": days}
    return _("le %(date)s") % {"date": format_date(day, "DATE_FORMAT")}


@register.filter
def distance(km: float | None) -> str:
    if km is None:
        return ""
    return _("moins de 1 km") if km < 1 else _("%(km)s km") % {"km": round(km)}


@register.filter
def bars(rows: Iterable[tuple[str, float]]) -> BarChart:
    return bar_chart(rows)


@register.simple_tag
def pages_around(number: int, pages: int) -> list[int | None]:
    return page_window(number, pages)


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[dict[str, object]]:
    """This page in every language: code, name in its own language, address with its query, and whether it is shown."""
    request = context.get("request")
    if request is None:
        return []
    here = request.get_full_path()
    current = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    own_names = {"fr": "Français", "en": "English"}
    addresses = {code: here if code == current else translate_url(here, code) for code, _name in settings.LANGUAGES}
    return [
        {"code": code, "name": own_names[code], "url": url, "current": code == current}
        for code, url in addresses.items()
    ]


@register.simple_tag
def module(name: str) -> SafeString:
    """The script `static/js/NAME.js`, beside what needs it. A browser runs it once, however often it is named."""
    return format_html(MODULE, static(f"js/{name}.js"))


@register.simple_tag
def stylesheet_url() -> str:
    return reverse("stylesheet", args=[stylesheet().digest])

"""The card of an offer with all its words ready, so that the template only places them.

A result page is served in little more than the time of its search: what many offers share (pay, dates, contracts) is
worded once and remembered, by language.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from jobs.enums import OfferKind
from jobs.templatetags.offer_facts import Fact, facts
from medinjob.templatetags.look import NEW_FOR, days_ago, distance, initials, tint

register = template.Library()
REMEMBERED = 4096
LOGO = '<img class="logo" src="{}" alt="" width="48" height="48" loading="lazy">'
INITIALS = '<span class="logo {}" aria-hidden="true">{}</span>'
FACT, PAY, FRESH = "<li>{}{}</li>", '<li class="pay">{}{}</li>', '<li class="soft">{}</li>'
ICON = '<svg class="icon soft" aria-hidden="true"><use href="{}#{}"/></svg>'


@register.filter
def cards(offers: Iterable[Any]) -> list[dict[str, Any]]:
    """What `components/offer_cards.html` reads, from search hits or anything with the same attributes."""
    now, today = timezone.now(), timezone.localdate()
    language = get_language() or ""
    return [_card(offer, now, today, language) for offer in offers]


@register.filter
def card(offer: Any, href: str = "") -> list[dict[str, Any]]:
    """The same for one offer; `href` leads elsewhere than to its page."""
    (made,) = cards([offer])
    return [{**made, "url": href or made["url"]}]


def _card(offer: Any, now: datetime, today: date, language: str) -> dict[str, Any]:
    employer, published = offer.employer_name, offer.published_at
    line = [_item(fact) for fact in facts(offer)]
    if published is not None:
        line.append(_fresh(timezone.localdate(published), today, language))
    return {
        "url": _route(language) % (offer.id, offer.slug),
        "title": offer.title_html or offer.title,
        "employer": employer,
        "logo": _logo(employer, offer.company.logo if offer.company else ""),
        "place": _place(offer.place_label, offer.distance_km, offer.more_places, language),
        "training": offer.kind == OfferKind.TRAINING,
        "new": published is not None and now - published < NEW_FOR,
        "facts": mark_safe("".join(line)),  # noqa: S308 - made by format_html
        "excerpt": offer.excerpt_html,
    }


@lru_cache
def _route(_language: str) -> str:
    return reverse("offer", args=[0, "slug"]).replace("%", "%%").replace("0-slug", "%s-%s")


def _place(label: str, km: float | None, more: int, language: str) -> str:
    where = f"{label}, {distance(km)}" if label and km is not None else label
    return f"{where} {_others(more, language)}" if more else where


@lru_cache
def _others(more: int, _language: str) -> str:
    return ngettext("+ %(more)s lieu", "+ %(more)s lieux", more) % {"more": more}


@lru_cache(REMEMBERED)
def _logo(name: str, url: str) -> SafeString:
    """The logo, or the name's initials on its tint."""
    return format_html(LOGO, url) if url else format_html(INITIALS, tint(name), initials(name))


@lru_cache(REMEMBERED)
def _item(fact: Fact) -> SafeString:
    icon = format_html(ICON, static("img/icons.svg"), fact.icon) if fact.icon else ""
    return format_html(PAY if fact.strong else FACT, icon, fact.text)


@lru_cache(REMEMBERED)
def _fresh(day: date, today: date, _language: str) -> SafeString:
    return format_html(FRESH, days_ago(day, today))

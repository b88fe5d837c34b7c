"""The short facts of an offer's card, from a search hit or from anything with the same attributes."""

from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobs.enums import Funding, Modality, OfferKind, PayUnit, Remote
from medinjob.lib.written import date as format_date

register = template.Library()
LABELS = {
    enum: {member.value: member.label for member in enum}  # labels stay lazy: the reader's language decides
    for enum in (Funding, Modality, PayUnit)
}


class Fact(NamedTuple):
    """`icon` names a symbol of img/icons.svg; `strong` for what is looked for first (pay)."""

    text: str
    icon: str = ""
    strong: bool = False


def amount(value: float) -> str:
    """An amount of euros, grouped the French or the English way, without useless decimals."""
    decimals = 0 if float(value).is_integer() else 2
    return number_format(value, decimal_pos=decimals, force_grouping=True)


@register.filter
def pay(offer: Any) -> str:
    """ "42 000 à 50 000 € par an", or an empty string when the offer gives no pay."""
    low, high = getattr(offer, "pay_min", None), getattr(offer, "pay_max", None)
    return "" if low is None and high is None else _pay(low, high, getattr(offer, "pay_unit", ""), get_language())


def pay_by_year(offer: Any) -> str:
    """What a pay by hour, day or month is for a year of full time, so that offers compare; "" where nothing differs."""
    low, high = getattr(offer, "pay_yearly_min", None), getattr(offer, "pay_yearly_max", None)
    if (low is None and high is None) or getattr(offer, "pay_unit", "") in {"", PayUnit.YEAR}:
        return ""
    return _pay_by_year(low, high, get_language())


@lru_cache(4096)
def _pay(low: float | None, high: float | None, unit: str, _language: str | None) -> str:
    """Many offers pay alike, and grouping digits is slow: said once for each language."""
    return f"{_bounds(low, high)} {LABELS[PayUnit].get(unit, '')}".strip()


@lru_cache(4096)
def _pay_by_year(low: float | None, high: float | None, _language: str | None) -> str:
    return _("soit %(pay)s par an à temps plein") % {"pay": _bounds(low, high)}


def _bounds(low: float | None, high: float | None) -> str:
    bounds = [amount(value) for value in dict.fromkeys((low, high)) if value is not None]
    if len(bounds) == 2:
        return _("%(low)s à %(high)s €") % {"low": bounds[0], "high": bounds[1]}
    if high is None:
        return _("à partir de %(low)s €") % {"low": bounds[0]}
    if low is None:
        return _("jusqu'à %(high)s €") % {"high": bounds[0]}
    return _("%(pay)s €") % {"pay": bounds[0]}


def job_facts(offer: Any) -> list[Fact]:
    facts = [Fact(str(offer.contract_label), "case")] if offer.contract_label else []
    if offer.remote and offer.remote != Remote.NONE:
        facts.append(Fact(str(offer.remote_label), "laptop"))
    if money := pay(offer):
        facts.append(Fact(money, strong=True))
    if year := pay_by_year(offer):
        facts.append(Fact(year))
    return facts


def training_facts(offer: Any) -> list[Fact]:
    facts = (
        [Fact(_("%(hours)s h") % {"hours": number_format(offer.hours, force_grouping=True)}, "clock")]
        if offer.hours
        else []
    )
    facts += [Fact(str(LABELS[Modality][code])) for code in offer.modality if code in LABELS[Modality]]
    if offer.next_session:
        facts.append(Fact(_("début le %(date)s") % {"date": format_date(offer.next_session, "j F Y")}, "calendar"))
    if offer.funding:
        names = ", ".join(str(LABELS[Funding].get(code, code)) for code in offer.funding)
        facts.append(Fact(_("Financement : %(names)s") % {"names": names}, strong=True))
    elif offer.price is not None:
        facts.append(Fact(_("%(price)s €") % {"price": amount(offer.price)}, strong=True))
    return facts


@register.filter
def facts(offer: Any) -> list[Fact]:
    """Contract, remote work and pay of a job; length, modality, session and funding of a training."""
    return training_facts(offer) if offer.kind == OfferKind.TRAINING else job_facts(offer)

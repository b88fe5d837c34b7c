"""What a job's facts say against each other or against the law, each beside the field where it can be put right.

What can be true is asked about: it goes through once the person has said so.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobs.enums import ContractType, Remote
from medinjob.lib.minimum_wage import minimum_wage
from medinjob.lib.money import PLAUSIBLE
from medinjob.lib.text import fold
from referentials.enums import PlaceLevel

MANY_POSITIONS = 50
LONG_PAST = timedelta(days=45)
FAR_AHEAD = timedelta(days=3 * 365)
FEWEST_LETTERS = 6
FULL_TIME_HOURS = 35
# Their pay is a share of the minimum wage, an allowance, or no wage.
OTHERWISE_PAID = frozenset(
    {
        *(ContractType.INTERNSHIP, ContractType.APPRENTICESHIP, ContractType.PROFESSIONALISATION),
        *(ContractType.FREELANCE, ContractType.OTHER),
    }
)
_HOURS = re.compile(r"\b(\d{1,2})\s?h")


class Contradiction(NamedTuple):
    """`asked`: it may be true."""

    field: str
    message: str | Promise
    asked: bool = False


def contradictions(facts: Mapping[str, Any], today: date) -> Iterator[Contradiction]:
    """`facts` are the cleaned values of a job's form."""
    yield from _of_pay(facts, today)
    yield from _of_length(facts)
    yield from _of_start(facts.get("starts_on"), today)
    yield from _of_place(facts)
    if (facts.get("open_positions") or 0) > MANY_POSITIONS:
        yield Contradiction("open_positions", MANY, asked=True)
    reason = facts.get("no_pay_reason") or ""
    if reason and sum(char.isalpha() for char in reason) < FEWEST_LETTERS:
        yield Contradiction("no_pay_reason", NO_REASON)


def _of_pay(facts: Mapping[str, Any], today: date) -> Iterator[Contradiction]:
    unit = facts.get("pay_unit") or ""
    least = None if facts.get("contract") in OTHERWISE_PAID or _is_part_time(facts) else minimum_wage(unit, today)
    if unit not in PLAUSIBLE:
        return
    low, high = PLAUSIBLE[unit]
    for name in ("pay_min", "pay_max"):
        amount: Decimal | None = facts.get(name)
        if amount is None:
            continue
        # An hour is an hour: part time changes nothing to it.
        if amount * 2 < low or amount > high * 3:
            yield Contradiction(name, IMPOSSIBLE)
        elif least is not None and amount < least:
            yield Contradiction(name, UNDER_MINIMUM)
        elif amount > high:
            yield Contradiction(name, HIGH, asked=True)


def _is_part_time(facts: Mapping[str, Any]) -> bool:
    """By its words or its hours; by the hour it makes no difference."""
    if facts.get("pay_unit") == "hour":
        return False
    words = fold(facts.get("working_time") or "")
    hours = [int(found) for found in _HOURS.findall(words)]
    return "partiel" in words or "mi temps" in words or bool(hours and max(hours) < FULL_TIME_HOURS)


def _of_length(facts: Mapping[str, Any]) -> Iterator[Contradiction]:
    contract, months = facts.get("contract"), facts.get("contract_months")
    if contract in {ContractType.CDI, ContractType.TEMPORARY_CDI} and months:
        yield Contradiction("contract_months", ENDLESS)
    if contract == ContractType.CDD and not months:
        yield Contradiction("contract_months", WITHOUT_END)


def _of_start(day: date | None, today: date) -> Iterator[Contradiction]:
    if day is not None and day < today - LONG_PAST:
        yield Contradiction("starts_on", PAST)
    if day is not None and day > today + FAR_AHEAD:
        yield Contradiction("starts_on", FAR, asked=True)


def _of_place(facts: Mapping[str, Any]) -> Iterator[Contradiction]:
    everywhere = any(place.level == PlaceLevel.COUNTRY for place in facts.get("places") or ())
    if everywhere and facts.get("remote") != Remote.FULL:
        yield Contradiction("places", NOWHERE)


MANY = _("C'est beaucoup de postes pour une offre : est-ce bien cela ? Confirmez-le au bas de la page, ou corrigez.")
NO_REASON = _("Dites-le en quelques mots : l'équipe de Medinjob le lit.")
IMPOSSIBLE = _("Personne n'est payé autant, ou aussi peu, pour cette unité : revoyez le montant ou l'unité.")
UNDER_MINIMUM = _(
    "C'est moins que le salaire minimum pour un temps plein. Si c'est un temps partiel, dites-le dans « Temps de"
    " travail » ; sinon, revoyez le montant ou l'unité."
)
HIGH = _("Ce montant est très haut pour cette unité : est-ce bien cela ? Confirmez-le au bas de la page, ou corrigez.")
ENDLESS = _("Un CDI n'a pas de durée : videz ce champ, ou changez de contrat.")
WITHOUT_END = _("Un CDD a une durée ; si son terme est imprécis, donnez sa durée minimale.")
PAST = _("Ce début est passé depuis longtemps : donnez une date à venir, ou rien pour « dès que possible ».")
FAR = _("Ce début est dans plus de trois ans : est-ce bien cela ? Confirmez-le au bas de la page, ou corrigez.")
NOWHERE = _("Sur place, c'est où ? Donnez une commune, ou choisissez le télétravail complet.")

"""What the page of an offer says of it: the facts beside the text, in the order people look for them."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from jobs.enums import EducationLevel, Funding, OfferKind
from jobs.templatetags.offer_facts import amount, pay, pay_by_year
from medinjob.lib.text import plain, to_html
from medinjob.lib.written import date as format_date

Fact = tuple[str, str]
FUNDINGS = dict(Funding.choices)
WORKING_TIMES = (
    *(gettext_noop("Temps plein"), gettext_noop("Temps partiel"), gettext_noop("Mi-temps")),
    *(gettext_noop("temps plein"), gettext_noop("temps partiel"), gettext_noop("par semaine"), gettext_noop("heures")),
)
LEVELS = dict(EducationLevel.choices)


class OfferView:
    """What the templates read besides the offer, which comes from `offers_for_page()` or is a `preview`."""

    def __init__(self, offer: Any) -> None:
        self.offer = offer

    @cached_property
    def facts(self) -> list[Fact]:
        """(label, value) pairs in the reader's language; those without a value are left out."""
        found = _training_facts(self.offer) if self.offer.kind == OfferKind.TRAINING else _job_facts(self.offer)
        return [(label, str(value)) for label, value in found if value]

    @cached_property
    def text(self) -> SafeString:
        return mark_safe(to_html(self.offer.text))  # noqa: S308 - sanitised by nh3

    @property
    def places(self) -> str:
        return _places(self.offer)

    @cached_property
    def sessions(self) -> list[Any]:
        """Those to come; all of them when none is."""
        sessions = list(self.offer.sessions.all())
        return [session for session in sessions if session.starts_on >= timezone.localdate()] or sessions

    @cached_property
    def words(self) -> list[str]:
        """Skills then occupations, each a search of its own."""
        offer = self.offer
        skills = [*(skill.label for skill in offer.skills.all()), *map(str, offer.other_skills)]
        return list(dict.fromkeys([*skills, *(occupation.label for occupation in offer.occupations.all())]))

    @property
    def company_text(self) -> str:
        return plain(self.offer.company.description) if self.offer.company else ""


def _places(offer: Any) -> str:
    return ", ".join(dict.fromkeys(place.label for place in offer.places.all()))


def _working_time(text: str) -> str:
    """People write it in French; its usual words are said in the reader's language."""
    for words in WORKING_TIMES:
        text = text.replace(words, _(words))
    return text


def _job_facts(offer: Any) -> Iterator[tuple[str, Any]]:
    job = offer.job
    months = ngettext("%(n)s mois", "%(n)s mois", job.contract_months or 0) % {"n": job.contract_months}
    contract = (job.get_contract_display(), months if job.contract_months else "", _working_time(job.working_time))
    yield _("Contrat"), " · ".join(str(part) for part in contract if part)
    yield _("Rémunération"), "\n".join(filter(None, (pay(job), pay_by_year(job), job.pay_text))) or _("Non communiquée")
    yield _("Lieu"), _places(offer)
    yield _("Télétravail"), job.get_remote_display()
    yield _("Début"), format_date(job.starts_on, "j F Y") if job.starts_on else ""
    yield _("Postes"), job.open_positions
    yield _("Expérience"), job.experience_text or job.get_experience_display()
    yield _("Niveau d’études"), job.get_level_display() if job.level is not None else ""


def _training_facts(offer: Any) -> Iterator[tuple[str, Any]]:
    training = offer.training
    yield _("Certification"), " · ".join(filter(None, (training.certification_label, training.certification_code)))
    yield (
        _("Durée"),
        _("%(hours)s h") % {"hours": number_format(training.hours, force_grouping=True)} if training.hours else "",
    )
    yield _("Prix"), _price(training.price)
    yield _("Financement"), ", ".join(str(FUNDINGS.get(code, code)) for code in training.funding)
    yield _("Lieu"), _places(offer)
    yield _("Niveau d’entrée"), LEVELS.get(training.level_in, "")
    yield _("Niveau de sortie"), LEVELS.get(training.level_out, "")


def _price(price: Any) -> str:
    if price is None:
        return ""
    return _("%(price)s €") % {"price": amount(price)} if price else _("Gratuite")

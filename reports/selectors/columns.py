"""The columns of the rows behind figures. `personal` ones say who; the pseudonym stands for a person without saying."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from candidates.enums import Channel
from jobs.enums import ContractType, OfferKind
from reports.indicators import bases
from reports.indicators.bases import Basis
from reports.indicators.dimensions import MarkKey
from reports.indicators.enums import Phase
from reports.indicators.scope import Scope

Reader = Callable[[Any, Basis, Scope], Any]


@dataclass(frozen=True)
class TableColumn:
    label: str | Promise
    read: Reader
    personal: bool = False


def _own(label: Promise, path: str, words: Any = None, *, personal: bool = False) -> TableColumn:
    """A field of the row, or of one that was selected with it; `words` is the enumeration that names its values."""
    read = attrgetter(path)

    def cell(row: Any, basis: Basis, scope: Scope) -> Any:
        value = read(row)
        value = value() if callable(value) else value
        if isinstance(value, bool):
            return gettext("oui") if value else gettext("non")
        if isinstance(value, datetime):
            return timezone.localtime(value)
        return str(words(value).label) if words and value else value

    return TableColumn(label, cell, personal)


def _fact(label: Promise, fact: str, words: Any = None, *, of_offer: bool = False) -> TableColumn:
    """What the exhibitor or the offer was when the figures were counted."""

    def cell(row: Any, basis: Basis, scope: Scope) -> str:
        link = basis.offer if of_offer else basis.exhibitor
        assert link
        pairs = getattr(scope.facts, link[0]).get(getattr(row, link[1]), {}).get(fact) or []
        if isinstance(pairs, str):
            return pairs
        return ", ".join(str(words(key).label) if words and key else label for key, label in pairs)

    return TableColumn(label, cell)


def pseudonym(kind: str, identifier: Any) -> str:
    """Stands for one person here, the same on each page; says nothing without the site's key. Empty for nobody."""
    if identifier is None:
        return ""
    text = f"{kind}:{identifier}".encode()
    return hashlib.blake2b(text, key=settings.SECRET_KEY.encode()[:64], digest_size=5).hexdigest()


def _person(path: str, kind: str = "attendee") -> TableColumn:
    read = attrgetter(path)
    return TableColumn(_("Personne"), lambda row, basis, scope: pseudonym(kind, read(row)))


COMPANY = _fact(_("Entreprise"), "company")
TITLE = _fact(_("Offre"), "title", of_offer=True)
MARK = _fact(_("Qualité"), "mark", MarkKey)

COLUMNS: dict[str, tuple[TableColumn, ...]] = {
    bases.SHOWN.slug: (
        TITLE,
        COMPANY,
        _fact(_("Nature"), "kind", OfferKind, of_offer=True),
        _fact(_("Contrat"), "contract", ContractType, of_offer=True),
        _own(_("Postes"), "open_positions"),
        _own(_("Présentée depuis"), "shown_at"),
    ),
    bases.PORTAL.slug: (
        _own(_("Offre"), "title"),
        _own(_("Entreprise"), "employer"),
        _own(_("Source"), "get_source_display"),
        _own(_("Postes"), "open_positions"),
        _own(_("Publiée le"), "published_at"),
    ),
    bases.EXHIBITORS.slug: (
        _own(_("Entreprise"), "company.name"),
        MARK,
        _own(_("État"), "get_state_display"),
        _own(_("Tables"), "tables"),
        _own(_("Stand"), "stand"),
        _own(_("Demandé le"), "requested_at"),
    ),
    bases.REPRESENTATIVES.slug: (
        _person("pk", "representative"),
        _own(_("Nom"), "name", personal=True),
        COMPANY,
        _own(_("Présence"), "present"),
    ),
    bases.ATTENDEES.slug: (
        _person("pk"),
        _own(_("Nom"), "name", personal=True),
        _own(_("Adresse e-mail"), "email", personal=True),
        _own(_("Nature"), "get_kind_display"),
        _own(_("État"), "get_state_display"),
        _own(_("Présence"), "present"),
        _own(_("Inscription à l’entrée"), "walk_in"),
        _own(_("Inscription le"), "registered_at"),
    ),
    bases.ENTRIES.slug: (
        _person("attendee_id"),
        _own(_("Nom"), "attendee.name", personal=True),
        _own(_("Jour"), "day"),
        _own(_("Lieu"), "venue.name"),
        _own(_("Mode"), "get_source_display"),
        _own(_("Entrée à"), "at"),
    ),
    bases.MEETINGS.slug: (
        _person("attendee_id"),
        _own(_("Nom"), "attendee.name", personal=True),
        COMPANY,
        _own(_("État"), "get_state_display"),
        _own(_("Origine"), "get_source_display"),
        _own(_("Badge lu à"), "opened_at"),
        _own(_("Commencée à"), "started_at"),
        _own(_("Terminée à"), "ended_at"),
    ),
    bases.APPLICATIONS.slug: (
        _person("candidate_id", "user"),
        _own(_("Nom"), "name", personal=True),
        TITLE,
        COMPANY,
        _own(_("Moment"), "phase", Phase),
        _own(_("Canal"), "channel", Channel),
        _own(_("État"), "get_state_display"),
        _own(_("Incomplète"), "incomplete"),
        _own(_("Entretien"), "interviewed"),
        _own(_("Contrat signé"), "signed"),
        _own(_("Envoyée le"), "sent_at"),
    ),
    bases.CLICKS.slug: (TITLE, COMPANY, _own(_("Jour"), "day"), _own(_("Clics"), "external_clicks")),
    bases.CONTRACTS.slug: (
        _own(_("Personne"), "person"),
        _own(_("Nom"), "name", personal=True),
        _own(_("Entreprise"), "company.name"),
        _own(_("Contrat"), "get_type_display"),
        _own(_("Poste"), "job_title"),
        _own(_("Signé le"), "signed_on"),
        _own(_("Début"), "starts_on"),
        _own(_("Preuve"), "get_level_display"),
        _own(_("Attribution"), "attribution.get_kind_display"),
        _own(_("Canal"), "channel", Channel),
    ),
}

RELATED: dict[str, tuple[str, ...]] = {
    bases.EXHIBITORS.slug: ("company",),
    bases.ENTRIES.slug: ("attendee", "venue"),
    bases.MEETINGS.slug: ("attendee",),
    bases.CONTRACTS.slug: ("company", "attribution"),
}
"""What columns read of other tables."""

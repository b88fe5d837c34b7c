from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import CONTRACT_KINDS, ContractKind
from jobs.enums import ContractType
from ledger.enums import AttributionKind
from reports.indicators.bases import CONTRACTS
from reports.indicators.catalogue.offers import OF_COMPANY
from reports.indicators.enums import Section, Unit
from reports.indicators.readings import Count, Given, Indicator, Median, Ratio, Where
from reports.indicators.scope import Scope

BY = ("type", "evidence", *OF_COMPANY, "occupation", "job-department", "channel")
TYPES = {kind: tuple(type_ for type_, counted in CONTRACT_KINDS.items() if counted == kind) for kind in ContractKind}
UNCOUNTED = tuple(type_.value for type_ in ContractType if type_ not in CONTRACT_KINDS)


def _days_to_signature(signed_on: date, scope: Scope) -> int:
    """Whole days from the last day; a contract signed during the edition: 0."""
    return max((signed_on - scope.last_day).days, 0)


def _where(types: tuple[str, ...], attribution: AttributionKind) -> Where:
    return {"type": types, "attribution": (attribution,)}


def _count(slug: str, label: Promise, definition: Promise, where: Where, **options: Any) -> Count:
    return Count(
        slug=slug,
        label=label,
        definition=definition,
        section=Section.CONTRACTS,
        basis=CONTRACTS,
        where=where,
        by=BY,
        **options,
    )


INDICATORS: tuple[Indicator, ...] = (
    _count(
        "contracts",
        _("Contrats de travail signés"),
        _(
            "Contrats de travail (CDI, CDD, apprentissage, professionnalisation, intérim, CDI intérimaire, saisonnier) "
            "d’attribution directe : une candidature ou une rencontre de la personne et de l’entreprise à l’édition, "
            "et une signature dans la fenêtre d’attribution. Un par personne, entreprise et poste ; ni renouvellement, "
            "ni contrat annulé avant son début. Un contrat est attribué à une seule édition."
        ),
        _where(TYPES[ContractKind.EMPLOYMENT], AttributionKind.DIRECT),
        headline=True,
    ),
    _count(
        "contracts-assisted",
        _("Contrats de travail assistés"),
        _(
            "Contrats de travail signés dans la fenêtre d’attribution entre une entreprise et une personne présentes "
            "toutes deux, ou dont le recrutement était à l’entretien avant l’édition. À côté des contrats directs, "
            "jamais ajoutés."
        ),
        _where(TYPES[ContractKind.EMPLOYMENT], AttributionKind.ASSISTED),
        beside=True,
    ),
    _count(
        "internships",
        _("Stages"),
        _("Conventions de stage d’attribution directe. Un stage n’est pas un contrat de travail."),
        _where(TYPES[ContractKind.INTERNSHIP], AttributionKind.DIRECT),
        beside=True,
    ),
    _count(
        "freelance",
        _("Missions d’indépendants"),
        _("Missions d’attribution directe. Une mission n’est pas un contrat de travail."),
        _where(TYPES[ContractKind.FREELANCE], AttributionKind.DIRECT),
        beside=True,
    ),
    _count(
        "contracts-other",
        _("Autres contrats"),
        _("Contrats d’un autre type, d’attribution directe."),
        _where(UNCOUNTED, AttributionKind.DIRECT),
        beside=True,
    ),
    Median(
        slug="days-to-signature",
        label=_("Délai médian jusqu’à la signature"),
        definition=_(
            "Médiane, sur les contrats de travail directs, des jours entre le dernier jour de l’édition et la "
            "signature ; zéro pour un contrat signé pendant l’édition."
        ),
        section=Section.CONTRACTS,
        unit=Unit.DAYS,
        basis=CONTRACTS,
        where=_where(TYPES[ContractKind.EMPLOYMENT], AttributionKind.DIRECT),
        by=("type", "membership", "sector"),
        column="signed_on",
        measure=_days_to_signature,
    ),
    Ratio(
        slug="positions-filled",
        label=_("Contrats par poste publié"),
        definition=_(
            "Contrats de travail signés directs, sur les postes publiés en contrat de travail : ni les stages ni les "
            "missions ne sont d’un côté ou de l’autre. Arrondi au dixième."
        ),
        section=Section.CONTRACTS,
        over="contracts",
        under="positions-employment",
    ),
    Given(
        slug="cost",
        label=_("Coût de l’édition"),
        definition=_(
            "Part du budget de l’action qui revient à l’édition, selon la clé de répartition écrite sur l’action : "
            "budget réalisé s’il est connu, prévisionnel sinon."
        ),
        section=Section.MONEY,
    ),
    Ratio(
        slug="cost-per-contract",
        label=_("Coût par contrat de travail"),
        definition=_("Coût de l’édition, sur ses contrats de travail directs. Arrondi au centime."),
        section=Section.MONEY,
        unit=Unit.EUROS,
        scale=1,
        places=2,
        over="cost",
        under="contracts",
    ),
)

from django.utils.translation import gettext_lazy as _

from candidates.enums import CONTRACT_KINDS, ContractKind
from forums.enums import ExhibitorState
from jobs.enums import OfferKind
from reports.indicators.bases import CLICKS, EXHIBITORS, PORTAL, SHOWN
from reports.indicators.dimensions import NO, YES
from reports.indicators.enums import Section
from reports.indicators.readings import Count, Indicator, Sum

OF_COMPANY = ("company", "membership", "sector", "size", "commune", "department", "region")
OF_OFFER = ("contract", "occupation", "job-department")
JOBS_ONCE = {"kind": (OfferKind.JOB,), "double": (NO,), "seen": (YES,)}
EMPLOYMENT = tuple(type_ for type_, kind in CONTRACT_KINDS.items() if kind == ContractKind.EMPLOYMENT)
ACCEPTED = {"state": (ExhibitorState.ACCEPTED,)}

INDICATORS: tuple[Indicator, ...] = (
    Sum(
        slug="positions",
        label=_("Postes publiés"),
        definition=_(
            "Somme des postes ouverts des offres d’emploi présentées par les exposants acceptés et que le public a pu "
            "voir, ne serait-ce qu’un moment, entre le jour où l’exposant l’a présentée et la fin de l’édition : une "
            "offre refusée, restée en brouillon ou présentée après l’édition ne compte pas. Une offre republiée ou "
            "présentée deux fois compte une fois. Les nombres sont ceux du jour de la clôture de l’édition."
        ),
        section=Section.OFFERS,
        headline=True,
        basis=SHOWN,
        where=JOBS_ONCE,
        by=(*OF_COMPANY, *OF_OFFER),
    ),
    Sum(
        slug="positions-employment",
        label=_("Postes en contrat de travail"),
        definition=_(
            "Parmi les postes publiés, ceux des offres qui proposent un contrat de travail : ni stage, ni mission "
            "d’indépendant, ni autre contrat."
        ),
        section=Section.OFFERS,
        basis=SHOWN,
        where={**JOBS_ONCE, "contract": EMPLOYMENT},
        by=(*OF_COMPANY, *OF_OFFER),
    ),
    Sum(
        slug="portal-positions",
        label=_("Postes du portail"),
        definition=_(
            "Somme des postes ouverts de toutes les offres d’emploi en ligne sur Medinjob pendant l’édition, "
            "présentées ou non, les doubles une fois. Dit à part : ce ne sont pas les postes du forum."
        ),
        section=Section.OFFERS,
        beside=True,
        basis=PORTAL,
        by=("source",),
    ),
    Count(
        slug="offers",
        label=_("Offres d’emploi présentées"),
        definition=_(
            "Offres d’emploi présentées par les exposants acceptés et vues du public avant la fin de l’édition, les "
            "doubles une fois."
        ),
        section=Section.OFFERS,
        basis=SHOWN,
        where=JOBS_ONCE,
        by=(*OF_COMPANY, *OF_OFFER),
    ),
    Count(
        slug="trainings",
        label=_("Formations présentées"),
        definition=_(
            "Formations présentées par les exposants acceptés et vues du public avant la fin de l’édition, les doubles "
            "une fois."
        ),
        section=Section.OFFERS,
        basis=SHOWN,
        where={"kind": (OfferKind.TRAINING,), "double": (NO,), "seen": (YES,)},
        by=OF_COMPANY,
    ),
    Count(
        slug="companies",
        label=_("Entreprises exposantes"),
        definition=_("Entreprises et organismes de formation dont la demande de stand est acceptée, chacun une fois."),
        section=Section.OFFERS,
        headline=True,
        basis=EXHIBITORS,
        where=ACCEPTED,
        by=OF_COMPANY[1:],
    ),
    Count(
        slug="stand-requests",
        label=_("Demandes de stand"),
        definition=_("Demandes de stand reçues, quel que soit leur état."),
        section=Section.OFFERS,
        basis=EXHIBITORS,
        by=("state",),
    ),
    Sum(
        slug="tables",
        label=_("Tables"),
        definition=_("Somme des tables des exposants acceptés."),
        section=Section.OFFERS,
        basis=EXHIBITORS,
        where=ACCEPTED,
        by=("company", "membership", "sector"),
    ),
    Sum(
        slug="external-clicks",
        label=_("Clics vers un autre site"),
        definition=_(
            "Clics sur « Postuler » des offres présentées qui se poursuivent sur un autre site, depuis le jour où "
            "l’offre est présentée jusqu’à la fin de la fenêtre d’attribution. Ce ne sont pas des candidatures."
        ),
        section=Section.OFFERS,
        beside=True,
        basis=CLICKS,
        where={"seen": (YES,)},
        by=(*OF_COMPANY, *OF_OFFER),
    ),
)

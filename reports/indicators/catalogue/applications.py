from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobs.enums import OfferKind
from reports.indicators.bases import APPLICATIONS
from reports.indicators.catalogue.offers import OF_COMPANY, OF_OFFER
from reports.indicators.dimensions import YES
from reports.indicators.enums import Phase, Section
from reports.indicators.readings import Count, Indicator, Ratio, Where

JOB: Where = {"kind": (OfferKind.JOB,), "seen": (YES,)}
BY = (*OF_COMPANY, *OF_OFFER, "channel")


def _count(slug: str, label: Promise, definition: Promise, *, headline: bool = False, **where: str) -> Count:
    """Applications to jobs that are `where`."""
    return Count(
        slug=slug,
        label=label,
        definition=definition,
        section=Section.APPLICATIONS,
        headline=headline,
        basis=APPLICATIONS,
        where={**JOB, **{name: (key,) for name, key in where.items()}},
        by=BY,
    )


INDICATORS: tuple[Indicator, ...] = (
    _count(
        "applications",
        _("Candidatures"),
        _(
            "Candidatures aux offres d’emploi présentées, envoyées depuis que l’offre est présentée et jusqu’à la fin "
            "de la fenêtre d’attribution, par tous les canaux. Les candidatures incomplètes comptent et sont dites à "
            "part ; les demandes d’information sur une formation n’en sont pas."
        ),
        headline=True,
    ),
    _count(
        "applications-before",
        _("Candidatures avant le forum"),
        _("Parmi les candidatures, celles envoyées avant le premier jour."),
        phase=Phase.BEFORE,
    ),
    _count(
        "applications-day",
        _("Candidatures le jour du forum"),
        _("Parmi les candidatures, celles envoyées du premier au dernier jour, sur place ou non."),
        phase=Phase.ON_THE_DAY,
    ),
    _count(
        "applications-after",
        _("Candidatures après le forum"),
        _("Parmi les candidatures, celles envoyées après le dernier jour et dans la fenêtre d’attribution."),
        phase=Phase.AFTER,
    ),
    _count(
        "applications-incomplete",
        _("Candidatures incomplètes"),
        _("Parmi les candidatures, celles qui attendent encore le CV de la personne."),
        incomplete=YES,
    ),
    _count(
        "interviews",
        _("Entretiens"),
        _("Candidatures pour lesquelles l’entreprise a proposé un entretien, quelle qu’en soit la suite."),
        interviewed=YES,
    ),
    _count(
        "interviews-signed",
        _("Entretiens suivis d’un contrat"),
        _("Candidatures avec entretien pour lesquelles un contrat est signé."),
        interviewed=YES,
        signed=YES,
    ),
    _count(
        "applications-signed",
        _("Candidatures suivies d’un contrat"),
        _("Candidatures pour lesquelles un contrat est signé, quel que soit son type."),
        signed=YES,
    ),
    Ratio(
        slug="interview-rate",
        label=_("De la candidature à l’entretien"),
        definition=_("Entretiens, sur les candidatures. Arrondi au dixième."),
        section=Section.APPLICATIONS,
        over="interviews",
        under="applications",
    ),
    Ratio(
        slug="signature-rate",
        label=_("De l’entretien au contrat"),
        definition=_("Entretiens suivis d’un contrat, sur les entretiens. Arrondi au dixième."),
        section=Section.APPLICATIONS,
        over="interviews-signed",
        under="interviews",
    ),
    Ratio(
        slug="application-rate",
        label=_("De la candidature au contrat"),
        definition=_("Candidatures suivies d’un contrat, sur les candidatures. Arrondi au dixième."),
        section=Section.APPLICATIONS,
        over="applications-signed",
        under="applications",
    ),
    Count(
        slug="training-requests",
        label=_("Demandes d’information sur une formation"),
        definition=_("Demandes d’information sur les formations présentées, sur la même période que les candidatures."),
        section=Section.APPLICATIONS,
        beside=True,
        basis=APPLICATIONS,
        where={"kind": (OfferKind.TRAINING,), "seen": (YES,)},
        by=(*OF_COMPANY, "phase", "channel"),
    ),
)

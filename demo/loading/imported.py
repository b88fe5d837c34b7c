"""A few offers as an import leaves them: an employer's name or none, an address at the source, a re-posted double."""

from collections.abc import Iterator
from dataclasses import replace

from demo.library import Firm, Role
from demo.loading.jobs import JobMaker
from demo.loading.rows import OfferRows
from demo.planning import plan_job
from jobs.enums import Flag, OfferState

_ABOUT = "Cette annonce fictive imite ce qu'une plateforme partenaire transmet."
_EMPLOYERS = ("Conserverie du Vieux Moulin", "Clinique des Tamaris", "", "Transports Restanco")
_HIRES = ("development", "support", "infrastructure", "telecoms", "marketing")
_COMMUNES = ("13055", "06088", "83137", "84007", "13001", "04070")
_IMPORTED = 16
_OTHER_TRADES = (
    (
        "G1602",
        "Cuisinier en collectivité (H/F)",
        ("Préparer 200 repas", "Tenir la cuisine propre", "Suivre les stocks"),
    ),
    ("A1203", "Agent d'entretien d'espaces verts (H/F)", ("Tailler", "Tondre", "Planter")),
)


def make_imported(maker: JobMaker) -> Iterator[OfferRows]:
    """Published ones, then some that wait because they are hardly digital."""
    for number in range(_IMPORTED):
        yield maker.make(plan_job(maker.rng, _firm(number)), OfferState.PUBLISHED)
    for number, (code, title, missions) in enumerate(_OTHER_TRADES):
        plan = plan_job(maker.rng, _firm(number))
        role = Role(
            code, "support", (title,), (), missions, ("Goût du travail en équipe", "Permis B"), (22, 26), 3, "none"
        )
        draft = maker.make(replace(plan, role=role, title=title), OfferState.IN_REVIEW)
        draft.offer.flags = [Flag.NOT_DIGITAL]
        yield draft


def make_double(maker: JobMaker, original: OfferRows) -> OfferRows:
    """The same offer, posted again at the source; to be linked to the one that is shown."""
    double = maker.make(plan_job(maker.rng, _firm(0)), OfferState.PUBLISHED)
    double.offer.title, double.offer.text = original.offer.title, original.offer.text
    double.offer.employer_name = original.offer.employer_name
    return double


def _firm(number: int) -> Firm:
    name = _EMPLOYERS[number % len(_EMPLOYERS)]
    return Firm(
        name=name and f"{name} (fictif)",
        commune=_COMMUNES[number % len(_COMMUNES)],
        size="",
        sectors=(),
        description=_ABOUT,
        weight=0,
        hires=_HIRES,
    )

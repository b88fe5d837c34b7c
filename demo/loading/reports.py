from datetime import datetime, timedelta
from random import Random

from demo.loading.people import People
from demo.loading.rows import OfferRows
from jobs.enums import OfferState, ReportReason, ReportState
from jobs.models import OfferReport

_WAITING = (
    (ReportReason.OUTDATED, "J'ai appelé : le poste est pourvu depuis deux semaines."),
    (ReportReason.DISGUISED_TRAINING, "Au téléphone on m'a proposé une formation payante."),
    (ReportReason.DISCRIMINATORY, "Le texte parle d'une « équipe jeune » et demande une photo."),
    (ReportReason.OTHER, "Le lieu de travail indiqué n'est pas celui de l'entretien."),
)
_UPHELD = "L'entreprise confirme que le poste n'existe plus ; l'offre est retirée."
_DISMISSED = "Le texte respecte la loi et le poste est ouvert ; l'entreprise a été prévenue."


def add_reports(rng: Random, drafts: list[OfferRows], people: People, now: datetime) -> None:
    """Some public offers wait for a decision, one report was dismissed, one led to a withdrawal."""
    public = [draft for draft in drafts if draft.offer.state == OfferState.PUBLISHED]
    *waiting, settled = rng.sample(public, len(_WAITING) + 1)
    for number, (draft, (reason, message)) in enumerate(zip(waiting, _WAITING, strict=True)):
        draft.reports = [
            OfferReport(
                offer=draft.offer,
                reason=reason,
                message=message,
                email=f"lectrice{number}@medinjob.example" if number % 2 else "",
                created_at=now - timedelta(hours=5 + 9 * number),
            )
        ]
    withdrawn = next(draft for draft in drafts if draft.offer.state == OfferState.WITHDRAWN)
    for draft, state, decision in (
        (settled, ReportState.DISMISSED, _DISMISSED),
        (withdrawn, ReportState.UPHELD, _UPHELD),
    ):
        draft.reports = [_decided(draft, state, decision, people, now)]


def _decided(draft: OfferRows, state: str, decision: str, people: People, now: datetime) -> OfferReport:
    return OfferReport(
        offer=draft.offer,
        reason=ReportReason.OUTDATED,
        message="Cette annonce est-elle encore d'actualité ?",
        email="lecteur@medinjob.example",
        state=state,
        decision=decision,
        decided_by=people.staff,
        created_at=now - timedelta(days=6),
        decided_at=now - timedelta(days=5),
    )

"""What the demo's candidates sent and how companies answered: moves that `candidates.transitions` allows, and rows that
the site could have written itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from candidates.enums import ANSWERED_STATES, AUTOMATIC_CLOSE_AFTER, OPEN_STATES, ApplicationState, Side
from candidates.enums import ApplicationAction as A
from candidates.models import (
    CV,
    Application,
    ApplicationEvent,
    ApplicationMessage,
    ApplicationNote,
    CandidateProfile,
    Contract,
    ContractCancellation,
)
from candidates.selectors.snapshots import frozen_profile
from candidates.transitions import TRANSITIONS
from demo.loading.people import RECRUITER, People
from jobs.enums import ApplyBy, OfferKind
from jobs.models import Offer

APPLICATIONS = 200
SETTLED = 2  # contracts: one is corrected, one cancelled
_OFFER_MADE = (A.SEE, A.SHORTLIST, A.INVITE, A.MAKE_OFFER)
# The ways of an application, in the proportions in which they happen.
_JOB_PATHS: tuple[tuple[A, ...], ...] = (
    (), (A.SEE,), (A.SEE, A.REFUSE), (A.SEE, A.SHORTLIST), (A.SEE, A.INVITE), (*_OFFER_MADE, A.HIRE),
    (), (A.SEE,), (A.SEE, A.REFUSE), (A.CLOSE,), (A.SEE, A.WITHDRAW), _OFFER_MADE,
    (*_OFFER_MADE, A.HIRE), (A.SEE, A.SHORTLIST, A.REFUSE), (A.SEE, A.REFUSE, A.REOPEN), (A.SEE, A.SHORTLIST, A.INVITE),
)  # fmt: skip
_REQUEST_PATHS: tuple[tuple[A, ...], ...] = ((), (A.SEE,), (A.SEE, A.INVITE), (A.SEE, A.REFUSE))
_SAID = {
    A.SHORTLIST: "Votre parcours nous intéresse : nous revenons vers vous cette semaine.",
    A.INVITE: "Pouvez-vous venir nous rencontrer mardi à 14 h ?",
    A.MAKE_OFFER: "Nous vous proposons le poste, aux conditions de l'annonce.",
    A.HIRE: "Bienvenue dans l'équipe !",
}
_REFUSAL = "Nous avons retenu une personne dont l'expérience est plus proche du poste. Merci de votre temps."
_MESSAGES = (
    "Votre offre correspond à ce que je cherche : je serais heureuse d'en parler avec vous.",
    "Je suis disponible rapidement, et je connais bien ces outils.",
    "Bonjour, mon CV est joint. Je peux venir vous rencontrer cette semaine.",
)
_NOTE = "Parcours clair ; à rappeler pour parler du télétravail."


@dataclass
class Rows:
    """What is written in bulk at the end."""

    applications: list[Application] = field(default_factory=list)
    events: list[ApplicationEvent] = field(default_factory=list)
    messages: list[ApplicationMessage] = field(default_factory=list)
    notes: list[ApplicationNote] = field(default_factory=list)

    def write(self) -> None:
        Application.objects.bulk_create(self.applications)
        ApplicationEvent.objects.bulk_create(sorted(self.events, key=lambda event: event.at))
        ApplicationMessage.objects.bulk_create(sorted(self.messages, key=lambda message: message.at))
        ApplicationNote.objects.bulk_create(self.notes)


def create_applications(rng: Random, profiles: list[CandidateProfile], people: People, now: datetime) -> None:
    """`APPLICATIONS` of them; the named candidate and the named recruiter's companies have several each."""
    rows = Rows()
    frozen = {profile.pk: frozen_profile(profile) for profile in profiles}
    files = {cv.owner_id: cv for cv in CV.objects.filter(owner__in=[profile.user_id for profile in profiles])}
    for profile, offer, path in _pairs(rng, profiles, people, now):
        application = _sent(rng, profile, offer, now, closed=A.CLOSE in path)
        application.profile, application.cv = frozen[profile.pk], files.get(profile.user_id)
        rows.applications.append(application)
        live(rows, application, path, people, now)
        if len(rows.applications) % 9 == 0:
            by = people.recruiters[application.company_id or 0][0]
            rows.notes.append(ApplicationNote(application=application, by=by, text=_NOTE, at=application.moved_at))
    rows.write()
    _sign(rows.applications, people)


def _pairs(
    rng: Random, profiles: list[CandidateProfile], people: People, now: datetime
) -> Iterator[tuple[CandidateProfile, Offer, tuple[A, ...]]]:
    """Nobody applies twice to one offer; a silence of two months needs an offer as old."""
    answered = Offer.objects.filter(apply_by=ApplyBy.HERE, company__isnull=False).select_related("company")
    visible = list(answered.visible().order_by("pk"))
    old = list(answered.filter(published_at__lt=now - AUTOMATIC_CLOSE_AFTER - timedelta(days=3)).order_by("pk"))
    own = [offer for offer in visible if any(user.email == RECRUITER for user in people.recruiters[offer.company_id])]
    used = set()
    number = 0
    while number < APPLICATIONS:
        profile = profiles[0] if number % 20 == 0 else profiles[number % len(profiles)]
        closed = A.CLOSE in _JOB_PATHS[number % len(_JOB_PATHS)]
        offer = rng.choice(old if closed else own if number % 4 == 0 else visible)
        if (profile.pk, offer.pk) in used or (closed and offer.kind == OfferKind.TRAINING):
            continue
        used.add((profile.pk, offer.pk))
        paths = _REQUEST_PATHS if offer.kind == OfferKind.TRAINING else _JOB_PATHS
        yield profile, offer, paths[(number + number // 20) % len(paths)] if not closed else (A.CLOSE,)
        number += 1


def _sent(rng: Random, profile: CandidateProfile, offer: Offer, now: datetime, *, closed: bool) -> Application:
    assert offer.published_at
    latest = now - AUTOMATIC_CLOSE_AFTER - timedelta(days=1) if closed else now - timedelta(hours=3)
    sent = offer.published_at + max(timedelta(minutes=5), latest - offer.published_at) * rng.random() * 0.9
    user = profile.user
    return Application(
        offer=offer, company=offer.company, candidate=user, name=user.name, email=user.email,
        message=rng.choice(_MESSAGES), sent_at=sent, moved_at=sent,
    )  # fmt: skip


def live(rows: Rows, application: Application, path: tuple[A, ...], people: People, now: datetime) -> None:
    """The moves, at even distances within three weeks; a silence ends after its sixty days."""
    recruiter: Any = people.recruiters[application.company_id or 0][0]
    actors = {Side.COMPANY: recruiter, Side.CANDIDATE: application.candidate, Side.SYSTEM: None}
    sent = application.sent_at
    rows.events.append(_event(application, A.SEND, "", Side.CANDIDATE, application.candidate, sent))
    end = min(now, sent + timedelta(days=21))
    for rank, action in enumerate(path, start=1):
        at = sent + (end - sent) * rank / (len(path) + 1)
        if action == A.CLOSE:
            at = sent + AUTOMATIC_CLOSE_AFTER + timedelta(hours=8)
            application.reminders, application.reminded_at = 3, at - timedelta(days=7)
        allowed, after, side = TRANSITIONS[action]
        assert application.state in allowed, (application.state, action)
        before, application.state = application.state, after
        rows.events.append(_event(application, action, before, side, actors[side], at))
        _stamp(application, side, at)
        application.refusal = _REFUSAL if after == ApplicationState.REFUSED else ""
        if action in _SAID and application.offer.kind == OfferKind.JOB:
            said = ApplicationMessage(application=application, side=side, by=recruiter, text=_SAID[action], at=at)
            rows.messages.append(said)


def _event(application: Application, action: A, before: str, side: Side, by: Any, at: datetime) -> ApplicationEvent:
    return ApplicationEvent(
        application=application, action=action, before=before, after=application.state, side=side, by=by, at=at
    )


def _stamp(application: Application, side: Side, at: datetime) -> None:
    application.moved_at = at
    if side == Side.COMPANY:
        application.seen_at = application.seen_at or at
    if application.state in ANSWERED_STATES:
        application.answered_at = application.answered_at or at
    application.closed_at = None if application.state in OPEN_STATES else at


def _sign(applications: list[Application], people: People) -> None:
    """Nine of ten that were hired have a contract; the last ones were corrected, or cancelled before they began."""
    hired = [row for row in applications if row.state == ApplicationState.HIRED]
    contracts = [contract_of(row, people) for row in hired[: len(hired) * 9 // 10]]
    Contract.objects.bulk_create(contracts)
    wrong, cancelled = contracts[-SETTLED:]
    right = contract_of(wrong.application, people)
    right.corrects, right.reason = wrong, "Le titre du poste était celui de l'annonce."
    right.job_title, right.declared_at = f"{wrong.job_title} (équipe produit)", wrong.declared_at + timedelta(hours=2)
    right.save()
    reason = "La personne a choisi une autre entreprise."
    ContractCancellation.objects.create(contract=cancelled, reason=reason, by=cancelled.declared_by)


def contract_of(application: Application, people: People) -> Contract:
    signed = timezone.localdate(application.moved_at)
    return Contract(
        application=application,
        type=application.offer.job.contract,
        job_title=application.offer.title[:200],
        signed_on=signed,
        starts_on=timezone.localdate() + timedelta(days=20),
        declared_side=Side.COMPANY,
        declared_by=people.recruiters[application.company_id or 0][0],
        declared_at=application.moved_at + timedelta(minutes=30),
    )

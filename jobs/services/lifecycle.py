"""The life of an offer. `_move` is the only writer of its state; the verbs below say what each step also writes.

The verbs take offers as they were loaded and bring them up to date. They raise `MoveError`, whose text is for the
screen, when a step is not possible from where an offer is, or when somebody has moved or edited it since it was
loaded; then nothing is written, for any of the offers.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.enums import CompanyState
from jobs.enums import JOB_LIFETIME, TAKE_BACK_WITHIN, Flag, OfferKind, OfferState
from jobs.flags import flags_of, is_sampled
from jobs.models import Offer, OfferEvent
from jobs.signals import offers_changed
from jobs.transitions import TAKEN_BACK, TRANSITIONS
from medinjob.lib.errors import MoveError
from medinjob.lib.state_machine import StateMachine, record


def submit(*, offer: Offer, by: Any) -> Offer:
    """The recruiter's door: a trusted company's offer is published at once, with its flags and a share of them marked
    for checking; any other goes to review with its company. So does one that was refused before, or that holds grave
    words, whoever posts it."""
    if offer.company is not None and offer.company.state == CompanyState.REFUSED:
        raise MoveError(_("Medinsoft a refusé cette entreprise : elle ne peut pas publier d'offres."))
    now = timezone.now()
    # The reason stays written until staff approve: taking a refused offer back to its draft is no way round them.
    refused_before = offer.state == OfferState.REJECTED or offer.reason != ""
    flags = flags_of(offer)
    if refused_before or Flag.GRAVE in flags or not is_trusted(offer):
        return _move([offer], "submit", by=by, submitted_at=now, flags=flags)[0]
    flags = [*flags, *([Flag.SAMPLED] if is_sampled(offer) else [])]
    return _move([offer], "publish", by=by, lifetime=True, submitted_at=now, published_at=now, flags=flags)[0]


def put_forward(*, offer: Offer, by: Any) -> Offer:
    """The main button of the posting page: submit what is not public yet, renew what has expired, leave the rest."""
    if offer.state == OfferState.EXPIRED:
        return renew(offers=[offer], by=by)[0]
    if offer.state not in (OfferState.DRAFT, OfferState.REJECTED):
        return offer
    if twin := Offer.objects.unchanged_twins(offer).first():
        raise MoveError(TWIN % {"number": twin.pk})
    return submit(offer=offer, by=by)


TWIN = gettext_lazy(
    "La même offre est déjà en ligne ou en relecture (n° %(number)s) : modifiez celle-ci, ou augmentez ses postes."
)


def unsubmit(*, offers: Sequence[Offer], by: Any) -> list[Offer]:
    """Taken back from review by their recruiter; what they were refused for stays written."""
    return _move(offers, "unsubmit", by=by)


def publish(*, offers: Sequence[Offer], by: Any) -> list[Offer]:
    """Staff's approval: the flags have been seen."""
    return _move(offers, "publish", by=by, reason="", lifetime=True, published_at=timezone.now(), flags=[])


def reject(*, offers: Sequence[Offer], by: Any, reason: str) -> list[Offer]:
    """`reason` is shown to the recruiter and may not be empty."""
    return _move(offers, "reject", by=by, reason=reason)


def review_again(*, offer: Offer, by: Any) -> Offer:
    """For an offer that has been public and was edited, by a company that is not trusted (any more) or with grave
    words that nobody has read."""
    return _move([offer], "review_again", by=by, submitted_at=timezone.now(), flags=flags_of(offer))[0]


def pause(*, offers: Sequence[Offer], by: Any) -> list[Offer]:
    return _move(offers, "pause", by=by)


def resume(*, offers: Sequence[Offer], by: Any) -> list[Offer]:
    """Back from a pause, with the expiry they had."""
    if any(offer.expires_at and offer.expires_at <= timezone.now() for offer in offers):
        raise MoveError(_("Une offre arrivée à échéance pendant sa pause se renouvelle : choisissez « Renouveler »."))
    return _move(offers, "resume", by=by)


def renew(*, offers: Sequence[Offer], by: Any) -> list[Offer]:
    """A new lifetime from now; `published_at` stays, since the offers are not new ones."""
    return _move(offers, "renew", by=by, lifetime=True)


def fill(*, offers: Sequence[Offer], by: Any) -> list[Offer]:
    return _move(offers, "fill", by=by)


def take_back(*, offers: Sequence[Offer], by: Any) -> list[Offer]:
    """A company undoes, within `TAKE_BACK_WITHIN`, what it marked as filled or withdrew: each offer goes back to where
    it came from."""
    before = takes_back(offers)
    if any(offer.pk not in before for offer in offers):
        raise MoveError(_("C'est trop tard pour annuler, ou c'est déjà fait : rechargez la page."))
    groups: dict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        groups[before[offer.pk]].append(offer)
    with transaction.atomic():
        for state, group in groups.items():
            _MACHINE.change(group, "undo", after=state, event={"by": by})
    return list(offers)


def takes_back(offers: Sequence[Offer]) -> dict[int, str]:
    """Offers whose last event is a closing by a member, young enough to be undone → the state that it left."""
    closed = [offer for offer in offers if offer.state in (OfferState.FILLED, OfferState.WITHDRAWN)]
    last = dict(
        OfferEvent.objects.filter(offer__in=closed).values("offer").annotate(l=Max("id")).values_list("offer", "l")
    )
    young = OfferEvent.objects.filter(
        pk__in=last.values(), action__in=TAKEN_BACK, at__gt=timezone.now() - TAKE_BACK_WITHIN
    )
    # By a member: what staff withdrew is theirs to restore.
    ours = young.filter(by__memberships__company=F("offer__company"), after=F("offer__state"))
    return dict(ours.values_list("offer", "before"))


def expire(*, offers: Sequence[Offer]) -> list[Offer]:
    return _move(offers, "expire", by=None)


def withdraw(*, offers: Sequence[Offer], by: Any, reason: str = "") -> list[Offer]:
    return _move(offers, "withdraw", by=by, reason=reason)


def restore(*, offer: Offer, by: Any) -> Offer:
    """Staff bring back what was withdrawn: published anew if it once was public, else a draft."""
    if offer.published_at is None:
        return _move([offer], "reopen", by=by, reason="")[0]
    return _move([offer], "restore", by=by, reason="", lifetime=True)[0]


def bring_back(*, offers: Sequence[Offer]) -> None:
    """Imported offers that their source shows again after it had withdrawn them: to the public, or to review those that
    nobody has approved yet."""
    approved = [offer for offer in offers if offer.published_at is not None]
    waiting = [offer for offer in offers if offer.published_at is None]
    with transaction.atomic():
        if approved:
            _move(approved, "restore", by=None, reason="", lifetime=True)
        if waiting:
            _move(waiting, "return", by=None, reason="", submitted_at=timezone.now())


def mark_checked(*, offers: Sequence[Offer], by: Any) -> None:
    """Staff have read offers that had been published at once: their flags fall."""
    with transaction.atomic():
        Offer.objects.filter(pk__in=[offer.pk for offer in offers]).update(flags=[])
        record(offers, "check", by=by)


def is_trusted(offer: Offer) -> bool:
    return offer.company is not None and offer.company.state == CompanyState.TRUSTED


def expiry(offer: Offer, now: datetime) -> datetime:
    """Sixty days from `now`; for a training with sessions, the end of the day on which the last one ends."""
    days = [session.ends_on for session in offer.sessions.all()] if offer.kind == OfferKind.TRAINING else []
    if not days:
        return now + JOB_LIFETIME
    over = timezone.make_aware(datetime.combine(max(days) + timedelta(days=1), time.min))
    if over <= now:
        raise MoveError(_("La dernière session de cette formation est passée : ajoutez-en une d'abord."))
    return over


def _move(
    offers: Sequence[Offer], action: str, *, by: Any, reason: str | None = None, lifetime: bool = False, **changes: Any
) -> list[Offer]:
    """`reason` None leaves the offer's as it is; `lifetime` starts a new one."""
    now = timezone.now()
    changes |= {} if reason is None else {"reason": reason}
    _MACHINE.move(
        offers,
        action,
        event={"by": by, "reason": reason or ""},
        changes=changes,
        own=(lambda offer: {"expires_at": expiry(offer, now)}) if lifetime else None,
    )
    return list(offers)


def _announce(offers: Sequence[Offer]) -> None:
    offers_changed.send(sender=Offer, ids=[offer.pk for offer in offers])


def _refusal(offer: Offer) -> str:
    state = OfferState(offer.state).label
    return _("« %(title)s » est dans l'état « %(state)s » : ce n'est plus possible.") % {
        "title": offer.title,
        "state": state,
    }


_MACHINE = StateMachine(
    TRANSITIONS,
    refusal=_refusal,
    overtaken=gettext_lazy("Quelqu'un vient de modifier cette offre : rechargez la page pour voir où elle en est."),
    # The version too, so that nobody approves a text that was edited after they read it.
    guards=("state", "version"),
    announce=_announce,
)

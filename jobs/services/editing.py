"""What people write of an offer: drafts, edits under an optimistic lock, copies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from companies.models import Company
from jobs.enums import ContractType, Flag, OfferKind, OfferState
from jobs.flags import flags_of, graves_of
from jobs.models import JobDetails, Offer, OfferEvent, OfferPlace, TrainingDetails, TrainingSession
from jobs.services import lifecycle
from jobs.signals import offers_changed
from medinjob.lib.errors import MoveError
from medinjob.lib.money import MONTHS_A_YEAR, yearly
from medinjob.lib.optimistic_lock import write_over
from medinjob.lib.pay_grammar import paid_months

EDITABLE_STATES = frozenset(
    {
        OfferState.DRAFT,
        OfferState.IN_REVIEW,
        OfferState.PUBLISHED,
        OfferState.PAUSED,
        OfferState.REJECTED,
        OfferState.EXPIRED,
    }
)
PUBLIC_STATES = frozenset({OfferState.PUBLISHED, OfferState.PAUSED})
# One click brings an expired offer back: what is written in it meanwhile is read like an edit of a public one.
REVIEWED_STATES = PUBLIC_STATES | {OfferState.EXPIRED}

NEVER_PUBLIC = Q(state=OfferState.DRAFT, published_at=None)


@dataclass(frozen=True, slots=True)
class Content:
    """What a person may write of an offer, already clean. None for a relation leaves it as it is.

    `fields` are columns of Offer, `details` of JobDetails or TrainingDetails; `places` and `sessions` hold the columns
    of their rows; occupations, skills and sectors are primary keys.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    places: Sequence[Mapping[str, Any]] | None = None
    sessions: Sequence[Mapping[str, Any]] | None = None
    occupations: Sequence[Any] | None = None
    skills: Sequence[Any] | None = None
    sectors: Sequence[Any] | None = None


@transaction.atomic
def create_draft(*, company: Company, kind: str, content: Content, by: Any) -> Offer:
    """A draft with whatever is known; a title and a contract may come later."""
    offer = Offer.objects.create(company=company, kind=kind, author=by, **content.fields)
    if kind == OfferKind.JOB:
        JobDetails.objects.create(offer=offer, **{"contract": ContractType.CDI, **with_yearly_pay(content.details)})
    else:
        TrainingDetails.objects.create(offer=offer, **content.details)
    _write_relations(offer, content)
    return offer


@transaction.atomic
def update(*, offer: Offer, content: Content, version: int, changed: Sequence[str], by: Any) -> Offer:
    """Write what was typed over version `version`, the one that was read; `changed` names what is different.

    A public offer's edit is an event, and sends the offer back to review if its company is not trusted or if the edit
    brings grave words. Raises
    `EditConflictError` when it has another version by now, or has been closed.
    """
    if not changed:
        return offer
    known_flags, known_graves = flags_of(offer), graves_of(offer)  # as it was: read before the words change
    now = timezone.now()
    rows = Offer.objects.filter(pk=offer.pk, state__in=EDITABLE_STATES)
    write_over(rows, version, {"updated_at": now, **content.fields}, conflict="")
    _write_details(offer, content)
    _write_relations(offer, content)
    # Loaded anew: the details in memory are those of before.
    edited = Offer.objects.select_related("company", "job", "training").get(pk=offer.pk)
    if edited.state != OfferState.DRAFT:
        _record_edit(edited, changed, by)
        _follow_up(edited, known_flags, now)
        if edited.state in REVIEWED_STATES and (graves_of(edited) - known_graves or not lifecycle.is_trusted(edited)):
            lifecycle.review_again(offer=edited, by=by)
        else:
            offers_changed.send(sender=Offer, ids=[edited.pk])
    return edited


def copy(*, offer: Offer, by: Any) -> Offer:
    """A draft with the same content, to be published as an offer of its own; sessions that have begun stay behind."""
    today = timezone.localdate()
    assert offer.company is not None, "an imported offer has no company to post for"
    return create_draft(company=offer.company, kind=offer.kind, content=_content_of(offer, sessions_from=today), by=by)


def _record_edit(offer: Offer, changed: Sequence[str], by: Any) -> None:
    names = ", ".join(changed)
    OfferEvent.objects.create(offer=offer, action="edit", before=offer.state, after=offer.state, by=by, reason=names)


def _follow_up(offer: Offer, known_flags: Sequence[str], now: datetime) -> None:
    """What an edit of more than a draft entails: flags for what is new, the end of a training."""
    offer.flags = _flags_after(offer, known_flags)
    if offer.state in PUBLIC_STATES and offer.sessions.exists():
        offer.expires_at = lifecycle.expiry(offer, now)
    Offer.objects.filter(pk=offer.pk).update(flags=offer.flags, expires_at=offer.expires_at)


def _flags_after(offer: Offer, known: Sequence[str]) -> list[str]:
    """What staff have seen and cleared does not come back by a comma; what is new, or still waits, is shown."""
    current = flags_of(offer)
    waiting = [flag for flag in offer.flags if flag in current or flag in (Flag.SAMPLED, Flag.NOT_DIGITAL)]
    return waiting + [flag for flag in current if flag not in known and flag not in waiting]


def _write_details(offer: Offer, content: Content) -> None:
    if not content.details:
        return
    if offer.kind == OfferKind.JOB:
        JobDetails.objects.filter(offer=offer).update(**with_yearly_pay(content.details))
    else:
        TrainingDetails.objects.filter(offer=offer).update(**content.details)


def with_yearly_pay(details: Mapping[str, Any]) -> dict[str, Any]:
    """Also what it is by year, with the thirteenth month that the note promises."""
    if "pay_min" not in details:
        return dict(details)
    unit, ends = details["pay_unit"], ("min", "max")
    months = paid_months(details.get("pay_text", "")) or MONTHS_A_YEAR
    amounts = {end: details[f"pay_{end}"] for end in ends}
    years = {f"pay_yearly_{end}": None if (low := amounts[end]) is None else yearly(low, unit, months) for end in ends}
    return {**details, **years}


def _write_relations(offer: Offer, content: Content) -> None:
    for name in ("occupations", "skills", "sectors"):
        if (wanted := getattr(content, name)) is not None:
            getattr(offer, name).set(wanted)
    if content.places is not None:
        offer.places.all().delete()
        OfferPlace.objects.bulk_create(OfferPlace(offer=offer, **place) for place in content.places)
    if content.sessions is not None:
        _write_sessions(offer, content.sessions)


def _write_sessions(offer: Offer, wanted: Sequence[Mapping[str, Any]]) -> None:
    """A session that has an `id` of this offer stays the same row; one that is no longer given goes."""
    known = set(offer.sessions.values_list("pk", flat=True))
    # A posted id is anybody's guess: only those of this offer count.
    kept = known & {session.get("id") for session in wanted}
    offer.sessions.exclude(pk__in=kept).delete()
    rows = [
        TrainingSession(**{**row, "id": row.get("id") if row.get("id") in kept else None}, offer=offer)
        for row in wanted
    ]
    columns = ["starts_on", "ends_on", "commune", "modality", "places_left"]
    TrainingSession.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=columns)


def _content_of(offer: Offer, sessions_from: date) -> Content:
    details = offer.job if offer.kind == OfferKind.JOB else offer.training
    sessions = offer.sessions.filter(starts_on__gte=sessions_from)
    return Content(
        fields={name: getattr(offer, name) for name in ("title", "text", "other_skills", "apply_by", "apply_url")},
        details=_columns(details, without=("offer",)),
        places=[_columns(place, without=("id", "offer")) for place in offer.places.select_related("commune")],
        sessions=[_columns(s, without=("id", "offer")) for s in sessions.select_related("commune")],
        occupations=list(offer.occupations.all()),
        skills=list(offer.skills.all()),
        sectors=list(offer.sectors.all()),
    )


def _columns(row: Model, without: Sequence[str]) -> dict[str, Any]:
    return {f.name: getattr(row, f.name) for f in row._meta.concrete_fields if f.name not in without}


@transaction.atomic
def delete_draft(*, offer: Offer) -> None:
    """With all that hangs on it; raises `MoveError` if it is no draft any more, or has once been public."""
    still = Offer.objects.select_for_update(no_key=True).filter(NEVER_PUBLIC, pk=offer.pk).first()
    if still is None:
        raise MoveError(_("Ce n'est plus un brouillon : rechargez la page pour voir où en est cette offre."))
    still.delete()

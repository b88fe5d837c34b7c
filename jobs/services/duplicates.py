"""Re-posted offers: one is shown, the others are hidden behind it and lend it their places.

The first that came stays shown as long as it is open, so that its address does not change. What staff refused or
withdrew still stands for its re-posts, which therefore stay hidden.
"""

from collections.abc import Collection, Iterable, Mapping

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from jobs.enums import OfferState
from jobs.models import Offer, OfferEvent, OfferPlace
from jobs.services import lifecycle
from jobs.signals import offers_changed

SOURCE_GONE = "Absente du fichier de la source."
"""The reason of a withdrawal by an import: such an offer comes back when its source shows it again."""

BATCH = 200


def gone(prefix: str = "") -> Q:
    """Offers that no longer stand for their re-posts; `prefix` is a path to them, such as "duplicate_of__"."""
    ended = Q(**{f"{prefix}state": OfferState.EXPIRED})
    return ended | Q(**{f"{prefix}state": OfferState.WITHDRAWN, f"{prefix}reason": SOURCE_GONE})


def running(prefix: str = "") -> Q:
    """Offers that are public or may become so."""
    public = Q(**{f"{prefix}state": OfferState.PUBLISHED, f"{prefix}expires_at__gt": timezone.now()})
    return public | Q(**{f"{prefix}state": OfferState.IN_REVIEW})


@transaction.atomic
def hide(*, behind: Mapping[int, int]) -> None:
    """Hide each key behind its value, and announce both. The doubles of a newly hidden offer follow it."""
    if not behind:
        return
    known = Offer.objects.filter(Q(pk__in=behind) | Q(duplicate_of__in=behind)).values_list("pk", "duplicate_of__pk")
    heads = {pk: behind.get(pk) or behind[head] for pk, head in known}
    with connection.cursor() as cursor:  # bulk_update would write one CASE of them all
        cursor.executemany(
            "UPDATE jobs_offer SET duplicate_of_id = %s WHERE id = %s", [(head, pk) for pk, head in heads.items()]
        )
    share_places(shown=set(behind.values()))
    _announce({*heads, *behind.values()})


@transaction.atomic
def show(*, ids: Collection[int]) -> None:
    """Offers that are no longer doubles of another."""
    if not ids:
        return
    doubles = Offer.objects.filter(pk__in=ids, duplicate_of__isnull=False)
    heads = set(doubles.values_list("duplicate_of__pk", flat=True))
    doubles.update(duplicate_of=None)
    share_places(shown=heads)
    _announce({*ids, *heads})


@transaction.atomic
def share_places(*, shown: Collection[int]) -> None:
    """Give each shown offer, besides its own places, the communes of its running doubles."""
    OfferPlace.objects.filter(offer__in=shown, copied_from__isnull=False).delete()
    known: set[tuple[int | None, str | None]] = set(
        OfferPlace.objects.filter(offer__in=shown).values_list("offer_id", "commune_id")
    )
    lent = OfferPlace.objects.filter(
        running("offer__"), offer__duplicate_of__in=shown, commune__isnull=False, copied_from__isnull=True
    )
    copies = []
    for place in lent.annotate(head=F("offer__duplicate_of")).order_by("id"):
        if (place.head, place.commune_id) not in known:
            known.add((place.head, place.commune_id))
            copies.append(_copy(place, place.head))
    OfferPlace.objects.bulk_create(copies)


@transaction.atomic
def refresh(*, edited: Collection[int]) -> None:
    """Lend again what the edited offers, and the doubles of edited offers, have to lend; announce who shows it."""
    groups = Offer.objects.filter(Q(pk__in=edited) | Q(duplicates__in=edited), duplicates__isnull=False)
    heads = set(groups.values_list("pk", flat=True))
    if heads:
        share_places(shown=heads)
        _announce(heads)


def settle() -> int:
    """What follows when time or a source has closed offers: the oldest running double of one that was shown is shown in
    its place, and a closed double's places leave the one that is shown. How many doubles were promoted."""
    orphans = Offer.objects.filter(running(), gone("duplicate_of__")).order_by("duplicate_of__pk")
    promoted = 0
    while heads := list(orphans.values_list("duplicate_of__pk", flat=True).distinct()[:BATCH]):
        promoted += _promote(heads)
    stale = OfferPlace.objects.filter(copied_from__isnull=False).exclude(running("copied_from__"))
    refresh(edited=set(stale.values_list("offer_id", flat=True)))
    return promoted


@transaction.atomic
def _promote(gone_heads: Collection[int]) -> int:
    doubles = Offer.objects.filter(running(), duplicate_of__in=gone_heads).select_related("duplicate_of")
    heirs: dict[int, Offer] = {}
    for offer in doubles.order_by("id"):
        assert offer.duplicate_of_id is not None
        heirs.setdefault(offer.duplicate_of_id, offer)
    approved = [
        heir for heir in heirs.values() if heir.state == OfferState.IN_REVIEW and _was_public(heir.duplicate_of)
    ]
    OfferEvent.objects.bulk_create(
        OfferEvent(offer=heir, action="promote", before=heir.state, after=heir.state) for heir in heirs.values()
    )
    followers = Offer.objects.filter(duplicate_of__in=gone_heads).exclude(pk__in=[heir.pk for heir in heirs.values()])
    behind = {pk: heirs[head].pk for pk, head in followers.values_list("pk", "duplicate_of") if head in heirs}
    show(ids=[heir.pk for heir in heirs.values()])
    hide(behind=behind)
    lifecycle.publish(offers=approved, by=None)
    return len(heirs)


def _was_public(offer: Offer | None) -> bool:
    """Then its doubles need no moderator's look either: it is the same offer."""
    return offer is not None and offer.published_at is not None


def _copy(place: OfferPlace, head: int) -> OfferPlace:
    return OfferPlace(
        offer_id=head,
        copied_from_id=place.offer_id,
        commune_id=place.commune_id,
        label=place.label,
        postcode=place.postcode,
        department=place.department,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _announce(ids: Iterable[int]) -> None:
    offers_changed.send(sender=Offer, ids=sorted(ids))

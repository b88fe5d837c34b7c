"""Among offers just written, which are re-posts, and of which."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Q

from jobs.enums import OfferState
from jobs.imports.similarity import Posting, fingerprints, is_same_job
from jobs.models import Offer, OfferFingerprint, OfferPlace
from jobs.services import duplicates


def review(*, arrived: Mapping[int, Sequence[int]], edited: Collection[int]) -> None:
    """Bring the hiding of re-posts up to date. `arrived` are the offers new to the public, or changed, with their
    fingerprints; those among them that were known before are `edited` too."""
    if edited:
        duplicates.refresh(edited=edited)
    freed = _no_longer_doubles(edited)
    duplicates.show(ids=freed)
    hidden = set(Offer.objects.filter(pk__in=edited, duplicate_of__isnull=False).values_list("pk", flat=True))
    known = {pk: keys for pk, keys in arrived.items() if pk not in hidden}
    duplicates.hide(behind=_behind({**_fingerprints(freed.difference(known)), **known}))


def _no_longer_doubles(edited: Collection[int]) -> set[int]:
    """Doubles that an edit of theirs or of the offer shown has set apart."""
    if not edited:
        return set()
    links = Offer.objects.filter(Q(pk__in=edited) | Q(duplicate_of__in=edited), duplicate_of__isnull=False)
    pairs: list[tuple[int, int]] = list(links.values_list("pk", "duplicate_of__pk"))
    postings = _postings({pk for pair in pairs for pk in pair})
    return {double for double, head in pairs if not is_same_job(postings[head], postings[double])}


def _fingerprints(offers: Iterable[int]) -> dict[int, Sequence[int]]:
    known = Offer.objects.filter(pk__in=set(offers)).values_list("pk", "title", "text")
    return {pk: fingerprints(title, text) for pk, title, text in known}


def _behind(arrived: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """arrived offer → the offer to hide it behind: the oldest that was there already, or arrived before."""
    pairs = _pairs(arrived)
    postings = _postings({pk for pair in pairs.items() for pk in (pair[0], *pair[1])})
    behind: dict[int, int] = {}
    for arrival in sorted(pairs):
        for other in sorted(pairs[arrival]):
            later = other in arrived and other > arrival
            if not later and other not in behind and is_same_job(postings[other], postings[arrival]):
                behind[arrival] = other
                break
    return behind


def _pairs(arrived: Mapping[int, Sequence[int]]) -> dict[int, set[int]]:
    """For each arrival the shown offers that share a fingerprint with it."""
    keys = {key for each in arrived.values() for key in each}
    standing = Q(offer__state__in=(OfferState.PAUSED, OfferState.REJECTED)) | duplicates.running("offer__")
    withdrawn = Q(offer__state=OfferState.WITHDRAWN) & ~duplicates.gone("offer__")
    rows = OfferFingerprint.objects.filter(standing | withdrawn, key__in=keys, offer__duplicate_of__isnull=True)
    holders = defaultdict(set)
    for key, offer in rows.values_list("key", "offer"):
        holders[key].add(offer)
    pairs = {pk: {other for key in each for other in holders[key]} - {pk} for pk, each in arrived.items()}
    return {pk: others for pk, others in pairs.items() if others}


def _postings(ids: Collection[int]) -> dict[int, Posting]:
    if not ids:
        return {}
    communes: dict[int, set[str]] = defaultdict(set)
    departments: dict[int, set[str]] = defaultdict(set)
    places = OfferPlace.objects.filter(offer__in=ids, copied_from__isnull=True).order_by()
    for offer, commune, department in places.values_list("offer", "commune", "department"):
        communes[offer].update([commune] if commune else [])
        departments[offer].update([department] if department else [])
    offers = Offer.objects.filter(pk__in=ids).order_by()
    return {
        pk: Posting(pk, title, employer, contract, text, frozenset(communes[pk]), frozenset(departments[pk]))
        for pk, title, employer, contract, text in offers.values_list(
            "pk", "title", "employer_name", "job__contract", "text"
        )
    }

"""The search when the engine is away: the database searches words in titles and names, without facets or highlights."""

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from jobs.models import Offer, OfferPlace
from medinjob.lib.geo import KM_PER_DEGREE
from referentials.enums import PlaceLevel
from search.analysis.analyzer import normal, tokens
from search.criteria import DEFAULT_RADIUS, Length, SearchCriteria, Sort, WorkingTime
from search.documents.builder import build_card
from search.documents.card import to_json
from search.documents.eligibility import searchable_offers
from search.documents.sources import load_offers
from search.engines.base import EngineHit
from search.query.exclusions import read_wanted
from search.query.places import ResolvedPlace, communes_in, departments_in, is_everywhere
from search.service.results import MAX_DEPTH, Hit
from search.service.results_builder import hits_of

# The criteria that the database can filter by; finer criteria of trainings are ignored here.
LOOKUPS = {
    "kind": "kind__in",
    "contract": "job__contract__in",
    "remote": "job__remote__in",
    "experience": "job__experience__in",
    "level": "job__level__in",
    "company": "company__slug__in",
}
# An offer may have several of these: a join would find it several times.
SEVERAL = {"sector": "sectors__in", "collection": "collections__slug__in", "modality": "sessions__modality__in"}
_PART = Q(job__working_time__icontains="partiel") | Q(job__working_time__icontains="mi-temps")
_SAID = Q(job__isnull=False) & ~Q(job__working_time="")
TIMES = {WorkingTime.PART: _PART, WorkingTime.FULL: _SAID & ~_PART}
LENGTHS = {
    Length.SHORT: Q(job__contract_months__lte=3),
    Length.MEDIUM: Q(job__contract_months__range=(4, 11)),
    Length.LONG: Q(job__contract_months__gte=12),
}
MAX_WORDS = 6


def search(
    criteria: SearchCriteria, places: tuple[ResolvedPlace, ...], *, size: int, left_out: Collection[int] = ()
) -> tuple[tuple[Hit, ...], int]:
    """The offers that fit, the best paid or the newest first, and how many there are."""
    offers = _matching(criteria, places).exclude(pk__in=left_out)
    pay = Coalesce("job__pay_yearly_max", "job__pay_yearly_min").desc(nulls_last=True)
    order = [pay] if criteria.sort == Sort.PAY else []
    first = offers.order_by(*order, "-published_at", "-id").values_list("pk", flat=True)
    # One query gives the page and, except for very wide searches, the total.
    first_ids = list(first[:MAX_DEPTH])
    total = len(first_ids) if len(first_ids) < MAX_DEPTH else offers.count()
    ids = first_ids[(criteria.page - 1) * size :][:size]
    hits = {
        offer.id: EngineHit(to_json(build_card(offer)), "") for offer in load_offers(Offer.objects.filter(pk__in=ids))
    }
    return hits_of((hits[pk] for pk in ids), places=places), total


def _matching(criteria: SearchCriteria, places: tuple[ResolvedPlace, ...]) -> QuerySet[Offer]:
    offers = searchable_offers()
    for name, lookup in LOOKUPS.items():
        if values := getattr(criteria, name):
            offers = offers.filter(**{lookup: values})
    for name, lookup in SEVERAL.items():
        if values := getattr(criteria, name):
            offers = offers.filter(Exists(Offer.objects.filter(pk=OuterRef("pk"), **{lookup: values})))
    offers = offers.filter(_of_contract(criteria)).exclude(company__slug__in=criteria.not_company)
    wanted = read_wanted(criteria.q)
    for word in _words(wanted.text):
        offers = offers.filter(_says(word, "title", "employer_name", "company__name"))
    for word in wanted.excluded:
        offers = offers.exclude(_says(word, "title", "employer_name", "text"))
    if criteria.pay_min is not None:
        offers = offers.filter(
            Q(job__pay_yearly_max__gte=criteria.pay_min) | Q(job__pay_yearly_min__gte=criteria.pay_min)
        )
    if earliest := criteria.published_from:
        offers = offers.filter(published_at__gte=earliest)
    if not is_everywhere(places):
        where = reduce(or_, (_where(place, criteria.radius) for place in places))
        offers = offers.filter(Exists(OfferPlace.objects.filter(where, offer=OuterRef("pk"))))
    return offers


def _of_contract(criteria: SearchCriteria) -> Q:
    """Length and working time; the language of an offer is known to the index only."""
    wanted = Q()
    if criteria.length:
        wanted &= reduce(or_, (LENGTHS[length] for length in criteria.length))
    if criteria.time:
        wanted &= reduce(or_, (TIMES[time] for time in criteria.time))
    return wanted


def _says(word: str, *fields: str) -> Q:
    return reduce(or_, (Q(**{f"{name}__icontains": word}) for name in fields))


def _words(text: str) -> list[str]:
    """The words without the ending that their forms change ("développeuse" → "développe")."""
    text = normal(text)
    words = [text[token.start : token.end] for token in tokens(text)][:MAX_WORDS]
    return [word[:-3] if len(word) > 8 else word[:-1] if len(word) > 5 else word for word in words]


def _where(place: ResolvedPlace, radius: int | None) -> Q:
    """The condition on an offer's places: départements and areas by their codes, a circle by the square around it."""
    if place.kind != PlaceLevel.COMMUNE:
        return Q(department__in=departments_in((place,))) | Q(commune__in=communes_in((place,)))
    if radius == 0:
        return Q(commune=place.code)
    north = (radius or DEFAULT_RADIUS) / KM_PER_DEGREE
    east = north * 1.4
    return Q(
        latitude__range=(place.latitude - north, place.latitude + north),
        longitude__range=(place.longitude - east, place.longitude + east),
    )

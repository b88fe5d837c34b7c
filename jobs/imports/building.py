"""From a parsed offer to the rows that the bulk door writes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from companies.models import Company
from jobs.enums import JOB_LIFETIME, ApplyBy, Flag, OfferKind, OfferSource, OfferState
from jobs.grave_words import grave_words
from jobs.imports.digital import is_digital, title_contradicts
from jobs.imports.parsed import ParsedOffer
from jobs.imports.places import Spot
from jobs.imports.similarity import fingerprints
from jobs.models import JobDetails, Offer, OfferPlace
from jobs.services.bulk import OfferEntry
from referentials.models import Occupation, Sector
from referentials.selectors import SkillIndex
from referentials.selectors.occupations import occupation_index

MOST_SKILLS = 30
MOST_OTHER_SKILLS = 20
# Temporary work agencies recruit for other sectors than theirs.
_AGENCIES = "78"


class Builder:
    """Holds the referentials and the names of companies in memory for the time of an import (a few queries)."""

    def __init__(self, source: OfferSource) -> None:
        self.source = source
        self.skills = SkillIndex.load()
        self._match = lru_cache(maxsize=20_000)(self.skills.match)
        occupations = dict(Occupation.objects.values_list("code", "digital"))
        self.occupations = frozenset(occupations)
        self.names: dict[str, list[str]] = defaultdict(list)
        for name, code in occupation_index().codes.items():
            self.names[code].append(name)
        self.digital = frozenset(code for code, digital in occupations.items() if digital)
        known: Any = Company.objects.visible().exclude(siret=None).values_list("siret", "name")
        self.employers: dict[str, str] = dict(known)
        sectors = Sector.objects.filter(active=True).values_list("slug", "naf_prefixes")
        self.sectors = {prefix: slug for slug, prefixes in sectors for prefix in prefixes}

    def fresh(self, parsed: ParsedOffer, now: datetime) -> Offer:
        """A new offer, published at once unless a moderator has to look at it."""
        offer = Offer(
            kind=OfferKind.JOB, source=self.source, source_id=parsed.source_id, submitted_at=now, created_at=now
        )
        offer.flags = self.flags(parsed)
        offer.state = OfferState.IN_REVIEW if offer.flags else OfferState.PUBLISHED
        if offer.state == OfferState.PUBLISHED:
            offer.published_at, offer.expires_at = now, now + JOB_LIFETIME
        return offer

    def flags(self, parsed: ParsedOffer) -> list[str]:
        found = {
            Flag.NOT_DIGITAL: not is_digital(parsed.title, parsed.text, parsed.occupation_code, self.digital),
            Flag.GRAVE: bool(grave_words(f"{parsed.title}\n{parsed.text}")),
        }
        return [str(flag) for flag, holds in found.items() if holds]

    def entry(self, offer: Offer, parsed: ParsedOffer, spot: Spot, now: datetime) -> OfferEntry:
        """`offer`, new or known, with the content of `parsed`."""
        named = {label: self._match(label) for label in parsed.skills}
        skills = [slug for slug in named.values() if slug] + self.skills.mentioned_in(f"{parsed.title}\n{parsed.text}")
        _write_content(offer, parsed, now)
        if not parsed.employer_name:
            offer.employer_name = self.employers.get(parsed.employer_siret, "")
        offer.other_skills = [label for label, slug in named.items() if not slug][:MOST_OTHER_SKILLS]
        return OfferEntry(
            offer=offer,
            details=_details(parsed),
            places=[_place(spot)] if spot.label else [],
            occupations=self._occupations(offer, parsed),
            skills=list(dict.fromkeys(skills))[:MOST_SKILLS],
            sectors=self._sectors(parsed.employer_naf),
            fingerprints=fingerprints(parsed.title, parsed.text),
        )

    def _occupations(self, offer: Offer, parsed: ParsedOffer) -> list[str]:
        """The one of the source, unless the title says another thing, or nobody knows yet what the offer is."""
        code = parsed.occupation_code
        if code not in self.occupations or Flag.NOT_DIGITAL in offer.flags:
            return []
        contradicts = title_contradicts(parsed.title, self.names[code], digital=code in self.digital)
        return [] if contradicts else [code]

    def _sectors(self, naf: str) -> list[str]:
        if not naf or naf.startswith(_AGENCIES):
            return []
        prefixes = (naf[:length] for length in range(len(naf), 1, -1))
        return [self.sectors[prefix] for prefix in prefixes if prefix in self.sectors][:1]


def content_hash(parsed: ParsedOffer) -> str:
    """Equal for two rows that give the same offer, also when the file's order of keys differs."""
    return sha256(repr(parsed).encode("utf-8", "replace")).hexdigest()


def changed_fields(offer: Offer, parsed: ParsedOffer) -> Iterable[str]:
    """What an edit's event says of it."""
    before = (offer.title, offer.text, offer.employer_name, offer.apply_url)
    after = (parsed.title, parsed.text, parsed.employer_name, parsed.apply_url)
    names = ("title", "text", "employer_name", "apply_url")
    found = [name for name, old, new in zip(names, before, after, strict=True) if old != new]
    return found or ["details"]


def _write_content(offer: Offer, parsed: ParsedOffer, now: datetime) -> None:
    offer.title = parsed.title
    offer.text = parsed.text
    offer.employer_name = parsed.employer_name
    offer.employer_siret = parsed.employer_siret
    offer.apply_by = ApplyBy.EXTERNAL
    offer.apply_url = parsed.apply_url
    offer.source_url = parsed.url
    offer.source_published_at = parsed.published_at
    offer.source_updated_at = parsed.updated_at
    offer.source_hash = content_hash(parsed)
    offer.updated_at = now


def _details(parsed: ParsedOffer) -> JobDetails:
    pay = parsed.pay
    return JobDetails(
        contract=parsed.contract,
        contract_months=parsed.contract_months,
        working_time=parsed.working_time,
        remote=parsed.remote,
        open_positions=parsed.open_positions,
        pay_min=pay.minimum if pay else None,
        pay_max=pay.maximum if pay else None,
        pay_unit=pay.unit if pay else "",
        pay_yearly_min=pay.yearly_minimum if pay else None,
        pay_yearly_max=pay.yearly_maximum if pay else None,
        pay_text=parsed.pay_text,
        experience=parsed.experience,
        experience_text=parsed.experience_text,
        level=parsed.level,
        starts_on=parsed.starts_on,
    )


def _place(spot: Spot) -> OfferPlace:
    return OfferPlace(
        commune_id=spot.commune_code or None,
        label=spot.label[:120],
        postcode=spot.postcode,
        department=spot.department,
        latitude=spot.latitude,
        longitude=spot.longitude,
    )

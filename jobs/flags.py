"""Why staff should look at an offer, read from the offer alone."""

from typing import Any

from django.utils.crypto import salted_hmac

from companies.enums import CompanyState
from jobs.enums import Flag, OfferKind
from jobs.grave_words import GraveWords, grave_words
from jobs.wording import remarks

SAMPLE_EVERY = 10
"""One in so many of the offers that trusted companies publish at once is read afterwards."""


def flags_of(offer: Any) -> list[str]:
    """`offer` is an Offer with its company and, for a job, its details. `NOT_DIGITAL` is the import's to say."""
    # An imported offer has no company to verify.
    company = offer.company
    found = {
        Flag.NEW_COMPANY: company is not None and company.state == CompanyState.NEW,
        Flag.NO_PAY: offer.kind == OfferKind.JOB and offer.job.pay_min is None and offer.job.pay_max is None,
        Flag.GRAVE: bool(graves_of(offer)),
        Flag.SUSPICIOUS: any(remark.serious and not remark.grave for remark in remarks(offer.title, offer.text)),
    }
    return [str(flag) for flag, holds in found.items() if holds]


def graves_of(offer: Any) -> frozenset[GraveWords]:
    """The grave words of all that people write in an Offer."""
    texts = [offer.title, offer.text, *offer.other_skills]
    if offer.kind == OfferKind.JOB:
        texts.append(offer.job.no_pay_reason)
    return frozenset(grave_words("\n".join(texts)))


def is_sampled(offer: Any) -> bool:
    """The same answer each time, so that posting again does not escape it. It hangs on the site's secret, so that
    nobody who counts offers knows which one will be read."""
    drawn = salted_hmac("jobs.flags.sample", str(offer.pk), algorithm="sha256").digest()
    return int.from_bytes(drawn[:8]) % SAMPLE_EVERY == 0

"""Why staff should look at an offer, read from the offer alone."""

from typing import Any

from django.utils.crypto import salted_hmac

from companies.enums import CompanyState
from jobs.enums import Flag, OfferKind
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
        Flag.SUSPICIOUS: any(remark.serious for remark in remarks(offer.title, offer.text)),
    }
    return [str(flag) for flag, holds in found.items() if holds]


def is_sampled(offer: Any) -> bool:
    """The same answer each time, so that posting again does not escape it. It hangs on the site's secret, so that
    nobody who counts offers knows which one will be read."""
    drawn = salted_hmac("jobs.flags.sample", str(offer.pk), algorithm="sha256").digest()
    return int.from_bytes(drawn[:8]) % SAMPLE_EVERY == 0

"""A report frozen: what it said that day, its digest, and copies of both outside of here."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.services import queue_template_mail
from forums.models import Edition
from ledger.services.chain import write
from medinjob.lib.canonical import canonical_json, sha256
from reports.indicators.report import compute
from reports.indicators.scope import Scope, scope_of
from reports.models import Snapshot
from reports.selectors.body import report_body
from reports.selectors.detail import detail_of
from reports.selectors.pdf import Seal, report_pdf
from reports.services.signing import signed
from reports.services.time_stamps import queue_time_stamp


@transaction.atomic
def freeze_report(
    *, edition: Edition, by: Any, addresses: Sequence[str], closing: bool = False, as_of: datetime | None = None
) -> Snapshot:
    """As of now; `closing` when it is that of an edition that closes. Each address gets the PDF and the digest, so that
    the proof is not only in our database."""
    scope = Scope(edition, as_of) if as_of else scope_of(edition)
    body = report_body(compute(scope))
    text = canonical_json(body)
    snapshot = Snapshot(
        edition=edition,
        token=secrets.token_urlsafe(12),
        as_of=scope.as_of,
        body=text,
        sha256=sha256(text),
        detail=canonical_json(detail_of(scope)),
        closing=closing,
        sent_to=list(addresses),
        by=by,
        **signed(text)._asdict(),
    )
    write(snapshot)
    queue_time_stamp(snapshot=snapshot)
    pdf = report_pdf(body, seal_of(snapshot)) if addresses else b""
    for address in addresses:
        _send(snapshot, address, pdf)
    return snapshot


def seal_of(snapshot: Snapshot) -> Seal:
    return Seal(snapshot.sha256, settings.SITE_URL + snapshot.get_absolute_url(), snapshot.key, stamped_at(snapshot))


def stamped_at(snapshot: Snapshot) -> datetime | None:
    """When a third party saw it."""
    stamp = getattr(snapshot, "time_stamp", None)
    return stamp.stamped_at if stamp else None


def _send(snapshot: Snapshot, address: str, pdf: bytes) -> None:
    queue_template_mail(
        to=address,
        template="reports/mail/snapshot.txt",
        context={"snapshot": snapshot, "edition": snapshot.edition},
        key=f"report-{snapshot.pk}-{address}"[:200],
        attachments=[(f"bilan-{snapshot.edition.event.slug}.pdf", "application/pdf", pdf)],
    )

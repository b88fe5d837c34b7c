"""A report frozen: what it said that day, its digest, and copies of both outside of here."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.services import queue_template_mail
from forums.models import Edition
from medinjob.lib.canonical import canonical_json, sha256
from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from reports.models import Snapshot
from reports.selectors.body import report_body
from reports.selectors.pdf import Seal, report_pdf


@transaction.atomic
def freeze_report(*, edition: Edition, by: Any, addresses: Sequence[str]) -> Snapshot:
    """As of now. Each address gets the PDF and the digest, so that the proof is not only in our database."""
    scope = scope_of(edition)
    body = report_body(compute(scope))
    text = canonical_json(body)
    snapshot = Snapshot.objects.create(
        edition=edition,
        token=secrets.token_urlsafe(12),
        as_of=scope.as_of,
        body=text,
        sha256=sha256(text),
        sent_to=list(addresses),
        by=by,
    )
    pdf = report_pdf(body, seal_of(snapshot)) if addresses else b""
    for address in addresses:
        _send(snapshot, address, pdf)
    return snapshot


def seal_of(snapshot: Snapshot) -> Seal:
    return Seal(snapshot.sha256, settings.SITE_URL + snapshot.get_absolute_url())


def _send(snapshot: Snapshot, address: str, pdf: bytes) -> None:
    queue_template_mail(
        to=address,
        template="reports/mail/snapshot.txt",
        context={"snapshot": snapshot, "edition": snapshot.edition},
        key=f"report-{snapshot.pk}-{address}"[:200],
        attachments=[(f"bilan-{snapshot.edition.event.slug}.pdf", "application/pdf", pdf)],
    )

"""An auditor's link: made and revoked by staff, each page it opens written down, one sample drawn."""

import random
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.errors import ForumError
from forums.models import Edition
from ledger.services.chain import notice, seal, write
from reports.indicators.catalogue import INDICATORS
from reports.indicators.readings import Reading
from reports.indicators.scope import scope_of
from reports.models import AuditLink, AuditVisit
from reports.selectors.rows import rows_of


def create_audit_link(*, edition: Edition, name: str, email: str, days: int, by: Any) -> AuditLink:
    """Valid for `days` days from now."""
    expires_at = timezone.now() + timedelta(days=days)
    link = AuditLink(edition=edition, name=name, email=email, expires_at=expires_at, created_by=by)
    return write(link)


@transaction.atomic
def revoke_audit_link(*, link: AuditLink) -> None:
    """At once; a link already revoked keeps its date."""
    notice(AuditLink, [link.pk])
    AuditLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    seal(AuditLink, [link.pk])


def log_visit(*, link: AuditLink, page: str) -> None:
    AuditVisit.objects.create(link=link, page=page[:300])


@transaction.atomic
def draw_sample(*, link: AuditLink, size: int) -> None:
    """`size` of the direct contrats de travail, by chance; once a link, so that nobody draws until it suits.

    Anybody can draw it again: `random.Random(seed).sample(ids in order, size)` of Python.
    """
    reading = INDICATORS["contracts"]
    assert isinstance(reading, Reading)
    ids = list(rows_of(reading, scope_of(link.edition)).rows.values_list("pk", flat=True))
    seed = secrets.token_hex(8)
    sample = sorted(random.Random(seed).sample(ids, min(size, len(ids))))  # noqa: S311 - to be drawn again, not secret
    notice(AuditLink, [link.pk])
    drawn = AuditLink.objects.filter(pk=link.pk, drawn_at=None)
    if not drawn.update(sample=sample, seed=seed, drawn_at=timezone.now()):
        raise ForumError(_("L'échantillon de ce lien est déjà tiré."))
    seal(AuditLink, [link.pk])
    link.refresh_from_db()

"""An auditor's link: made and revoked by staff, each page it opens written down. What they draw, say and are answered
is of one frozen report, and stands in the chain."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import queue_template_mail
from companies.enums import MemberRole
from companies.models import Company
from forums.errors import ForumError
from forums.models import Edition
from ledger.services.chain import hold_chain, notice, seal, write
from reports.links import audit_answer_url
from reports.models import AuditAnswer, AuditDraw, AuditLink, AuditVerdict, AuditVisit, Snapshot
from reports.selectors.audits import population_of
from reports.verifier import verifier


def create_audit_link(
    *, edition: Edition, name: str, email: str, days: int, by: Any, snapshot: Snapshot | None = None
) -> AuditLink:
    """To `snapshot`, valid for `days` days from now."""
    expires_at = timezone.now() + timedelta(days=days)
    said = {"name": name, "email": email, "expires_at": expires_at, "created_by": by}
    return write(AuditLink(edition=edition, snapshot=snapshot, **said))


@transaction.atomic
def revoke_audit_link(*, link: AuditLink) -> None:
    """At once; a link already revoked keeps its date."""
    notice(AuditLink, [link.pk])
    AuditLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    seal(AuditLink, [link.pk])


def log_visit(*, link: AuditLink, page: str) -> None:
    AuditVisit.objects.create(link=link, page=page[:300])


@transaction.atomic
def draw_contracts(*, link: AuditLink, number: int, size: int) -> AuditDraw:
    """`size` of the direct contrats de travail of the link's snapshot, by the number typed. Drawn once by anybody, it
    is drawn: the chain is held, so that two at once do not make two."""
    hold_chain()
    snapshot = link.snapshot
    ids = population_of(snapshot) if snapshot else []
    if snapshot is None or not ids:
        raise ForumError(_("Ce bilan n'a aucun contrat de travail direct à tirer."))
    known = AuditDraw.objects.filter(snapshot=snapshot, number=number).first()
    if known:
        raise ForumError(_("Ce nombre a déjà été tiré sur ce bilan : voici ce tirage, il n'y en a qu'un."), "number")
    seed = verifier.seed_of(snapshot.sha256, number)
    sample = verifier.drawn(seed, ids, size)
    said = {"number": number, "seed": seed, "population": len(ids), "sample": sample}
    draw = write(AuditDraw(snapshot=snapshot, link=link, **said))
    _tell_companies(draw)
    return draw


@transaction.atomic
def give_verdict(*, link: AuditLink, draw: AuditDraw, entry_number: int, verdict: str, reason: str) -> None:
    """Of a drawn contract; the latest one counts."""
    said = {"entry_number": entry_number, "verdict": verdict, "reason": reason}
    write(AuditVerdict(draw=draw, link=link, **said))


@transaction.atomic
def answer_audit(*, snapshot: Snapshot, entry_number: int, text: str, by: Any = None) -> None:
    """What the company says of one of its contracts."""
    write(AuditAnswer(snapshot=snapshot, entry_number=entry_number, text=text, by=by))


def _tell_companies(draw: AuditDraw) -> None:
    """Each company of the draw, once a frozen report: a link to its contracts that were drawn."""
    for company in Company.objects.filter(ledger_entries__in=draw.sample).distinct().order_by("pk"):
        members = User.objects.filter(memberships__company=company, is_active=True)
        admin = members.filter(memberships__role=MemberRole.ADMIN).order_by("memberships__pk").first()
        member = admin or members.order_by("memberships__pk").first()
        if member:
            link = settings.SITE_URL + audit_answer_url(draw.snapshot_id, company.pk, member.pk)
            queue_template_mail(
                to=member.email,
                template="reports/mail/audited.txt",
                context={"company": company, "edition": draw.snapshot.edition, "link": link},
                language=member.language,
                key=f"audit-{draw.snapshot_id}-{company.pk}",
            )

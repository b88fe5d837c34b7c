"""What staff do to an entry of the ledger. Each verb is an event with its reason; none takes anything away."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.enums import ContractKind
from ledger.declarations import Facts
from ledger.enums import Evidence, LedgerAction
from ledger.errors import LedgerError
from ledger.models import ContractEvidence, LedgerEntry, LedgerEvent
from ledger.services.chain import write
from ledger.services.entries import lock_company, settle


@transaction.atomic
def see_document(*, entry: LedgerEntry, by: Any, nature: str, on: date, facts: Facts, digest: str = "") -> None:
    """Somebody of the team saw a document (`nature`: the contract, a payslip…) that says `facts`; no copy is kept, but
    the `digest` of a file."""
    lock_company(entry.company)
    _refuse_merged(entry)
    said = facts.to_json()
    write(ContractEvidence(entry=entry, kind=Evidence.DOCUMENT, nature=nature, on=on, facts=said, by=by, digest=digest))
    write(LedgerEvent(entry=entry, action=LedgerAction.VOUCH, after=said, reason=nature, by=by))
    settle(entry=entry, by=by)


@transaction.atomic
def give_dpae(*, entry: LedgerEntry, by: Any, number: str, on: date) -> None:
    """The number and the day of the employer's declaration (DPAE) of this contract, as its facts stand. An internship
    has none: its agreement is a document."""
    lock_company(entry.company)
    _refuse_merged(entry)
    entry.refresh_from_db()
    if entry.kind != ContractKind.EMPLOYMENT:
        raise LedgerError(_("Seul un contrat de travail a une DPAE ; pour un stage, voyez sa convention."), "number")
    said = Facts.of(entry).to_json()
    write(ContractEvidence(entry=entry, kind=Evidence.DPAE, number=number, on=on, facts=said, by=by))
    write(LedgerEvent(entry=entry, action=LedgerAction.VOUCH, after=said, by=by))
    settle(entry=entry, by=by)


@transaction.atomic
def correct(*, entry: LedgerEntry, by: Any, reason: str, facts: Facts) -> None:
    """Staff settle what is right: it counts instead of what the sides said, until staff settle again."""
    lock_company(entry.company)
    _refuse_merged(entry)
    said = facts.to_json()
    write(ContractEvidence(entry=entry, kind=Evidence.STAFF, source=reason, facts=said, decides=True, by=by))
    settle(entry=entry, by=by, reason=reason)


@transaction.atomic
def cancel(*, entry: LedgerEntry, by: Any, reason: str, on: date) -> None:
    """It ended on day `on`, before it began; what has begun has been, and counts."""
    if on > timezone.localdate():
        raise LedgerError(_("Cette date est dans le futur."), "on")
    if entry.starts_on and on >= entry.starts_on:
        raise LedgerError(
            _("À cette date le contrat avait commencé : il compte, même s'il s'est terminé depuis."), "on"
        )
    take_out(entry=entry, by=by, reason=reason, on=on)


@transaction.atomic
def take_out(*, entry: LedgerEntry, by: Any, reason: str, on: date | None = None) -> None:
    """The event of a cancellation, whoever decided it."""
    lock_company(entry.company)
    _refuse_merged(entry)
    if not LedgerEntry.objects.filter(pk=entry.pk, cancelled_at=None).update(cancelled_at=timezone.now()):
        raise LedgerError(_("Ce contrat vient d'être annulé par quelqu'un d'autre."))
    after = {"on": on.isoformat()} if on else {}
    write(LedgerEvent(entry=entry, action=LedgerAction.CANCEL, after=after, by=by, reason=reason))
    settle(entry=entry, by=by)


@transaction.atomic
def reopen(*, entry: LedgerEntry, by: Any, reason: str) -> None:
    """It was not cancelled after all."""
    lock_company(entry.company)
    if not LedgerEntry.objects.filter(pk=entry.pk, cancelled_at__isnull=False).update(cancelled_at=None):
        raise LedgerError(_("Ce contrat n'est pas annulé."))
    write(LedgerEvent(entry=entry, action=LedgerAction.REOPEN, by=by, reason=reason))
    settle(entry=entry, by=by)


@transaction.atomic
def say_renewal(*, entry: LedgerEntry, by: Any, reason: str, renewal: bool) -> None:
    """That it prolongs an earlier contract, or that it does not, whatever the rule found."""
    lock_company(entry.company)
    if not LedgerEntry.objects.filter(Q(renewal=None) | Q(renewal=not renewal), pk=entry.pk).update(renewal=renewal):
        raise LedgerError(_("C'est déjà dit ainsi."))
    said = {"before": {"renewal": entry.renewal}, "after": {"renewal": renewal}}
    write(LedgerEvent(entry=entry, action=LedgerAction.RENEW, by=by, reason=reason, **said))
    settle(entry=entry, by=by)


@transaction.atomic
def merge(*, entry: LedgerEntry, into: LedgerEntry, by: Any, reason: str) -> None:
    """`entry` is the same contract as `into`: their evidence is one, and `into` counts."""
    lock_company(entry.company)
    if into.pk == entry.pk or into.company_id != entry.company_id or into.merged_into_id:
        raise LedgerError(_("On ne réunit que deux contrats de la même entreprise, dans celui qui compte."), "into")
    rows = LedgerEntry.objects.filter(pk=entry.pk, merged_into=None)
    if LedgerEntry.objects.filter(merged_into=entry).exists() or not rows.update(merged_into=into):
        raise LedgerError(_("Ce contrat est déjà réuni à un autre."))
    after = {"merged_into": into.pk}
    write(LedgerEvent(entry=entry, action=LedgerAction.MERGE, after=after, by=by, reason=reason))
    settle(entry=entry, by=by)
    settle(entry=into, by=by)


@transaction.atomic
def separate(*, entry: LedgerEntry, by: Any, reason: str) -> None:
    """They are two contracts after all."""
    lock_company(entry.company)
    into = entry.merged_into
    if into is None or not LedgerEntry.objects.filter(pk=entry.pk, merged_into=into).update(merged_into=None):
        raise LedgerError(_("Ce contrat n'est réuni à aucun autre."))
    before = {"merged_into": into.pk}
    write(LedgerEvent(entry=entry, action=LedgerAction.MERGE, before=before, by=by, reason=reason))
    settle(entry=entry, by=by)
    settle(entry=into, by=by)


def _refuse_merged(entry: LedgerEntry) -> None:
    if LedgerEntry.objects.filter(pk=entry.pk, merged_into__isnull=False).exists():
        raise LedgerError(_("Ce contrat est réuni à un autre : agissez sur celui-là."))

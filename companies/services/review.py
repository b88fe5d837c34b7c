"""What Medinsoft's team decides about a company. `_move` is the only writer of its state."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.enums import CompanyAction, Mark
from companies.errors import CompanyError
from companies.models import Company, MedinsoftMark
from companies.services.events import announce, record, tell_administrators
from companies.signals import companies_changed
from companies.transitions import TRANSITIONS
from medinjob.lib.state_machine import StateMachine
from referentials.models import Commission

_ALREADY_DECIDED = gettext_lazy("Quelqu’un a déjà décidé pour cette entreprise : rechargez la page.")
_MACHINE = StateMachine(TRANSITIONS, refusal=lambda company: str(_ALREADY_DECIDED), overtaken=_ALREADY_DECIDED)


def verify(*, company: Company, by: Any) -> Company:
    """From now on its offers are published at once; its administrators are told."""
    return _move(company, CompanyAction.VERIFIED, by=by, mail="companies/mail/verified.txt")


def refuse(*, company: Company, by: Any, reason: str) -> Company:
    """`reason` is sent to its administrators and may not be empty; its page and its offers are no longer public."""
    if not reason.strip():
        raise CompanyError(_("Donnez la raison du refus : elle est envoyée à l’entreprise."))
    return _move(company, CompanyAction.REFUSED, by=by, reason=reason.strip(), mail="companies/mail/refused.txt")


def review_again(*, company: Company, by: Any, reason: str) -> Company:
    """A verified company that changed its identity waits for the team once more."""
    return _move(company, CompanyAction.REVIEW_AGAIN, by=by, reason=reason)


@transaction.atomic
def set_mark(*, company: Company, by: Any, mark: Mark, since: date, until: date | None = None) -> MedinsoftMark:
    """Member or partner of Medinsoft from `since` to `until` (last day included; None: until further notice)."""
    if until and until < since:
        raise CompanyError(_("La fin précède le début."))
    company = Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    overlapping = company.marks.filter(mark=mark).overlapping(since, until)
    if overlapping.exists():
        raise CompanyError(_("L’entreprise a déjà cette qualité sur une partie de ces dates."))
    given = MedinsoftMark.objects.create(company=company, mark=mark, since=since, until=until)
    record(company, CompanyAction.MARK_SET, by=by, after=mark, reason=given.period)
    announce(company)
    return given


@transaction.atomic
def end_mark(*, mark: MedinsoftMark, by: Any, on: date | None = None) -> MedinsoftMark:
    """`on` (today by default) is its last day; a mark that had not begun ends on the day it would have begun."""
    mark.until = max(on or timezone.localdate(), mark.since)
    mark.save(update_fields=["until"])
    record(mark.company, CompanyAction.MARK_ENDED, by=by, before=mark.mark, reason=mark.period)
    announce(mark.company)
    return mark


@transaction.atomic
def announce_dated_marks(*, today: date | None = None) -> list[int]:
    """Marks begin and end at midnight without anybody writing: the ids of the companies whose mark changed in the
    last week are announced, so that a night without a worker loses nothing. Run daily."""
    today = today or timezone.localdate()
    week = (today - timedelta(days=7), today)
    changed = MedinsoftMark.objects.filter(Q(since__range=week) | Q(until__range=week))
    ids = sorted(set(changed.values_list("company", flat=True)))
    if ids:
        companies_changed.send(sender=Company, ids=ids)
    return ids


@transaction.atomic
def set_commissions(*, company: Company, by: Any, commissions: Iterable[Commission]) -> None:
    """Medinsoft's working groups in which the company takes part; replaces the former ones."""
    company.commissions.set(commissions)
    record(company, CompanyAction.EDITED, by=by, reason=", ".join(str(group) for group in commissions))


@transaction.atomic
def _move(company: Company, action: CompanyAction, *, by: Any, reason: str = "", mail: str = "") -> Company:
    kept = reason if action == CompanyAction.REFUSED else ""
    _MACHINE.move([company], action, event={"by": by, "reason": reason}, changes={"refusal_reason": kept})
    company.refresh_from_db()
    announce(company)
    if mail:
        tell_administrators(company, mail, reason=reason)
    return company

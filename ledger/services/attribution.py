"""The rule of `docs/attribution.md` applied to the ledger: written when the answer differs from the one that stands."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from forums.models import Attendee
from forums.selectors.persons import Identity, identity_of
from ledger.attribution_rule import Decision, attribute
from ledger.enums import LedgerAction
from ledger.models import Attribution, LedgerEntry, LedgerEvent
from ledger.selectors.attribution_facts import grounds, windows
from ledger.selectors.persons import of_same_persons
from ledger.services.chain import notice, seal, write

BATCH = 500


def refresh_attributions() -> int:
    """Decide again of every entry; how many answers changed. Run twice, the second run changes nothing."""
    changed, last = 0, 0
    while batch := list(LedgerEntry.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        changed += attribute_entries(entries=batch)
        last = batch[-1].pk
    return changed


def attribute_pair(*, identity: Identity, company: Any) -> int:
    """Facts of one person with one company changed: a meeting confirmed, an entry from paper…"""
    of_person = of_same_persons(LedgerEntry.objects.filter(identity.entries))
    return attribute_entries(entries=list(LedgerEntry.objects.filter(of_person, company=company)))


def attribute_edition(*, edition: Any, attendees: Collection[int], companies: Collection[int] | None) -> int:
    """What `edition` knows of these persons, and of everybody with these companies, changed; None: all of it did. Only
    contracts signed since it began can be attributed to it."""
    rows = LedgerEntry.objects.filter(signed_on__gte=edition.event.starts_on)
    if not rows.exists():
        return 0
    persons = Q(pk__in=())
    for attendee in Attendee.objects.filter(pk__in=attendees):
        persons |= identity_of(attendee=attendee).entries
    concerned = Q(company__in=companies or ()) | of_same_persons(LedgerEntry.objects.filter(persons))
    found = rows if companies is None else rows.filter(concerned)
    # One that counted here and was signed before it began, by its old dates.
    held = LedgerEntry.objects.filter(attribution__edition=edition) if companies is None else LedgerEntry.objects.none()
    return attribute_entries(entries=list((found | held).distinct().order_by("pk")))


@transaction.atomic
def attribute_entries(*, entries: Sequence[LedgerEntry]) -> int:
    """How many answers changed. An entry that does not count has no attribution."""
    if not entries:
        return 0
    ids = [entry.pk for entry in entries]
    counting = list(LedgerEntry.objects.counting().filter(pk__in=ids).order_by("pk"))
    held = {window.edition: (window, audit_until) for window, audit_until in windows()}
    windows_ = [window for window, _audit_until in held.values()]
    decided = {
        ground.entry.pk: attribute(ground.entry.signed_on, windows_, ground.facts)
        for ground in grounds(counting, windows_)
    }
    standing = {row.entry_id: row for row in Attribution.objects.filter(entry__in=ids)}
    changed = 0
    for entry in entries:
        decision = decided.get(entry.pk)
        changed += _write(entry, standing.get(entry.pk), decision)
        _keep(entry, held[decision.edition][1] if decision else None)
    return changed


def _write(entry: LedgerEntry, before: Attribution | None, decision: Decision | None) -> bool:
    why = {"facts": [fact.to_json() for fact in decision.facts]} if decision else {}
    if before is not None and decision is not None:
        same = (before.edition_id, before.kind) == (decision.edition, decision.kind)
        if same and before.why == why:
            return False
    elif before is None and decision is None:
        return False
    notice(LedgerEntry, [entry.pk])
    if decision is None:
        Attribution.objects.filter(entry=entry).delete()
    else:
        fields = {"edition_id": decision.edition, "kind": decision.kind, "why": why, "at": timezone.now()}
        Attribution.objects.update_or_create(entry=entry, defaults=fields)
    write(
        LedgerEvent(entry=entry, action=LedgerAction.ATTRIBUTE, before=_said(before), after={**_said(decision), **why})
    )
    seal(LedgerEntry, [entry.pk])
    return True


def _said(answer: Attribution | Decision | None) -> dict[str, Any]:
    if answer is None:
        return {}
    edition = answer.edition_id if isinstance(answer, Attribution) else answer.edition
    return {"edition": edition, "kind": str(answer.kind)}


def _keep(entry: LedgerEntry, audit_until: date | None) -> None:
    """The audit date of the grants of the edition it counts for."""
    if audit_until and audit_until != entry.keep_until:
        notice(LedgerEntry, [entry.pk])
        LedgerEntry.objects.filter(pk=entry.pk).update(keep_until=audit_until)
        seal(LedgerEntry, [entry.pk])
        entry.keep_until = audit_until

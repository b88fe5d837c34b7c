"""The life of an edition, and what staff write about it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from forums.enums import EditionAction, EditionState
from forums.guard import Part, must_be_open
from forums.models import Edition, EditionEvent, Event
from forums.services.attendees import admit_waiting
from forums.services.freezing import freeze_facts
from forums.services.mails import tell_everybody_of_cancellation
from forums.services.shown_offers import hold_until_end, show_all
from forums.signals import edition_closed, edition_created, facts_changed
from forums.transitions import EDITION
from jobs.models import OfferCollection
from medinjob.lib.errors import MoveError
from medinjob.lib.optimistic_lock import write_over
from medinjob.lib.state_machine import StateMachine

SLUG_LENGTH = 50  # what the criterion `collection` of a search takes


class Rows(Protocol):
    """Rows that belong to an edition, checked and not yet written: a formset."""

    instance: Any

    def save(self) -> Any: ...


@transaction.atomic
def create_edition(
    *, name: str, action: Any, dates: Sequence[date], fields: Mapping[str, Any], rows: Sequence[Rows], by: Any
) -> Edition:
    """A draft, with its collection of offers; `rows` are its days and venues and those of upper apps, `dates` those
    of the days."""
    slug = free_slug(name, min(dates).year)
    event = Event.objects.create(name=name, slug=slug, action=action, starts_on=min(dates), ends_on=max(dates))
    collection = OfferCollection.objects.create(slug=slug, name=name)
    edition = Edition.objects.create(event=event, collection=collection, **fields)
    EditionEvent.objects.create(edition=edition, action=EditionAction.CREATE, after=edition.state, by=by)
    _save_rows(edition, rows)
    edition_created.send(sender=Edition, edition=edition)
    return edition


@transaction.atomic
def declare_edition(
    *, name: str, starts_on: date, ends_on: date, text: str, by: Any, year_only: bool = False
) -> Edition:
    """One of before Medinjob: closed from the start, without rows; its figures are declared one by one."""
    slug = free_slug(name, starts_on.year)
    event = Event.objects.create(name=name, slug=slug, starts_on=starts_on, ends_on=ends_on, year_only=year_only)
    edition = Edition.objects.create(
        event=event, declared=True, text=text, state=EditionState.CLOSED, closed_at=timezone.now()
    )
    EditionEvent.objects.create(edition=edition, action=EditionAction.CREATE, after=edition.state, by=by)
    return edition


@transaction.atomic
def save_edition(
    *,
    edition: Edition,
    version: int,
    name: str,
    action: Any,
    dates: Sequence[date],
    fields: Mapping[str, Any],
    rows: Sequence[Rows],
    by: Any = None,
) -> None:
    """Write it if it is still at `version`, else raise `EditConflictError`. Shown offers last until its new end, and
    places that were added go to who waits. What the figures rest on, if changed, is a line of the history."""
    must_be_open(edition, Part.FACTS)
    before = _counted_by(edition.pk)
    conflict = _("Quelqu'un a enregistré cette édition entre-temps : relisez, puis enregistrez.")
    write_over(Edition.objects.filter(pk=edition.pk), version, dict(fields), conflict=conflict)
    Event.objects.filter(pk=edition.pk).update(name=name, action=action, starts_on=min(dates), ends_on=max(dates))
    OfferCollection.objects.filter(edition=edition).update(name=name)
    _save_rows(edition, rows)
    edition.refresh_from_db()
    _note_edit(edition, before, by)
    hold_until_end(edition=edition)
    admit_waiting(edition=edition)


@transaction.atomic
def save_programme(*, edition: Edition, rows: Any) -> None:
    """Its talks and workshops: `rows` is a checked formset."""
    must_be_open(edition, Part.FACTS)
    rows.save()


@transaction.atomic
def announce(*, edition: Edition, by: Any) -> None:
    """From now on the public sees it, and its shown offers stay until its end."""
    _refuse_incomplete(edition)
    _move(edition, EditionAction.ANNOUNCE, by=by, announced_at=timezone.now())
    show_all(edition=edition)


@transaction.atomic
def close(*, edition: Edition, by: Any) -> None:
    """The day is over: what it showed is frozen as it is now."""
    if timezone.localdate() <= edition.event.ends_on and not edition.declared:
        raise MoveError(_("Une édition se clôt après son dernier jour."))
    _move(edition, EditionAction.CLOSE, by=by, closed_at=timezone.now())
    freeze_facts(edition=edition)
    edition_closed.send(sender=Edition, edition=edition, by=by)


@transaction.atomic
def reopen(*, edition: Edition, by: Any, reason: str) -> None:
    """To correct what was counted. What was frozen stays frozen: closing again freezes what was added since."""
    _refuse_silence(reason)
    _move(edition, EditionAction.REOPEN, by=by, reason=reason, closed_at=None)


@transaction.atomic
def cancel(*, edition: Edition, by: Any, reason: str) -> None:
    """Who registered and who exhibits are told; `reason` stays with the team."""
    _refuse_silence(reason)
    _move(edition, EditionAction.CANCEL, by=by, reason=reason)
    show_all(edition=edition)
    tell_everybody_of_cancellation(edition)


def free_slug(name: str, year: int) -> str:
    """An address that ends in the year and that no event has."""
    words = slugify(name)[: SLUG_LENGTH - 8].strip("-").removesuffix(str(year)).strip("-") or "forum"
    slug, number = f"{words}-{year}", 1
    while Event.objects.filter(slug=slug).exists() or OfferCollection.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{words}-{number}-{year}"
    return slug


def _counted_by(pk: int) -> dict[str, str]:
    """What figures and attributions depend on, in words."""
    edition = Edition.objects.select_related("event").get(pk=pk)
    days = ", ".join(f"{day:%d/%m/%Y}" for day in edition.days.order_by("date").values_list("date", flat=True))
    return {
        str(_("fenêtre d'attribution en jours")): str(edition.attribution_days),
        str(_("jours")): days,
        str(_("lieux")): ", ".join(edition.venues.order_by("pk").values_list("name", flat=True)),
        str(_("nom")): edition.event.name,
        str(_("action financée")): str(edition.event.action or "–"),
        str(_("nombre de places")): str(edition.capacity or "–"),
    }


def _note_edit(edition: Edition, before: Mapping[str, str], by: Any) -> None:
    after = _counted_by(edition.pk)
    said = " ; ".join(f"{name} : {old} → {after[name]}" for name, old in before.items() if after[name] != old)
    if said:
        EditionEvent.objects.create(
            edition=edition,
            action=EditionAction.EDIT,
            before=edition.state,
            after=edition.state,
            reason=said[:300],
            by=by,
        )
        facts_changed.send(sender=Edition, edition=edition, attendees=(), companies=None)


def _save_rows(edition: Edition, rows: Sequence[Rows]) -> None:
    for row in rows:
        row.instance = edition
        row.save()


def _refuse_incomplete(edition: Edition) -> None:
    if edition.state == EditionState.DRAFT and not (edition.days.exists() and edition.venues.exists()):
        raise MoveError(_("Il manque un jour ou un lieu : complétez l'édition avant de l'annoncer."))


def _refuse_silence(reason: str) -> None:
    if not reason.strip():
        raise MoveError(_("Dites pourquoi : c'est écrit dans l'historique."), field="reason")


def _move(edition: Edition, action: EditionAction, *, by: Any, reason: str = "", **changes: Any) -> None:
    StateMachine(EDITION).move([edition], action, event={"by": by, "reason": reason.strip()}, changes=changes)

"""A stand: asked for by a company, decided by staff."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from companies.enums import CompanyState
from forums.enums import ExhibitorAction, ExhibitorState
from forums.errors import ClosedError, ForumError
from forums.guard import Part, must_be_open
from forums.models import Edition, Exhibitor, ExhibitorEvent, Representative
from forums.rules import exhibitors_open
from forums.services.mails import tell_exhibitor, tell_staff_of_request
from forums.services.shown_offers import show_all, show_offers
from forums.signals import facts_changed
from forums.transitions import EXHIBITOR
from jobs.models import Offer
from medinjob.lib.errors import MoveError
from medinjob.lib.state_machine import StateMachine


@transaction.atomic
def request_stand(
    *,
    edition: Edition,
    company: Any,
    fields: Mapping[str, Any],
    offers: Iterable[Offer],
    people: Iterable[tuple[str, str]],
    by: Any,
) -> Exhibitor:
    """Ask for a stand with `fields` (tables, needs), the offers to show and the people present (name, e-mail). A
    request that was cancelled is made anew."""
    current = Edition.objects.select_for_update(of=("self",), no_key=True).select_related("event").get(pk=edition.pk)
    if not exhibitors_open(current, timezone.now()):
        raise ClosedError(_("Les demandes de stand ne sont pas ouvertes pour cette édition."))
    if company.state == CompanyState.REFUSED:
        raise ForumError(_("L'équipe a refusé votre entreprise : elle ne peut pas demander de stand."))
    exhibitor, created = Exhibitor.objects.get_or_create(
        edition=edition, company=company, defaults={"requested_by": by, **fields}
    )
    if created:
        ExhibitorEvent.objects.create(exhibitor=exhibitor, action=ExhibitorAction.REQUEST, after=exhibitor.state, by=by)
    else:
        _move(exhibitor, ExhibitorAction.REQUEST, by=by, requested_at=timezone.now(), requested_by=by, **fields)
    _keep_details(exhibitor, offers, people, by)
    tell_staff_of_request(exhibitor)
    return exhibitor


@transaction.atomic
def change_stand(
    *,
    exhibitor: Exhibitor,
    fields: Mapping[str, Any],
    offers: Iterable[Offer],
    people: Iterable[tuple[str, str]],
    by: Any = None,
) -> None:
    """What the company may still change: needs, offers, people; tables only until staff have decided."""
    must_be_open(exhibitor.edition, Part.STANDS)
    if exhibitor.state in (ExhibitorState.REFUSED, ExhibitorState.CANCELLED):
        raise MoveError(_("Cette demande est close : elle ne se modifie plus."))
    kept = dict(fields)
    if exhibitor.state == ExhibitorState.ACCEPTED:
        kept.pop("tables", None)
    Exhibitor.objects.filter(pk=exhibitor.pk).update(**kept)
    _keep_details(exhibitor, offers, people, by)


@transaction.atomic
def accept(*, exhibitor: Exhibitor, by: Any, stand: str = "", tables: int | None = None) -> None:
    """`stand` is its number, unique at the edition; empty: given later."""
    changes = {"stand": stand.strip(), "reason": "", **({"tables": tables} if tables else {})}
    try:
        with transaction.atomic():
            _move(exhibitor, ExhibitorAction.ACCEPT, by=by, **changes)
    except IntegrityError as error:
        raise _stand_taken() from error
    show_all(edition=exhibitor.edition)
    tell_exhibitor(exhibitor, "accepted")


@transaction.atomic
def give_stand(*, exhibitor: Exhibitor, stand: str) -> None:
    """Another number for an accepted exhibitor."""
    must_be_open(exhibitor.edition, Part.STANDS)
    try:
        with transaction.atomic():
            Exhibitor.objects.filter(pk=exhibitor.pk).accepted().update(stand=stand.strip())
    except IntegrityError as error:
        raise _stand_taken() from error
    tell_exhibitor(exhibitor, "accepted")


@transaction.atomic
def refuse(*, exhibitor: Exhibitor, by: Any, reason: str) -> None:
    """`reason` is sent to the company and may not be empty."""
    if not reason.strip():
        raise ForumError(_("Donnez un motif : il est envoyé à l'entreprise."), field="reason")
    _move(exhibitor, ExhibitorAction.REFUSE, by=by, reason=reason.strip(), stand="")
    show_all(edition=exhibitor.edition)
    tell_exhibitor(exhibitor, "refused")


@transaction.atomic
def put_on_waiting_list(*, exhibitor: Exhibitor, by: Any) -> None:
    _move(exhibitor, ExhibitorAction.PUT_ON_WAITING_LIST, by=by, reason="")
    tell_exhibitor(exhibitor, "waiting")


@transaction.atomic
def cancel(*, exhibitor: Exhibitor, by: Any) -> None:
    """The company does not come."""
    _move(exhibitor, ExhibitorAction.CANCEL, by=by, stand="")
    show_all(edition=exhibitor.edition)


def _keep_details(exhibitor: Exhibitor, offers: Iterable[Offer], people: Iterable[tuple[str, str]], by: Any) -> None:
    show_offers(exhibitor=exhibitor, offers=offers, by=by)
    wanted = list(dict.fromkeys(people))
    present = {(row.name, row.email): row for row in exhibitor.representatives.all()}
    # Somebody who came in already stays in the counts, whatever the company writes later.
    gone = [row.pk for key, row in present.items() if key not in wanted]
    exhibitor.representatives.filter(pk__in=gone, entries__isnull=True).delete()
    Representative.objects.bulk_create(
        Representative(exhibitor=exhibitor, name=name, email=email)
        for name, email in wanted
        if (name, email) not in present
    )


def _stand_taken() -> ForumError:
    return ForumError(_("Ce numéro de stand est déjà pris."), field="stand")


def _move(exhibitor: Exhibitor, action: ExhibitorAction, *, by: Any, **changes: Any) -> None:
    must_be_open(exhibitor.edition, Part.STANDS)
    event = {"by": by, "reason": changes.get("reason", "")}
    StateMachine(EXHIBITOR).move([exhibitor], action, event=event, changes=changes)
    facts_changed.send(sender=Exhibitor, edition=exhibitor.edition, attendees=(), companies=[exhibitor.company_id])

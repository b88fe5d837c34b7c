"""The offers that exhibitors show: in the edition's collection while they are accepted, findable until its end.

Time alone does not close a shown offer before the edition ends: its expiry is put off. A recruiter may still fill or
withdraw it; the list of exhibitors then says so, and the row stays for the report.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.enums import EditionState, ExhibitorAction, ExhibitorState
from forums.guard import Part, must_be_open
from forums.models import Edition, Exhibitor, ExhibitorEvent, ShownOffer
from forums.rules import end_of
from forums.signals import facts_changed
from jobs.models import Offer
from jobs.services.expiry import prolong
from jobs.signals import offers_changed
from medinjob.lib.errors import MoveError


@transaction.atomic
def show_offers(*, exhibitor: Exhibitor, offers: Iterable[Offer], by: Any = None) -> None:
    """From now on the exhibitor shows these, no others. The offers are its company's. What it shows from the first day
    on stays: it was shown. Each change is a line of the stand's history."""
    wanted = {offer.pk for offer in offers}
    shown = set(exhibitor.shown_offers.values_list("offer_id", flat=True))
    if wanted == shown:
        return
    must_be_open(exhibitor.edition, Part.OFFERS)
    if shown - wanted and timezone.localdate() >= exhibitor.edition.event.starts_on:
        raise MoveError(_("L'édition a commencé : une offre présentée le reste. Marquez-la pourvue, ou retirez-la."))
    exhibitor.shown_offers.exclude(offer_id__in=wanted).delete()
    ShownOffer.objects.bulk_create(
        ShownOffer(exhibitor=exhibitor, offer_id=offer_id) for offer_id in sorted(wanted - shown)
    )
    _note(exhibitor, {ExhibitorAction.SHOW: wanted - shown, ExhibitorAction.HIDE: shown - wanted}, by)
    facts_changed.send(sender=Exhibitor, edition=exhibitor.edition, attendees=(), companies=[exhibitor.company_id])
    show_all(edition=exhibitor.edition)


def _note(exhibitor: Exhibitor, moved: Mapping[ExhibitorAction, set[int]], by: Any) -> None:
    titles = dict(Offer.objects.filter(pk__in=set().union(*moved.values())).values_list("pk", "title"))
    ExhibitorEvent.objects.bulk_create(
        ExhibitorEvent(
            exhibitor=exhibitor, action=action, before=exhibitor.state, after=exhibitor.state, reason=titles[pk], by=by
        )
        for action, ids in moved.items()
        for pk in sorted(ids)
    )


@transaction.atomic
def show_all(*, edition: Edition) -> None:
    """Bring the collection up to date with what accepted exhibitors show, and put off what would end too soon."""
    collection = edition.collection
    if collection is None:
        return
    wanted = set(shown_offers(edition).values_list("offer_id", flat=True))
    present = set(collection.offers.values_list("pk", flat=True))
    collection.offers.remove(*(present - wanted))
    collection.offers.add(*(wanted - present))
    if changed := sorted(wanted ^ present):
        offers_changed.send(sender=Offer, ids=changed)
    hold_until_end(edition=edition)


def hold_until_end(*, edition: Edition) -> None:
    """Only an announced edition that is not over holds offers."""
    until = end_of(edition)
    if edition.state == EditionState.ANNOUNCED and until > timezone.now():
        prolong(offers=Offer.objects.filter(pk__in=shown_offers(edition).values("offer")), until=until)


def hold_changed_offers(*, offer_ids: Sequence[int]) -> None:
    """The same for offers that were just published, renewed or resumed, wherever they are shown."""
    today = timezone.localdate()
    shown = ShownOffer.objects.filter(
        offer__in=offer_ids,
        exhibitor__state=ExhibitorState.ACCEPTED,
        exhibitor__edition__state=EditionState.ANNOUNCED,
        exhibitor__edition__event__ends_on__gte=today,
    )
    editions = Edition.objects.filter(pk__in=shown.values("exhibitor__edition")).select_related("event")
    for edition in editions.order_by("event__ends_on"):
        hold_until_end(edition=edition)


def shown_offers(edition: Edition) -> QuerySet[ShownOffer]:
    """What its accepted exhibitors show; nothing once it is cancelled."""
    rows = ShownOffer.objects.filter(exhibitor__edition=edition, exhibitor__state=ExhibitorState.ACCEPTED)
    return rows.exclude(exhibitor__edition__state=EditionState.CANCELLED)

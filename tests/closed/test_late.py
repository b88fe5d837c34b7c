"""What comes late is added with its source; what was frozen stays, also through a reopening."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.factories import (
    AttendeeFactory,
    EditionFactory,
    EntryFactory,
    ExhibitorFactory,
    MeetingFactory,
    OfferFactory,
    StaffFactory,
)
from forums.actor import Actor
from forums.errors import ForumError
from forums.models import Attendee, Edition, LateFact
from forums.services import editions, exhibitors, late
from forums.services.walk_ins import register_walk_in
from ledger.declarations import Facts
from ledger.enums import Evidence
from ledger.models import LedgerEntry
from ledger.services.entries import Declaration, declare
from medinjob.lib.errors import MoveError
from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from reports.selectors.body import report_body
from reports.selectors.closed import closing_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return OfferFactory(published=True, job__open_positions=3)


@pytest.fixture
def edition():
    return EditionFactory(over=True)


@pytest.fixture
def stand(edition, offer):
    return ExhibitorFactory(edition=edition, company=offer.company, accepted=True, shown=[offer], people=["Alix"])


@pytest.fixture
def closed(edition, stand):
    EntryFactory(attendee=AttendeeFactory(edition=edition))
    EntryFactory(attendee=None, representative=stand.representatives.get())
    editions.close(edition=edition, by=None)
    return edition


def said(**more):
    return {"source": "Liste papier", "said_on": timezone.localdate(), "by": None, **more}


def value(edition, slug):
    return compute(scope_of(edition)).value(slug)


def test_closing_makes_a_snapshot_of_its_own(closed):
    snapshot = closed.snapshots.get()
    assert (snapshot.closing, json.loads(snapshot.body)["edition"]["closed"]) == (True, True)
    assert closing_of(closed).values["positions"] == 3


def test_reopening_thaws_nothing(closed, offer):
    offer.job.open_positions = 65
    offer.job.save()
    editions.reopen(edition=closed, by=None, reason="Relire")
    assert value(closed, "positions") == 3
    editions.close(edition=closed, by=None)
    assert (value(closed, "positions"), closed.snapshots.filter(closing=True).count()) == (3, 2)


def test_the_portal_keeps_its_positions(edition, stand):
    published = timezone.now() - timedelta(days=40)
    other = OfferFactory(published=True, published_at=published, job__open_positions=4)
    editions.close(edition=edition, by=None)
    before = value(edition, "portal-positions")
    other.job.open_positions = 50
    other.job.save()
    assert (value(edition, "portal-positions"), before) == (4, 4)


def test_paper_found_later_is_added_and_the_report_says_so(closed):
    late.add_late_entry(
        venue=closed.venues.get(), day=closed.event.starts_on, attendee=AttendeeFactory(edition=closed), **said()
    )
    late.add_late_entry(venue=closed.venues.get(), day=closed.event.starts_on, name="Nora Exemple", **said())
    assert (value(closed, "participants"), closing_of(closed).values["participants"]) == (3, 1)
    body = report_body(compute(scope_of(closed)))
    assert [fact["source"] for fact in body["edition"]["late"]] == ["Liste papier"] * 2
    assert body["edition"]["closing"]["values"]["participants"] == 1


def test_an_attribution_follows_paper_at_once(closed, stand):
    attendee = AttendeeFactory(edition=closed)
    facts = Facts("cdi", "Dev", timezone.localdate())
    declare(declaration=Declaration(company=stand.company, facts=facts, kind=Evidence.COMPANY, attendee=attendee))
    assert not hasattr(LedgerEntry.objects.get(), "attribution")
    late.add_late_entry(venue=closed.venues.get(), day=closed.event.starts_on, attendee=attendee, **said())
    assert LedgerEntry.objects.get().attribution.kind == "assisted"
    late.add_late_meeting(exhibitor=stand, attendee=attendee, **said())
    assert LedgerEntry.objects.get().attribution.kind == "direct"


def test_a_correction_is_a_late_fact_too(closed, stand):
    late.correct_positions(shown=stand.shown_offers.get(), positions=5, **said(source="Courriel du 3 mai"))
    assert (value(closed, "positions"), closing_of(closed).values["positions"]) == (5, 3)
    assert LateFact.objects.get().detail.endswith(": 3 → 5")


def test_what_has_no_source_is_not_added(closed):
    with pytest.raises(ForumError, match="source"):
        late.take_back_late(entry=closed.entries.first(), **said(source=" "))
    assert value(closed, "participants") == 1


@pytest.mark.parametrize(
    ("do", "data"),
    [
        ("entry", {"person": "Nora Exemple"}),
        ("undo", {}),
        ("positions", {"positions": "8"}),
        ("meeting", {"person": "camille@medinjob.example"}),
    ],
)
def test_the_team_adds_on_one_page(client, closed, stand, do, data):
    client.force_login(StaffFactory())
    AttendeeFactory(edition=closed, visitor=True, email="camille@medinjob.example")
    url = reverse("late-facts", args=[closed.event.slug])
    rows = {"venue": closed.venues.get().pk, "entry": closed.entries.exclude(attendee=None).get().pk}
    rows |= {"exhibitor": stand.pk, "shown": stand.shown_offers.get().pk, "day": closed.event.starts_on.isoformat()}
    sent = {"do": do, "source": "Liste", "said_on": timezone.localdate().isoformat(), **rows, **data}
    assert client.post(url, {**sent, "source": ""}).status_code == 422
    assert client.post(url, sent).status_code == 302
    assert LateFact.objects.get().kind == do
    assert "Liste" in client.get(reverse("report", args=[closed.event.slug])).text


def test_a_changed_window_is_a_line_of_the_history(edition):
    fields = {"attribution_days": 90}
    editions.save_edition(
        edition=edition, version=edition.version, name=edition.event.name, action=None,
        dates=[edition.event.starts_on], fields=fields, rows=[], by=None,
    )  # fmt: skip
    event = edition.events.get()
    assert (event.action, "180 → 90" in event.reason) == ("edit", True)


def test_what_was_shown_from_the_first_day_on_stays_and_each_change_before_is_an_event(offer):
    edition = EditionFactory(announced=True)
    stand = ExhibitorFactory(edition=edition, company=offer.company, accepted=True, shown=[offer])
    exhibitors.change_stand(exhibitor=stand, fields={}, offers=[], people=[])
    assert [(event.action, event.reason) for event in stand.events.all()] == [("hide", offer.title)]
    running = ExhibitorFactory(
        edition=EditionFactory(running=True), company=offer.company, accepted=True, shown=[offer]
    )
    with pytest.raises(MoveError, match="commencé"):
        exhibitors.change_stand(exhibitor=running, fields={}, offers=[], people=[])


def test_two_walk_ins_of_one_name_are_a_likely_double(client):
    edition = EditionFactory(running=True)
    for name in ("Élodie  Martin", "martin elodie"):
        register_walk_in(venue=edition.venues.get(), name=name, actor=Actor(user=StaffFactory()))
    client.force_login(StaffFactory())
    page = client.get(reverse("report", args=[edition.event.slug])).text
    assert "Doubles probables parmi les entrées" in page
    assert Attendee.objects.count() == 2


def test_a_refused_exhibitor_and_who_holds_a_stand_stay_out_after_their_addresses_are_gone(edition, stand):
    stand.representatives.update(email="alix@medinjob.example")
    holder = AttendeeFactory(edition=edition, visitor=True, email="Alix@medinjob.example", present=True)
    editions.close(edition=edition, by=None)
    assert value(edition, "participants") == 0
    stand.representatives.update(email="", name="")
    Attendee.objects.filter(pk=holder.pk).update(email="", name="")
    assert value(Edition.objects.get(pk=edition.pk), "participants") == 0


def test_a_held_meeting_of_a_refused_stand_is_no_meeting(edition, stand):
    MeetingFactory(exhibitor=ExhibitorFactory(edition=edition, refused=True), held=True)
    assert value(edition, "meetings") == 0

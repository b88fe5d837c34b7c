"""The factories of the forum make what they say, and what the database accepts."""

import pytest

from demo.factories import (
    AttendeeFactory,
    AuditLinkFactory,
    BadgeFactory,
    DeclaredFigureFactory,
    EditionFactory,
    EntryFactory,
    ExhibitorFactory,
    GrantFactory,
    LedgerEntryFactory,
    MeetingFactory,
    OfferFactory,
    PassFactory,
    ProgrammeItemFactory,
)
from forums.enums import MeetingState

pytestmark = pytest.mark.django_db

EDITION_TRAITS = ("announced", "running", "over", "closed", "declared")


@pytest.mark.parametrize("trait", EDITION_TRAITS)
def test_an_edition_of_every_trait_is_accepted(trait):
    edition = EditionFactory(**{trait: True})
    assert edition.days.count() == (0 if trait == "declared" else 1)


def test_an_edition_of_two_days_has_both():
    edition = EditionFactory(announced=True, lasts=2, venues=["Hall A", "Hall B"])
    assert (edition.days.count(), edition.venues.count()) == (2, 2)


@pytest.mark.parametrize("trait", ["accepted", "waiting", "refused", "cancelled"])
def test_an_exhibitor_of_every_trait_is_accepted(trait):
    offer = OfferFactory(published=True)
    exhibitor = ExhibitorFactory(company=offer.company, shown=[offer], people=["Camille"], **{trait: True})
    assert exhibitor.edition.collection.offers.count() == (trait == "accepted")


@pytest.mark.parametrize("trait", ["visitor", "to_confirm", "waiting", "cancelled", "present"])
def test_an_attendee_of_every_trait_is_accepted(trait):
    attendee = AttendeeFactory(**{trait: True})
    assert attendee.badges.exists() is (trait in ("visitor", "present"))


@pytest.mark.parametrize("trait", ["agreed", "started", "held", "no_show", "reported"])
def test_a_meeting_of_every_trait_is_at_its_own_edition(trait):
    meeting = MeetingFactory(**{trait: True})
    assert meeting.attendee.edition == meeting.exhibitor.edition
    assert (meeting.state == MeetingState.DONE) is (trait in ("held", "reported"))


def test_the_rest_is_accepted():
    meeting = MeetingFactory()
    made = [
        PassFactory(), PassFactory(stand=meeting.exhibitor), EntryFactory(), LedgerEntryFactory(), GrantFactory(),
        AuditLinkFactory(), DeclaredFigureFactory(), ProgrammeItemFactory(),
        BadgeFactory(edition=meeting.exhibitor.edition, blank=True, number=1),
    ]  # fmt: skip
    assert all(row.pk for row in made)

"""What survives a deletion, and what does not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.services import close_account, queue_mail
from candidates.services.privacy import forget as forget_candidate
from demo.factories import (
    ActionFactory,
    ApplicationFactory,
    AttendeeFactory,
    EditionFactory,
    ExhibitorFactory,
    GrantFactory,
    MeetingFactory,
    OfferFactory,
    PassFactory,
    ReportedMeetingFactory,
    UserFactory,
)
from forums.enums import AttendeeState
from forums.links import attendee_url
from forums.models import Attendee, Meeting
from ledger.declarations import Facts
from ledger.enums import Evidence, LedgerAction
from ledger.models import LedgerEntry
from ledger.services import retention
from ledger.services.attribution import refresh_attributions
from ledger.services.entries import Declaration, declare
from tests.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory(name="Camille Exemple")


def edition_of(audit_in=None, **traits):
    action = ActionFactory()
    audit_until = timezone.localdate() + timedelta(days=audit_in) if audit_in is not None else None
    GrantFactory(action=action, audit_until=audit_until)
    return EditionFactory(**({"over": True} | traits), event__action=action)


def meet(person, edition):
    exhibitor = ExhibitorFactory(edition=edition, accepted=True)
    attendee = AttendeeFactory(edition=edition, user=person, present=True)
    return MeetingFactory(exhibitor=exhibitor, attendee=attendee, held=True, note="Très bon contact")


def sign(meeting, kind=Evidence.COMPANY):
    facts = Facts("cdi", "Dev", timezone.localdate())
    attendee = meeting.attendee
    declaration = Declaration(
        company=meeting.exhibitor.company, facts=facts, kind=kind, name=attendee.name, attendee=attendee
    )
    return declare(declaration=declaration)


def counts(edition):
    return (
        Attendee.objects.filter(edition=edition).present().count(),
        Meeting.objects.held().filter(exhibitor__edition=edition).count(),
        LedgerEntry.objects.counting().filter(attribution__edition=edition, attribution__kind="direct").count(),
    )


def test_a_deleted_account_leaves_the_counts_and_no_name(person):
    edition = edition_of(audit_in=None)
    meeting = meet(person, edition)
    entry = sign(meeting)
    before = counts(edition)
    close_account(user=person)
    meeting.refresh_from_db()
    entry.refresh_from_db()
    attendee = Attendee.objects.get()
    assert counts(edition) == before == (1, 1, 1)
    assert (attendee.name, attendee.email, attendee.user) == ("", "", None)
    assert (meeting.shared, meeting.note) == ({}, "")
    assert (entry.user, entry.name, entry.erased_at is not None) == (None, "", True)


def test_the_name_that_proves_a_contract_stays_until_the_audit_date(person):
    entry = sign(meet(person, edition_of(audit_in=100)))
    close_account(user=person)
    entry.refresh_from_db()
    assert (entry.name, entry.erased_at, retention.erase_names()) == ("Camille Exemple", None, 0)
    LedgerEntry.objects.update(keep_until=timezone.localdate())
    assert retention.erase_names() == 0
    LedgerEntry.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
    assert (retention.erase_names(), retention.erase_names()) == (1, 0)
    entry.refresh_from_db()
    assert (entry.name, entry.events.filter(action=LedgerAction.ERASE).count()) == ("", 1)


def test_the_name_of_who_is_still_there_is_not_erased(person):
    sign(meet(person, edition_of()))
    assert retention.erase_names() == 0


def test_attributions_do_not_change_when_the_person_is_gone(person):
    edition = edition_of()
    offer = OfferFactory(published=True)
    stand = ExhibitorFactory(edition=edition, company=offer.company, accepted=True, shown=[offer])
    attendee = AttendeeFactory(edition=edition, user=person)
    noon = timezone.now() - timedelta(days=30)
    ApplicationFactory(offer=offer, candidate=person, sent_at=noon, days=30)
    entry = sign(MeetingFactory.build(exhibitor=stand, attendee=attendee))
    assert entry.attribution.kind == "direct"
    close_account(user=person)
    assert refresh_attributions() == 0
    assert LedgerEntry.objects.get().attribution.kind == "direct"


def test_the_company_that_speaks_after_a_deletion_makes_no_second_contract(person):
    meeting = meet(person, edition_of())
    entry = sign(meeting, Evidence.CANDIDATE)
    close_account(user=person)
    meeting.attendee.refresh_from_db()
    assert sign(meeting) == entry
    entry.refresh_from_db()
    assert (entry.level, LedgerEntry.objects.count()) == ("both", 1)


def test_rows_of_one_person_at_two_editions_stay_one_person(person):
    for _ in range(2):
        AttendeeFactory(edition=edition_of(), user=person)
    AttendeeFactory(edition=edition_of())
    close_account(user=person)
    forgotten = Attendee.objects.filter(forgotten_at__isnull=False)
    assert (forgotten.count(), forgotten.values("person").distinct().count()) == (2, 1)


def test_the_pseudonym_is_that_of_the_ledger(person):
    entry = sign(meet(person, edition_of()))
    close_account(user=person)
    assert Attendee.objects.get().person == entry.person


def test_what_is_to_come_is_cancelled_and_what_was_is_not(person):
    coming = AttendeeFactory(edition=EditionFactory(announced=True), user=person)
    past = AttendeeFactory(edition=edition_of(), user=person)
    close_account(user=person)
    states = {row.pk: row.state for row in Attendee.objects.all()}
    assert states == {coming.pk: AttendeeState.CANCELLED, past.pk: AttendeeState.REGISTERED}
    assert not Attendee.objects.filter(badges__revoked_at=None, badges__isnull=False).exists()


def test_a_candidate_anonymised_whose_account_stays_is_forgotten_at_the_forum_too(person):
    AttendeeFactory(edition=edition_of(), user=person)
    forget_candidate(user=person, action="anonymised")
    assert Attendee.objects.get().forgotten_at is not None


def test_a_visitor_is_forgotten_with_their_mails_and_what_was_reported_of_them():
    visitor = AttendeeFactory(visitor=True, edition=edition_of(), email="nora@medinjob.example")
    reported = ReportedMeetingFactory(exhibitor__edition=visitor.edition, email="Nora@medinjob.example")
    queue_mail(to="Nora@medinjob.example", subject="x", body="x")
    queue_mail(to="alix@medinjob.example", subject="x", body="x")
    assert retention.forget(attendee=visitor) == 1
    reported.refresh_from_db()
    assert (reported.name, reported.email) == ("", "")
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["alix@medinjob.example"]


def old_edition(years):
    return EditionFactory(over=True, starts_in=-365 * years - 2)


def test_visitors_of_two_years_ago_are_forgotten_once():
    AttendeeFactory(visitor=True, edition=old_edition(2))
    AttendeeFactory(visitor=True, edition=old_edition(1))
    AttendeeFactory(edition=old_edition(3))
    assert (retention.forget_old(), retention.forget_old()) == (1, 0)


def test_a_visitor_who_came_again_is_not_forgotten():
    for years in (3, 1):
        AttendeeFactory(visitor=True, edition=old_edition(years), email="nora@medinjob.example")
    assert retention.forget_old() == 0


def test_who_held_a_stand_or_the_door_is_forgotten_and_counted():
    edition = old_edition(3)
    stand = ExhibitorFactory(edition=edition, accepted=True, people=["Alix Exemple"])
    door = PassFactory(edition=edition)
    recent = PassFactory(edition=old_edition(1))
    retention.forget_old()
    for row in (door, recent):
        row.refresh_from_db()
    assert [row.name for row in stand.representatives.all()] == [""]
    assert (door.name, bool(recent.name)) == ("", True)


def test_a_visitor_erases_their_data_by_their_link(client):
    visitor = AttendeeFactory(visitor=True, edition=edition_of())
    url = attendee_url(visitor.pk, "attendee-forget")
    assert "Effacer mes données" in text(client.get(url))
    assert Attendee.objects.get().name != ""
    assert client.post(url).status_code == 302
    assert (Attendee.objects.get().name, client.get(url).status_code) == ("", 404)


def test_who_has_an_account_erases_it_there(client):
    attendee = AttendeeFactory(edition=edition_of())
    answer = client.post(attendee_url(attendee.pk, "attendee-forget"))
    attendee.refresh_from_db()
    assert (answer.url, attendee.forgotten_at) == ("/mes-donnees/", None)

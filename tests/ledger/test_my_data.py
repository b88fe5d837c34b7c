"""A person sees, and takes away, what the forum holds of them."""

import json
import zipfile

import pytest
from django.urls import reverse

from candidates.selectors.export import everything_about
from candidates.services.export import export_of
from demo.factories import EntryFactory, LedgerEntryFactory, MeetingFactory, UserFactory
from ledger.selectors.my_data import forum_data, forum_held
from tests.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(held=True, note="Très bon contact", attendee__user=UserFactory())


@pytest.fixture
def person(meeting):
    EntryFactory(attendee=meeting.attendee)
    LedgerEntryFactory(attendee=meeting.attendee, company=meeting.exhibitor.company)
    return meeting.attendee.user


def test_the_page_says_what_the_forum_holds(client, person, meeting):
    client.force_login(person)
    page = text(client.get(reverse("my-data")))
    for said in (f"Inscription : {meeting.exhibitor.edition.event.name}", "Rencontre :", "Contrat signé avec"):
        assert said in page


def test_the_file_holds_it_all_with_the_note_of_the_stand(person):
    with export_of(user=person) as file, zipfile.ZipFile(file) as archive:
        data = json.loads(archive.read("data.json"))
    (met,), (signed,) = data["forum_meetings"], data["signed_contracts"]
    assert (met["note"], signed["type"]) == ("Très bon contact", "cdi")
    assert (len(data["forum_registrations"]), len(data["forum_entries"])) == (1, 1)


def test_nobody_else_s_forum_is_in_it(person):
    data = everything_about(UserFactory())
    assert [data[name] for name in data if name.startswith("forum_") or name == "signed_contracts"] == [[]] * 6


@pytest.mark.parametrize("count", [1, 3])
def test_the_forum_costs_the_same_queries_for_one_and_three(person, count, django_assert_num_queries):
    for _ in range(count - 1):
        MeetingFactory(held=True, attendee__user=person)
    with django_assert_num_queries(3):
        assert len(forum_held(person)) == 1 + 2 * count
    with django_assert_num_queries(6):
        forum_data(person)

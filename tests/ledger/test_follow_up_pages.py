"""The page behind the link: shown on GET, done on POST, nothing typed is lost."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail
from demo.factories import AttendeeFactory, EditionFactory, ExhibitorFactory, MeetingFactory, StaffFactory
from forums.enums import MeetingSource
from forums.models import Meeting
from ledger import links
from ledger.models import FollowUp, FollowUpAnswer, LedgerEntry, ReportedMeeting
from ledger.services import reported as reporting
from ledger.services.follow_up import ask_due
from tests.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def exhibitor():
    return ExhibitorFactory(edition=EditionFactory(over=True, follow_ups=True), accepted=True)


@pytest.fixture
def meeting(exhibitor):
    return MeetingFactory(exhibitor=exhibitor, held=True)


@pytest.fixture
def company_page(meeting, exhibitor):
    ask_due()
    return links.follow_up_url(FollowUp.objects.get(exhibitor=exhibitor).pk)


@pytest.fixture
def person_page(meeting):
    ask_due()
    return links.follow_up_url(FollowUp.objects.get(attendee=meeting.attendee).pk)


def said(meeting, outcome="hired", **changes):
    values = {"outcome": outcome, "type": "cdi", "job_title": "Dev", "signed_on": timezone.localdate().isoformat()}
    return {f"{meeting.exhibitor_id}-{meeting.attendee_id}-{name}": v for name, v in (values | changes).items()}


def test_a_company_sees_whom_it_met_and_not_their_address(client, company_page, meeting):
    page = client.get(company_page).content.decode()
    assert meeting.attendee.name in page
    assert meeting.attendee.email not in page
    assert FollowUpAnswer.objects.count() == 0


def test_a_company_sees_the_first_name_of_who_has_not_agreed(client, exhibitor):
    attendee = AttendeeFactory(edition=exhibitor.edition, name="Camille Exemple")
    MeetingFactory(exhibitor=exhibitor, attendee=attendee)
    ask_due()
    page = client.get(links.follow_up_url(FollowUp.objects.get(exhibitor=exhibitor).pk)).content.decode()
    assert ("Camille" in page, "Exemple" in page) == (True, False)


def test_a_hiring_is_saved(client, company_page, meeting):
    answer = client.post(company_page, said(meeting), follow=True)
    assert answer.redirect_chain == [(company_page, 302)]
    assert LedgerEntry.objects.get().job_title == "Dev"
    assert "Vous avez tout dit" in text(answer)


def test_a_hiring_without_its_dates_is_wrong_beside_the_field_and_keeps_what_was_typed(client, company_page, meeting):
    answer = client.post(company_page, said(meeting, signed_on="", job_title="Poste fictif"))
    assert answer.status_code == 422
    assert "Poste fictif" in answer.content.decode()
    assert LedgerEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"signed_on": "2999-01-01"}, "ne peut pas être dans le futur"),
        ({"signed_on": "2001-01-01"}, "ne peut pas précéder le forum"),
        ({"starts_on": "2001-01-01"}, "vérifiez l'année"),
        ({"type": "n'importe quoi"}, "Sélectionnez un choix valide"),
        ({"signed_on": "hier"}, "date valide"),
        ({"outcome": "peut-être"}, "Sélectionnez un choix valide"),
    ],
)
def test_wrong_input_is_answered_beside_it(client, company_page, meeting, changes, error):
    answer = client.post(company_page, said(meeting, **changes))
    assert (answer.status_code, error in text(answer)) == (422, True)


def test_no_news_for_the_others_is_one_click(client, company_page, meeting, exhibitor):
    ask = {**said(meeting, "refused"), "others": "1"}
    other = MeetingFactory(exhibitor=exhibitor, held=True)
    client.post(company_page, ask)
    outcomes = {row.attendee_id: row.outcome for row in FollowUpAnswer.objects.all()}
    assert outcomes == {meeting.attendee_id: "refused", other.attendee_id: "no_news"}
    assert FollowUp.objects.get(exhibitor=exhibitor).answered_at is not None


def test_what_is_typed_below_another_answer_is_left_alone(client, company_page, meeting):
    client.post(company_page, said(meeting, "refused", signed_on="n'importe"))
    assert FollowUpAnswer.objects.get().outcome == "refused"
    assert LedgerEntry.objects.count() == 0


def test_a_page_sent_empty_says_what_to_do(client, company_page):
    assert "Rien de nouveau" in client.post(company_page, {}, follow=True).content.decode()


def test_a_person_says_the_same_of_companies(client, person_page, meeting):
    client.post(person_page, said(meeting))
    assert LedgerEntry.objects.get().level == "candidate"


def test_a_person_names_another_company_of_the_forum(client, person_page, meeting):
    other = ExhibitorFactory(edition=meeting.exhibitor.edition, accepted=True)
    fields = {"exhibitor": other.pk, "outcome": "hired", "type": "cdi", "job_title": "Dev"}
    fields["signed_on"] = timezone.localdate().isoformat()
    client.post(person_page, {f"other-{name}": value for name, value in fields.items()})
    assert LedgerEntry.objects.get().company == other.company


def test_a_person_who_names_no_company_is_asked_which(client, person_page):
    answer = client.post(person_page, {"other-outcome": "refused"})
    assert (answer.status_code, "De quelle entreprise" in text(answer)) == (422, True)


def test_companies_of_other_editions_cannot_be_named(client, person_page):
    stranger = ExhibitorFactory(accepted=True)
    answer = client.post(person_page, {"other-exhibitor": stranger.pk, "other-outcome": "refused"})
    assert (answer.status_code, FollowUpAnswer.objects.count()) == (422, 0)


def test_a_link_that_is_not_ours_or_too_old_is_no_page(client, company_page, monkeypatch):
    assert client.get(company_page[:-3] + "xx/").status_code == 404
    pk = FollowUp.objects.first().pk
    foreign = reverse("follow-up", args=[signing.dumps(pk, salt="forums.attendee")])
    assert client.get(foreign).status_code == 404
    monkeypatch.setattr("ledger.links.FOLLOW_UP_LINK_LIFETIME", timedelta(seconds=-1))
    assert client.get(company_page).status_code == 404


def test_a_company_adds_somebody_met_without_a_badge(client, company_page, exhibitor):
    url = f"{company_page}rencontre/"
    answer = client.post(url, {"reported-name": "Nora Exemple", "reported-email": "Nora@medinjob.example"}, follow=True)
    row = ReportedMeeting.objects.get()
    assert (row.exhibitor, row.email, Meeting.objects.filter(source="reported").count()) == (
        exhibitor,
        "nora@medinjob.example",
        0,
    )
    assert "Nora Exemple : Medinsoft cherche" in text(answer)
    again = client.post(url, {"reported-name": "Nora", "reported-email": "nora@medinjob.example"})
    assert (again.status_code, "déjà signalée" in text(again)) == (422, True)


def test_a_person_cannot_add_persons(client, person_page):
    assert client.post(f"{person_page}rencontre/", {"reported-name": "Nora"}).status_code == 404


@pytest.fixture
def reported(exhibitor):
    attendee = AttendeeFactory(edition=exhibitor.edition, name="Nora Exemple", present=True)
    row = reporting.report(exhibitor=exhibitor, name="Nora", email=attendee.email)
    reporting.match(reported=row, attendee=attendee, by=StaffFactory())
    return row


def test_a_reported_meeting_counts_once_the_person_confirms(client, reported):
    url = links.reported_url(reported.pk)
    assert OutgoingMail.objects.get(key__startswith="reported-").to == reported.attendee.email
    assert "Est-ce exact" in text(client.get(url))
    assert Meeting.objects.count() == 0
    client.post(url, {"answer": "yes"})
    meeting = Meeting.objects.get()
    assert (meeting.source, meeting.state, meeting.attendee) == (MeetingSource.REPORTED, "done", reported.attendee)


def test_a_reported_meeting_that_is_declined_counts_nothing(client, reported):
    url = links.reported_url(reported.pk)
    assert "ne pas avoir rencontré" in text(client.post(url, {"answer": "no"}, follow=True))
    assert "Vous avez déjà répondu" in client.post(url, {"answer": "yes"}, follow=True).content.decode()
    assert Meeting.objects.count() == 0


def test_a_confirmation_makes_an_assisted_contract_direct(client, reported, exhibitor):
    exhibitor.representatives.create(name="Alix").entries.create(
        edition=exhibitor.edition, venue=exhibitor.edition.venues.first(), day=exhibitor.edition.event.starts_on
    )
    ask_due()
    row = FollowUp.objects.get(attendee=reported.attendee)
    fields = {"exhibitor": exhibitor.pk, "outcome": "hired", "type": "cdi", "job_title": "Dev"}
    fields["signed_on"] = timezone.localdate().isoformat()
    client.post(links.follow_up_url(row.pk), {f"other-{name}": value for name, value in fields.items()})
    entry = LedgerEntry.objects.get()
    assert entry.attribution.kind == "assisted"
    client.post(links.reported_url(reported.pk), {"answer": "yes"})
    entry.attribution.refresh_from_db()
    assert entry.attribution.kind == "direct"
    assert [event.after["kind"] for event in entry.events.filter(action="attribute")] == ["assisted", "direct"]

"""The team's ledger, and its desk after an edition."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.factories import (
    AttendeeFactory,
    EditionFactory,
    ExhibitorFactory,
    LedgerEntryFactory,
    MeetingFactory,
    StaffFactory,
    UserFactory,
)
from ledger.declarations import Facts
from ledger.enums import Evidence, Outcome
from ledger.models import FollowUp, LedgerEntry, ReportedMeeting
from ledger.services.entries import Declaration, declare
from ledger.services.follow_up import Answer, answer, ask_due
from tests.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(StaffFactory())
    return client


@pytest.fixture
def meeting():
    exhibitor = ExhibitorFactory(edition=EditionFactory(over=True, follow_ups=True), accepted=True)
    return MeetingFactory(exhibitor=exhibitor, held=True)


@pytest.fixture
def entry(meeting):
    declaration = Declaration(
        company=meeting.exhibitor.company,
        facts=Facts("cdi", "Développement Python", timezone.localdate()),
        kind=Evidence.COMPANY,
        name=meeting.attendee.name,
        attendee=meeting.attendee,
    )
    return declare(declaration=declaration)


def today(days=0):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def act(desk, entry, action, **data):
    return desk.post(reverse("ledger-act", args=[entry.pk, action]), data)


def facts(**changes):
    return {"type": "cdi", "job_title": "Dev", "signed_on": today(), "starts_on": ""} | changes


def test_the_list_shows_who_where_and_what_it_counts_for(desk, entry):
    page = text(desk.get(reverse("ledger")))
    for words in (entry.name, entry.company.name, "Déclaré par l'entreprise", "Directe", "Compté"):
        assert words in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries_for_one_and_three(desk, count, django_assert_num_queries):
    LedgerEntryFactory.create_batch(count)
    desk.get(reverse("ledger"))
    with django_assert_num_queries(6):
        desk.get(reverse("ledger"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=Python", 1),
        ("q=PYTHON", 1),
        ("q=introuvable", 0),
        ("attribution=direct", 1),
        ("attribution=assisted", 0),
        ("level=company", 1),
        ("level=both", 0),
        ("type=stage", 0),
        ("state=counts", 1),
        ("state=cancelled", 0),
        ("state=renewal", 0),
        ("state=merged", 0),
        ("state=doubtful", 0),
        ("state=n%27importe", 1),
        ("page=999", 1),
    ],
)
def test_filters_find_what_they_say(desk, entry, query, found):
    page = desk.get(f"{reverse('ledger')}?{query}")
    assert page.context["page"].paginator.count == found


def test_two_contracts_of_one_pair_are_to_be_checked(desk, entry):
    LedgerEntryFactory(person=entry.person, company=entry.company, job_title="Autre poste")
    page = desk.get(f"{reverse('ledger')}?state=doubtful")
    assert page.context["page"].paginator.count == 2


def test_a_contract_that_the_other_side_denies_is_to_be_checked(desk, meeting, entry):
    ask_due()
    row = FollowUp.objects.get(attendee=meeting.attendee)
    pair = {"exhibitor": meeting.exhibitor, "attendee": meeting.attendee}
    answer(follow_up=row, answers=[Answer(**pair, outcome=Outcome.REFUSED)])
    assert desk.get(f"{reverse('ledger')}?state=doubtful").context["page"].paginator.count == 1
    answer(follow_up=row, answers=[Answer(**pair, outcome=Outcome.GOING_ON)])
    assert desk.get(f"{reverse('ledger')}?state=doubtful").context["page"].paginator.count == 0


def test_the_list_is_taken_away_as_it_is_filtered(desk, entry):
    LedgerEntryFactory(job_title="Autre")
    csv = b"".join(desk.get(reverse("ledger-export", args=["csv"]) + "?q=Python")).decode()
    assert (entry.company.name in csv, "Autre" in csv) == (True, False)
    assert desk.get(reverse("ledger-export", args=["xlsx"])).content[:2] == b"PK"
    assert desk.get(reverse("ledger-export", args=["exe"])).status_code == 404


def test_an_entry_shows_its_evidence_its_attribution_and_why(desk, entry):
    page = text(desk.get(reverse("ledger-entry", args=[entry.pk])))
    for words in ("Déclaré par l'entreprise", "Directe", "Rencontre au stand", "Inscrit", "Rattaché"):
        assert words in page


def test_a_document_seen_is_written_with_its_nature(desk, entry):
    assert act(desk, entry, "document", nature="Contrat", on=today(), **facts()).status_code == 302
    entry.refresh_from_db()
    assert (entry.level, entry.job_title) == ("document", "Dev")


def test_a_correction_wants_a_reason_and_loses_nothing_typed(desk, entry):
    page = act(desk, entry, "correct", reason="", **facts(job_title="Poste corrigé"))
    assert (page.status_code, "Poste corrigé" in page.content.decode()) == (422, True)
    act(desk, entry, "correct", reason="Vu avec eux", **facts(type="cdd"))
    entry.refresh_from_db()
    assert entry.type == "cdd"


def test_a_cancellation_after_the_start_is_said_beside_its_date(desk, entry):
    act(desk, entry, "correct", reason="Début connu", **facts(starts_on=today(-3)))
    page = act(desk, entry, "cancel", on=today(-3), reason="Rupture")
    assert (page.status_code, "avait commencé" in text(page)) == (422, True)
    assert act(desk, entry, "cancel", on=today(-4), reason="Désistement").status_code == 302
    assert LedgerEntry.objects.counting().count() == 0
    act(desk, entry, "reopen", reason="Erreur")
    assert LedgerEntry.objects.counting().count() == 1


def test_entries_are_merged_and_separated(desk, entry):
    other = LedgerEntryFactory(company=entry.company, user=UserFactory())
    act(desk, other, "merge", into=entry.pk, reason="Même personne")
    assert LedgerEntry.objects.counting().count() == 1
    act(desk, other, "separate", reason="Non")
    assert LedgerEntry.objects.counting().count() == 2


def test_entries_of_another_company_cannot_be_chosen(desk, entry):
    page = act(desk, entry, "merge", into=LedgerEntryFactory().pk, reason="?")
    assert page.status_code == 422


def test_a_renewal_is_said(desk, entry):
    act(desk, entry, "renewal", renewal="1", reason="CDD prolongé")
    assert LedgerEntry.objects.counting().count() == 0


@pytest.mark.parametrize("action", ["document", "correct", "cancel", "reopen", "renewal", "merge", "separate"])
def test_an_empty_form_is_no_error_of_ours(desk, entry, action):
    assert act(desk, entry, action).status_code == 422


def test_an_unknown_action_is_no_page(desk, entry):
    assert act(desk, entry, "delete").status_code == 404


def test_staff_write_a_contract_with_its_source(desk, meeting):
    url = reverse("ledger-new", args=[meeting.exhibitor.edition.event.slug])
    data = facts(exhibitor=meeting.exhibitor.pk, person=meeting.attendee.email.upper(), source="Appel", on=today())
    assert desk.post(url, data).status_code == 302
    entry = LedgerEntry.objects.get()
    row = entry.evidence.get()
    assert (entry.attendee, entry.level, row.kind, row.source) == (meeting.attendee, "staff", "staff", "Appel")


def test_staff_are_told_that_nobody_has_that_address(desk, meeting):
    url = reverse("ledger-new", args=[meeting.exhibitor.edition.event.slug])
    page = desk.post(url, facts(exhibitor=meeting.exhibitor.pk, person="personne@medinjob.example", source="x"))
    assert (page.status_code, "Personne n'est inscrit" in text(page)) == (422, True)


def test_the_desk_shows_who_has_not_answered(desk, meeting):
    ask_due()
    row = FollowUp.objects.get(attendee=meeting.attendee)
    pair = {"exhibitor": meeting.exhibitor, "attendee": meeting.attendee}
    answer(follow_up=row, answers=[Answer(**pair, outcome=Outcome.REFUSED)])
    page = text(desk.get(reverse("follow-up-desk", args=[meeting.exhibitor.edition.event.slug])))
    assert page.index(meeting.exhibitor.company.name) < page.index(meeting.attendee.name)
    assert ("1/2" in page, "Pas encore" in page, "Tout dit" in page) == (True, True, True)


def test_the_desk_before_the_first_date_says_when(desk):
    edition = EditionFactory(announced=True, follow_ups=True)
    page = text(desk.get(reverse("follow-up-desk", args=[edition.event.slug])))
    assert "Les premiers courriels partent" in page


def test_staff_enter_what_they_heard(desk, meeting):
    ask_due()
    row = FollowUp.objects.get(exhibitor=meeting.exhibitor)
    data = {f"{meeting.exhibitor_id}-{meeting.attendee_id}-{k}": v for k, v in facts(outcome="hired").items()}
    url = reverse("follow-up-entry", args=[row.pk])
    assert desk.post(url, {**data, "source": "phone", "said_on": today(1)}).status_code == 422
    assert desk.post(url, {**data, "source": "phone", "said_on": today(-1)}).status_code == 302
    assert LedgerEntry.objects.get().evidence.get().kind == "staff"
    row.refresh_from_db()
    assert row.answered_at is not None


def test_staff_recognise_a_person_by_name_or_by_search(desk, meeting):
    nora = AttendeeFactory(edition=meeting.exhibitor.edition, name="Nora Exemple")
    AttendeeFactory(name="Nora Exemple")
    reported = ReportedMeeting.objects.create(exhibitor=meeting.exhibitor, name="nora ?")
    url = reverse("follow-up-match", args=[reported.pk])
    assert list(desk.get(url).context["form"].fields["attendee"].queryset) == [nora]
    assert list(desk.get(f"{url}?q=introuvable").context["form"].fields["attendee"].queryset) == []
    assert desk.post(url, {"attendee": nora.pk}).status_code == 302
    reported.refresh_from_db()
    assert (reported.attendee, reported.confirmed_at) == (nora, None)
    assert "déjà été interrogée" in text(desk.post(url, {"attendee": nora.pk}))

"""A person sees what is held of them and who opened it, and takes all of it away; staff leave a reason."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import FactorReset, OpenSession
from accounts.services import queue_mail
from candidates.enums import ANONYMISED_AFTER
from candidates.models import ApplicationMessage, ApplicationNote, DataAccess, SavedSearch
from candidates.services.access import log_cv_access, log_staff_access
from candidates.services.contracts import cancel, correct
from candidates.views.my_data import EXPORTS_AN_HOUR
from demo.factories import (
    ApplicationFactory,
    ContractFactory,
    CVFactory,
    DraftFactory,
    ProfileFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
REASON = "Signalement d'une entreprise impolie"


@pytest.fixture
def as_staff(client):
    staff = StaffFactory()
    client.force_login(staff)
    return client


@pytest.fixture
def sent(offer, candidate):
    """An application with something of everything."""
    row = ApplicationFactory(offer=offer, candidate=candidate, hired=True, cv=True, message="Je me présente.")
    ApplicationMessage.objects.create(application=row, side="company", text="Venez lundi.")
    ApplicationNote.objects.create(application=row, text="Note : très claire à l'oral.")
    log_cv_access(application=row, cv=row.cv, by=UserFactory(name="Recruteuse Curieuse"))
    return row


def exported(client):
    answer = client.post(reverse("my-data-export"))
    assert answer.status_code == 200
    return zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))


def test_sessions_and_lifted_factors_are_in_it_without_their_secrets(as_candidate, candidate):
    OpenSession.objects.create(user=candidate, session_key="secrète", browser="Firefox", network="203.0.113.x")
    FactorReset.objects.create(user=candidate)
    page = as_candidate.get(reverse("my-data"))
    assertContains(page, "connecté")
    assertContains(page, "Double authentification levée")
    data = data_of(as_candidate)
    assert "Firefox" in {session["browser"] for session in data["sessions"]}
    assert (len(data["factor_resets"]), data["addresses"][0]["email"]) == (1, candidate.email)
    assert "secrète" not in json.dumps(data, ensure_ascii=False)


def data_of(client):
    return json.loads(exported(client).read("data.json"))


def test_page_says_who_holds_what_and_until_when(as_candidate, candidate, sent):
    profile = ProfileFactory(user=candidate, last_contact_at=timezone.now() - timedelta(days=30))
    DraftFactory(email=candidate.email)
    SavedSearch.objects.create(user=candidate, label="Python à Aix", query="q=python")
    queue_mail(to=candidate.email, subject="Bonjour", body="x")
    profile.refresh_from_db()
    page = as_candidate.get("/mes-donnees/")
    for text in (candidate.email, sent.offer.title, sent.company.name, sent.cv.filename, "Python à Aix", "1 courriel"):
        assertContains(page, text)
    until = {row.until for row in page.context["held"] if row.what.startswith(("Profil", "CV", "Candidature"))}
    assert until == {profile.last_contact_at + ANONYMISED_AFTER}


def test_page_of_somebody_new_holds_the_account_and_the_device_alone(as_candidate):
    held = as_candidate.get("/mes-donnees/").context["held"]
    assert [row.what.split(" : ")[0] for row in held] == ["Compte", "1 appareil connecté"]


def test_page_shows_nothing_of_others(as_candidate):
    other = ApplicationFactory(cv=True)
    log_staff_access(application=other, by=None, reason=REASON)
    page = as_candidate.get("/mes-donnees/")
    assertNotContains(page, other.offer.title)
    assertNotContains(page, REASON)


def test_page_says_which_company_opened_the_cv_not_who_of_it(as_candidate, sent):
    page = as_candidate.get("/mes-donnees/")
    assert [(row.by, row.offer) for row in page.context["accesses"]] == [(sent.company.name, sent.offer.title)]
    assertNotContains(page, "Recruteuse Curieuse")


def test_page_costs_the_same_queries_for_one_and_three_applications(as_candidate, candidate, django_assert_num_queries):
    def ask():
        log_cv_access(application=(row := ApplicationFactory(candidate=candidate)), cv=None, by=None)
        return row

    ask()
    as_candidate.get("/mes-donnees/")
    with django_assert_num_queries(17) as one:
        as_candidate.get("/mes-donnees/")
    ask()
    ask()
    with django_assert_num_queries(len(one)):
        as_candidate.get("/mes-donnees/")


def test_export_holds_the_application_with_all_that_others_wrote(as_candidate, sent):
    [row] = data_of(as_candidate)["applications"]
    assert (row["offer"], row["company"], row["state"]) == (sent.offer.title, sent.company.name, "hired")
    assert row["message"] == "Je me présente."
    assert [message["text"] for message in row["messages"]] == ["Venez lundi."]
    assert [note["text"] for note in row["notes_of_the_company"]] == ["Note : très claire à l'oral."]
    assert [access["what"] for access in row["accesses"]] == ["cv"]
    assert [event["action"] for event in row["history"]] == ["send", "see", "invite", "hire"]


def test_export_holds_the_files(as_candidate, sent):
    archive = exported(as_candidate)
    [row] = json.loads(archive.read("data.json"))["applications"]
    with sent.cv.file.open() as file:
        assert archive.read(row["cv"]) == file.read()


def test_export_holds_contracts_with_corrections_and_cancellation(as_candidate, candidate, sent):
    first = ContractFactory(application=sent)
    facts = {"type": "cdd", "job_title": "Poste", "signed_on": first.signed_on, "starts_on": first.starts_on}
    second = correct(contract=first, side="company", by=None, reason="Erreur de saisie", facts=facts)
    cancel(contract=second, side="company", by=None, reason="Projet arrêté")
    [row] = data_of(as_candidate)["applications"]
    by_id = {contract["id"]: contract for contract in row["contracts"]}
    assert by_id[second.pk]["corrects"] == first.pk
    assert by_id[second.pk]["cancelled"]["reason"] == "Projet arrêté"
    assert by_id[first.pk]["cancelled"] is None


def test_export_holds_profile_drafts_searches_and_mails(as_candidate, candidate):
    ProfileFactory(user=candidate, headline="Développeuse")
    DraftFactory(email=candidate.email, message="Brouillon")
    SavedSearch.objects.create(user=candidate, label="Python", query="q=python")
    queue_mail(to=candidate.email, subject="Bonjour", body="Le texte")
    data = data_of(as_candidate)
    assert data["account"]["email"] == candidate.email
    assert data["profile"]["headline"] == "Développeuse"
    assert [draft["message"] for draft in data["drafts"]] == ["Brouillon"]
    assert [search["query"] for search in data["saved_searches"]] == ["q=python"]
    assert [mail["body"] for mail in data["mails"]] == ["Le texte\n"]


def test_export_holds_nothing_of_others_nor_a_password(as_candidate, candidate):
    other = ApplicationFactory(cv=True, message="Message d'une autre")
    text = json.dumps(data_of(as_candidate), ensure_ascii=False)
    assert other.email not in text
    assert "Message d'une autre" not in text
    assert candidate.password not in text


def test_export_without_a_lost_file_holds_the_rest(as_candidate, candidate):
    lost, kept = CVFactory(owner=candidate, former=True), CVFactory(owner=candidate)
    lost.file.storage.delete(lost.file.name)
    assert exported(as_candidate).namelist() == ["data.json", f"cv/{kept.pk}-{kept.filename}"]


def test_export_has_a_limit_by_the_hour(as_candidate):
    for _ in range(EXPORTS_AN_HOUR):
        assert as_candidate.post(reverse("my-data-export")).getvalue()  # read to its end: closed as the client does
    assertRedirects(as_candidate.post(reverse("my-data-export")), "/mes-donnees/")


def test_staff_see_no_name_or_message_without_a_reason(as_staff, sent):
    page = as_staff.get(reverse("staff-application", args=[sent.pk]))
    assertContains(page, sent.offer.title)
    assertNotContains(page, sent.name)
    assertNotContains(page, "Je me présente.")
    assert not DataAccess.objects.filter(what="messages").exists()


@pytest.mark.parametrize("reason", ["", "   ", "court"])
def test_staff_with_a_poor_reason_read_nothing(as_staff, sent, reason):
    page = as_staff.post(reverse("staff-application", args=[sent.pk]), {"reason": reason})
    assertNotContains(page, "Je me présente.")
    assert not DataAccess.objects.filter(what="messages").exists()


def test_staff_with_a_reason_read_the_messages_and_it_is_written_down(as_staff, sent):
    page = as_staff.post(reverse("staff-application", args=[sent.pk]), {"reason": REASON})
    for text in (sent.name, "Je me présente.", "Venez lundi."):
        assertContains(page, text)
    access = DataAccess.objects.get(what="messages")
    assert (access.application, access.reason, access.by.is_staff) == (sent, REASON, True)


def test_staff_do_not_read_the_notes_of_the_company(as_staff, sent):
    page = as_staff.post(reverse("staff-application", args=[sent.pk]), {"reason": REASON})
    assertNotContains(page, "très claire")


def test_reading_by_staff_is_shown_to_the_candidate(as_candidate, sent):
    log_staff_access(application=sent, by=StaffFactory(name="Nom d'équipe"), reason=REASON)
    page = as_candidate.get("/mes-donnees/")
    assert page.context["accesses"][0].by == "Équipe de Medinsoft"
    assertContains(page, "Signalement d&#x27;une entreprise impolie")
    assertNotContains(page, "Nom d'équipe")


def test_staff_find_nothing_of_a_forgotten_application(as_staff, sent):
    type(sent).objects.filter(pk=sent.pk).update(forgotten_at=timezone.now(), candidate=None, name="")
    assert as_staff.get(reverse("staff-application", args=[sent.pk])).status_code == 404


def test_staff_come_from_their_home_to_the_application_one_writes_about(as_staff, sent):
    other = ApplicationFactory(offer__title="Administratrice réseau", offer__company__name="Autre")
    assertContains(as_staff.get(reverse("staff-home")), reverse("staff-applications"))
    for asked, found in (
        ("", {sent, other}),
        (str(sent.pk), {sent}),
        ("réseau", {other}),
        (sent.company.name, {sent}),
        ("9" * 30, set()),
        (sent.name, set()),
    ):
        page = as_staff.get(reverse("staff-applications"), {"q": asked})
        assert set(page.context["page"]) == found, asked
    assertContains(as_staff.get(reverse("staff-applications")), reverse("staff-application", args=[sent.pk]))


def test_staff_list_of_applications_names_nobody(as_staff, sent):
    page = as_staff.get(reverse("staff-applications"))
    for secret in (sent.name, sent.email, sent.message):
        assertNotContains(page, secret)


def test_staff_list_of_applications_leaves_out_the_forgotten(as_staff, sent):
    type(sent).objects.filter(pk=sent.pk).update(forgotten_at=timezone.now(), candidate=None, name="")
    assert list(as_staff.get(reverse("staff-applications")).context["page"]) == []


def test_staff_list_of_applications_asks_as_much_for_three_as_for_one(as_staff, sent):
    with CaptureQueriesContext(connection) as one:
        as_staff.get(reverse("staff-applications"))
    ApplicationFactory.create_batch(2)
    with CaptureQueriesContext(connection) as three:
        as_staff.get(reverse("staff-applications"))
    assert len(one) == len(three)

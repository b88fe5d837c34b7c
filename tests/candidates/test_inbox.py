from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from candidates.models import Application
from candidates.selectors import inbox as inbox_selectors
from demo.factories import ApplicationFactory, CompanyFactory, CVFactory, MembershipFactory, OfferFactory

pytestmark = pytest.mark.django_db
INBOX = "/recruteur/candidatures/"


def names(response):
    return [application.name for application in response.context["page"]]


def received(offer, name, **kwargs):
    return ApplicationFactory(offer=offer, name=name, **kwargs)


@pytest.fixture
def four(offer):
    cv = CVFactory(text="Kubernetes et Ansible")
    return [
        received(offer, "Ana", days=1, message="J'aime la mer"),
        received(offer, "Bo", days=5, seen=True, candidate=cv.owner, cv=cv),
        received(offer, "Cy", days=20, interview=True, profile={"headline": "Réseau"}),
        received(OfferFactory(published=True, company=offer.company), "Di", days=30, refused=True, channel="forum"),
    ]


def test_list_is_newest_first_with_counts_by_stage(as_recruiter, four):
    response = as_recruiter.get(INBOX)
    assert names(response) == ["Ana", "Bo", "Cy", "Di"]
    assert response.context["counts"] == {"todo": 2, "ongoing": 1, "done": 1, "all": 4}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("stage=todo", ["Ana", "Bo"]),
        ("stage=ongoing", ["Cy"]),
        ("stage=done", ["Di"]),
        ("state=interview", ["Cy"]),
        ("channel=forum", ["Di"]),
        ("q=MER", ["Ana"]),
        ("q=ansible", ["Bo"]),
        ("q=bo", ["Bo"]),
        ("q=Réseau", ["Cy"]),
        ("q=introuvable", []),
        ("sort=sent_at", ["Di", "Cy", "Bo", "Ana"]),
        ("stage=todo&sort=sent_at", ["Bo", "Ana"]),
    ],
)
def test_filters_find(as_recruiter, four, query, found):
    assert names(as_recruiter.get(f"{INBOX}?{query}")) == found


def test_offer_and_date_filters_find(as_recruiter, four):
    assert names(as_recruiter.get(INBOX, {"offer": four[3].offer_id})) == ["Di"]
    day = timezone.localdate(four[2].sent_at).isoformat()
    assert names(as_recruiter.get(INBOX, {"sent_from": day})) == ["Ana", "Bo", "Cy"]
    assert names(as_recruiter.get(INBOX, {"sent_to": day})) == ["Cy", "Di"]


@pytest.mark.parametrize(
    "query",
    ["stage=x", "state=x", "channel=x", "offer=x", "offer=999999", "sent_from=hier", "sort=name", "page=99", "page=x"],
)
def test_wrong_filter_is_ignored(as_recruiter, four, query):
    response = as_recruiter.get(f"{INBOX}?{query}")
    assert response.status_code == 200
    assert names(response) == ["Ana", "Bo", "Cy", "Di"]


def test_offers_of_others_are_not_offered_as_filter(as_recruiter, four):
    other = ApplicationFactory(offer__title="Secrète")
    assertNotContains(as_recruiter.get(INBOX), other.offer.title)
    assert names(as_recruiter.get(INBOX, {"offer": other.offer_id})) == ["Ana", "Bo", "Cy", "Di"]


def test_inbox_holds_all_companies_of_a_member_and_no_other(as_recruiter, recruiter, four):
    other = CompanyFactory(recruiter=recruiter)
    received(OfferFactory(published=True, company=other), "Ed", days=2)
    ApplicationFactory(name="Étrangère")
    assert names(as_recruiter.get(INBOX)) == ["Ana", "Ed", "Bo", "Cy", "Di"]


def test_former_member_sees_nothing_at_once(as_recruiter, recruiter, four):
    recruiter.memberships.all().delete()
    assert names(as_recruiter.get(INBOX)) == []
    assert as_recruiter.get(f"{INBOX}{four[0].pk}/").status_code == 404


def test_forgotten_application_is_not_listed(as_recruiter, four):
    Application.objects.filter(pk=four[0].pk).update(forgotten_at=timezone.now(), name="", candidate=None)
    response = as_recruiter.get(INBOX)
    assert names(response) == ["Bo", "Cy", "Di"]
    assert response.context["counts"]["all"] == 3


def test_silence_is_marked(as_recruiter, offer):
    received(offer, "Ana", days=20)
    assertContains(as_recruiter.get(INBOX), "Sans réponse", count=1)


def test_empty_inbox_says_what_to_do(as_recruiter):
    assertContains(as_recruiter.get(INBOX), "Pas encore de candidature")


@pytest.mark.parametrize("n", [1, 3])
def test_list_costs_the_same_for_one_and_three(as_recruiter, company, n, django_assert_num_queries):
    for _ in range(n):
        ApplicationFactory(offer=OfferFactory(published=True, company=company))
    with django_assert_num_queries(8):
        as_recruiter.get(INBOX)


def test_very_long_list_is_counted_no_further_than_a_bound(as_recruiter, four, monkeypatch):
    monkeypatch.setattr(inbox_selectors, "COUNTED", 2)
    assert as_recruiter.get(INBOX).context["page"].paginator.count == 2


class TestExport:
    def export(self, client, kind, query=""):
        response = client.get(f"{INBOX}export.{kind}?{query}")
        return response, b"".join(response.streaming_content) if response.streaming else response.content

    def test_csv_holds_the_filtered_lines(self, as_recruiter, four):
        response, body = self.export(as_recruiter, "csv", "stage=ongoing")
        lines = body.decode("utf-8-sig").splitlines()
        assert response["Content-Disposition"].endswith('.csv"')
        assert lines[0].startswith("Offre;Nom;Adresse e-mail;État;")
        assert [line.split(";")[1] for line in lines[1:]] == ["Cy"]

    def test_csv_runs_nothing(self, as_recruiter, offer):
        received(offer, '=HYPERLINK("http://x";"y")')
        _, body = self.export(as_recruiter, "csv")
        assert "'=HYPERLINK" in body.decode()

    def test_xlsx_runs_nothing(self, as_recruiter, offer):
        received(offer, "=1+1")
        response, body = self.export(as_recruiter, "xlsx")
        with ZipFile(BytesIO(body)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "=1+1" in sheet
        assert response["Content-Type"].startswith("application/vnd.openxmlformats")

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_export_is_of_ones_own_companies(self, as_recruiter, four, kind):
        ApplicationFactory(name="Étrangère")
        assert "Étrangère" not in self.export(as_recruiter, kind)[1].decode("utf-8", "replace")

    def test_other_kind_is_unknown(self, as_recruiter, four):
        assert as_recruiter.get(f"{INBOX}export.pdf").status_code == 404

    @pytest.mark.parametrize("n", [1, 3])
    def test_export_costs_the_same_for_one_and_three(self, as_recruiter, offer, n, django_assert_num_queries):
        ApplicationFactory.create_batch(n, offer=offer)
        with django_assert_num_queries(4):
            self.export(as_recruiter, "csv")


class TestBulk:
    def url(self):
        return reverse("inbox-bulk")

    def test_words_are_shown_before_they_are_sent(self, as_recruiter, four):
        ids = [four[0].pk, four[1].pk]
        response = as_recruiter.get(self.url(), {"ids": ids, "action": "refuse", "query": "stage=todo"})
        assertContains(response, "2 personnes recevront")
        assert "{candidat}" in response.context["form"]["text"].value()
        assert Application.objects.filter(state="refused").count() == 1

    def test_each_gets_the_answer_under_their_own_name(self, as_recruiter, four):
        data = {"ids": [four[0].pk, four[1].pk], "action": "refuse", "text": "Merci {candidat}.", "query": "stage=todo"}
        response = as_recruiter.post(self.url(), data)
        assert response["Location"] == f"{INBOX}?stage=todo"
        refusals = Application.objects.filter(pk__in=data["ids"]).order_by("name").values_list("state", "refusal")
        assert list(refusals) == [("refused", "Merci Ana."), ("refused", "Merci Bo.")]

    def test_those_that_moved_meanwhile_are_left_and_named(self, as_recruiter, four):
        data = {"ids": [four[0].pk, four[2].pk], "action": "shortlist", "text": ""}
        response = as_recruiter.post(self.url(), data, follow=True)
        assertContains(response, "1 réponse envoyée")
        assertContains(response, "Sans changement, vu leur état : Cy")

    def test_refusal_without_words_goes_nowhere(self, as_recruiter, four):
        response = as_recruiter.post(self.url(), {"ids": [four[0].pk], "action": "refuse", "text": " "})
        assert list(response.context["form"].errors) == ["text"]
        assert not Application.objects.filter(pk=four[0].pk, state="refused").exists()

    @pytest.mark.parametrize(
        "data", [{}, {"action": "refuse"}, {"ids": "1", "action": "x"}, {"ids": "x", "action": "refuse"}]
    )
    def test_nothing_ticked_or_asked_is_said(self, as_recruiter, four, data):
        assertContains(as_recruiter.get(self.url(), data, follow=True), "Cochez des candidatures")

    def test_applications_of_others_are_not_touched(self, as_recruiter, four):
        other = ApplicationFactory()
        as_recruiter.post(self.url(), {"ids": [four[0].pk, other.pk], "action": "shortlist", "text": ""})
        other.refresh_from_db()
        assert other.state == "sent"

    def test_templates_of_the_company_come_first(self, as_recruiter, company, four):
        own = company.answer_templates.create(action="refuse", label="Court", text="Non, {candidat}.")
        MembershipFactory().company.answer_templates.create(action="refuse", label="Ailleurs", text="Secret")
        response = as_recruiter.get(self.url(), {"ids": four[0].pk, "action": "refuse"})
        assert [text.id for text in response.context["texts"]] == [own.pk, 0]
        assert response.context["form"]["text"].value() == "Non, {candidat}."
        ours = as_recruiter.get(self.url(), {"ids": four[0].pk, "action": "refuse", "template": "0"})
        assert ours.context["form"]["text"].value().startswith("Bonjour {candidat}")

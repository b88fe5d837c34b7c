"""What the posting page does while one types; all of it works without."""

import pytest
from django.urls import reverse

from companies.models import Company
from demo.factories import CompanyFactory, OccupationFactory, OfferFactory, SectorFactory, UserFactory
from jobs.models import Offer
from jobs.views.posting import NEW_OFFERS_AN_HOUR

pytestmark = pytest.mark.django_db
NEW, AUTOSAVE, PREVIEW = reverse("offer-create"), reverse("offer-autosave-new"), reverse("offer-preview")


@pytest.fixture
def desk(client, recruiter):
    client.force_login(recruiter)
    return client


def autosave_url(offer):
    return reverse("offer-autosave", args=[offer.pk])


def test_first_autosave_makes_a_draft_and_tells_its_addresses(desk, job_post):
    answer = desk.post(AUTOSAVE, job_post).json()
    offer = Offer.objects.get()
    assert answer == {
        "version": 0,
        "unsaved": [],
        "page": reverse("offer-edit", args=[offer.pk]),
        "autosave": autosave_url(offer),
    }


def test_autosave_without_a_title_makes_nothing_yet(desk, job_post):
    assert desk.post(AUTOSAVE, {**job_post, "title": ""}).status_code == 422
    assert not Offer.objects.exists()


def test_autosave_gives_the_version_for_the_next_one(desk, job_post):
    desk.post(AUTOSAVE, job_post)
    offer = Offer.objects.get()
    for version, title in enumerate(["Un", "Deux", "Trois"]):
        answer = desk.post(autosave_url(offer), {**job_post, "title": title, "version": version})
        assert answer.json()["version"] == version + 1
    assert Offer.objects.get().title == "Trois"


def test_autosave_keeps_the_rest_and_names_what_it_could_not(desk, job_post):
    desk.post(AUTOSAVE, job_post)
    changes = {"title": "Nouveau titre", "pay_max": "12", "places": "Trifouillis", "version": 0}
    answer = desk.post(autosave_url(Offer.objects.get()), {**job_post, **changes})
    assert answer.json()["unsaved"] == ["Lieux", "À (euros brut)"]
    offer = Offer.objects.get()
    assert (offer.title, offer.job.pay_max) == ("Nouveau titre", 45_000)
    assert [place.label for place in offer.places.all()] == ["Trifouillis"]  # kept as typed, to be settled


def test_autosave_behind_somebody_elses_is_a_conflict(desk, job_post):
    desk.post(AUTOSAVE, job_post)
    offer = Offer.objects.get()
    desk.post(autosave_url(offer), {**job_post, "title": "Le leur", "version": 0})
    assert desk.post(autosave_url(offer), {**job_post, "title": "Le mien", "version": 0}).status_code == 409
    assert Offer.objects.get().title == "Le leur"


def test_public_offer_is_not_changed_while_one_types(desk, recruiter, job_post):
    offer = OfferFactory(published=True, company=recruiter.company)
    assert desk.post(autosave_url(offer), {**job_post, "version": 0}).status_code == 422
    assert "data-url" not in desk.get(reverse("offer-edit", args=[offer.pk])).text.split("<auto-save", 1)[1][:40]
    assert Offer.objects.get().title == offer.title


def test_preview_shows_what_is_typed_and_saves_nothing(desk, job_post):
    answer = desk.post(PREVIEW, {**job_post, "text": "## Missions\n\n<script>alert(1)</script> **fort**"})
    assert "<strong>fort</strong>" in answer.text
    assert "<script>" not in answer.text
    assert "38 000 à 45 000" in " ".join(answer.text.replace("\u202f", " ").replace("\xa0", " ").split())
    assert not Offer.objects.exists()


def test_preview_says_remarks_beside_their_fields(desk, job_post):
    answer = desk.post(PREVIEW, {**job_post, "title": "Développeur", "text": "Un homme jeune, né en France."})
    title, text = (answer.text.split(f'id="remarks-{name}"')[1].split("</div>")[0] for name in ("title", "text"))
    assert "F/H" in title
    assert ("homme jeune" in text, "né en France" in text) == (True, True)


@pytest.mark.parametrize(
    "post", [{}, {"kind": "job", "pay_min": "abc"}, {"kind": "training"}, {"kind": "???", "company": "x"}]
)
def test_preview_of_anything_is_no_error(post, desk):
    assert desk.post(PREVIEW, post).status_code == 200


def test_occupations_are_proposed_by_the_beginning_of_their_words(desk, words):
    OccupationFactory(data=True)
    url = reverse("occupation-names")
    labels = [result["label"] for result in desk.get(url, {"q": "web dév"}).json()["results"]]
    assert labels == ["Développeur / Développeuse web"]
    assert desk.get(url).json() == {"results": []}


def test_preview_button_without_script_saves_nothing(desk, job_post):
    answer = desk.post(NEW, {**job_post, "action": "preview"})
    assert (answer.status_code, Offer.objects.count()) == (200, 0)
    assert job_post["title"] in answer.text.split('id="apercu-page"')[1]


def test_remarks_forbid_nothing(desk, job_post):
    desk.post(NEW, {**job_post, "title": "Développeur dynamique", "action": "publish"})
    assert Offer.objects.visible().count() == 1


def test_odd_pay_is_remarked_beside_its_unit(desk, job_post):
    answer = desk.post(NEW, {**job_post, "pay_unit": "month", "action": "preview"})
    assert "surprend" in answer.text.split('id="remarks-pay_unit"')[1].split("</div>")[0]


def test_company_is_chosen_by_who_has_several(client, job_post):
    user = UserFactory()
    first, second = CompanyFactory(name="Alpha", recruiter=user), CompanyFactory(name="Beta", recruiter=user)
    CompanyFactory(name="Gamma", recruiter=user, refused=True)
    client.force_login(user)
    assert client.get(NEW).context["desk"].companies == [first, second]
    client.post(NEW, {**job_post, "company": second.pk, "action": "publish"})
    assert Offer.objects.get().company == second


def test_somebody_elses_company_cannot_be_chosen(desk, recruiter, job_post):
    stranger = CompanyFactory()
    desk.post(NEW, {**job_post, "company": stranger.pk, "action": "publish"})
    assert Offer.objects.get().company == recruiter.company


def test_new_offer_proposes_the_companys_sectors(desk, recruiter):
    sector = SectorFactory()
    recruiter.company.sectors.set([sector])
    assert desk.get(NEW).context["form"]["sectors"].value() == [sector.pk]


def test_recruiter_without_company_is_led_to_present_one(client):
    client.force_login(UserFactory())
    assert client.get(NEW).url == reverse("company-create")


def test_recruiter_of_a_refused_company_is_told(client):
    user = UserFactory()
    CompanyFactory(refused=True, admin=user)
    client.force_login(user)
    assert "refusé votre entreprise" in client.get(NEW, follow=True).text


def post_offers(desk, job_post, count):
    for _ in range(count):
        answer = desk.post(NEW, {**job_post, "action": "save"})
    return answer


def test_too_many_new_offers_are_stopped_and_nothing_typed_is_lost(desk, job_post):
    Company.objects.update(state="new")
    post_offers(desk, job_post, NEW_OFFERS_AN_HOUR)
    answer = desk.post(NEW, {**job_post, "action": "save"})
    assert (answer.status_code, Offer.objects.count()) == (429, NEW_OFFERS_AN_HOUR)
    assert answer.context["form"]["text"].value() == job_post["text"]


def test_verified_company_is_not_stopped_at_thirty(desk, job_post):
    assert post_offers(desk, job_post, NEW_OFFERS_AN_HOUR + 3).status_code == 302
    assert Offer.objects.count() == NEW_OFFERS_AN_HOUR + 3
    assert desk.post(f"/recruteur/offres/{Offer.objects.first().pk}/copier/").status_code == 302


def test_typing_does_not_use_up_the_right_to_post(desk, job_post):
    desk.post(AUTOSAVE, job_post)
    offer = Offer.objects.get()
    answers = {
        desk.post(autosave_url(offer), {**job_post, "title": f"Titre {n}", "version": n}).status_code for n in range(40)
    }
    assert answers == {200}


@pytest.mark.parametrize("kind", ["job", "training"])
def test_posting_page_costs_the_same_queries_for_more_companies(kind, client, django_assert_max_num_queries):
    user = UserFactory()
    for _ in range(3):
        CompanyFactory(recruiter=user)
    client.force_login(user)
    client.get(NEW)
    with django_assert_max_num_queries(12):
        client.get(f"{NEW}?kind={kind}")

from decimal import Decimal

import pytest
from django.urls import reverse

from demo.factories import CommuneFactory, CompanyFactory, UserFactory
from jobs.enums import OfferState
from jobs.models import Offer

pytestmark = pytest.mark.django_db
NEW = reverse("offer-create")


def edit_url(offer):
    return reverse("offer-edit", args=[offer.pk])


@pytest.fixture
def desk(client, recruiter):
    """The client of a recruiter who has signed in."""
    client.force_login(recruiter)
    return client


def test_job_is_published_from_one_page(desk, recruiter, job_post):
    answer = desk.post(NEW, {**job_post, "action": "publish"})

    assert answer.url == reverse("recruiter-offers")
    offer = Offer.objects.visible().get()
    assert (offer.company, offer.author, offer.kind) == (recruiter.company, recruiter, "job")
    assert (offer.job.pay_min, offer.job.pay_max, offer.job.pay_yearly_max) == (Decimal(38000), Decimal(45000), 45000)
    assert [place.commune_id for place in offer.places.all()] == ["13001"]
    assert [occupation.code for occupation in offer.occupations.all()] == ["M1855"]
    assert ([skill.label for skill in offer.skills.all()], offer.other_skills) == (["Python"], ["Gestion de projet"])
    assert offer.job.open_positions == 2


def test_training_is_published_with_its_session_and_place(desk, training_post):
    desk.post(NEW, {**training_post, "action": "publish"})

    offer = Offer.objects.visible().get()
    session = offer.sessions.get()
    assert (offer.training.certification_code, offer.training.funding) == ("RNCP37674", ["cpf", "region"])
    assert (session.commune_id, session.modality, session.places_left) == ("13001", "mixed", 8)
    assert [place.label for place in offer.places.all()] == ["Aix-en-Provence"]
    # Midnight in Paris, in UTC.
    assert offer.expires_at.date().isoformat() == training_post["sessions-0-ends_on"]


def test_new_companys_offer_goes_to_review_and_says_so(client, job_post):
    user = UserFactory()
    CompanyFactory(new=True, admin=user)
    client.force_login(user)
    answer = client.post(NEW, {**job_post, "action": "publish"}, follow=True)

    assert Offer.objects.get().state == OfferState.IN_REVIEW
    assert "relit l&#x27;offre" in answer.text


def test_draft_keeps_an_unfinished_offer(desk):
    answer = desk.post(
        NEW, {"kind": "job", "title": "Data engineer F/H", "pay_min": "40000", "pay_unit": "year", "action": "save"}
    )

    offer = Offer.objects.get()
    assert answer.url == edit_url(offer)
    assert (offer.state, offer.title, offer.job.contract) == (OfferState.DRAFT, "Data engineer F/H", "cdi")


NO_SESSIONS = {"sessions-TOTAL_FORMS": "0", "sessions-INITIAL_FORMS": "0"}


@pytest.mark.parametrize("post", [{"kind": "job"}, {"kind": "training", **NO_SESSIONS}])
def test_empty_form_can_be_saved_as_a_draft(post, desk):
    assert desk.post(NEW, {**post, "action": "save"}).status_code == 302
    assert desk.get(edit_url(Offer.objects.get())).status_code == 200


def test_publishing_an_unfinished_offer_keeps_it_as_a_draft_and_says_what_lacks(desk, job_post):
    del job_post["title"], job_post["places"]
    answer = desk.post(NEW, {**job_post, "action": "publish"})

    offer = Offer.objects.get()
    assert (answer.status_code, offer.state) == (422, OfferState.DRAFT)
    assert answer.context["form"].errors.keys() == {"title", "places"}
    assert f'action="{edit_url(offer)}"' in answer.text  # the next click edits this draft, it makes no second one
    assert 'value="38 000"' in answer.text


WRONG = [
    ("pay_max", "12"),
    ("pay_max", "beaucoup"),
    ("pay_min", "-5"),
    ("starts_on", "demain"),
    ("open_positions", "0"),
    ("open_positions", "deux"),
    ("contract", "esclavage"),
    ("level", "99"),
    ("title", "x" * 201),
    ("apply_by", "pigeon"),
    ("apply_url", "javascript:alert(1)"),
    ("contract_months", "9" * 30),
    ("occupations", "Dresseur de licornes"),
    ("places", "Trifouillis-les-Oies"),
    ("places", "13100, 13400, 06000, 83000, 84000, 05000, 13005, 13001, 13002, 13003, 13004"),
    ("skills", ", ".join(f"Compétence {n}" for n in range(26))),
    ("sectors", "nulle-part"),
]


@pytest.mark.parametrize(("field", "typed"), WRONG)
def test_wrong_value_comes_back_beside_its_field_and_nothing_is_lost(field, typed, desk, job_post):
    answer = desk.post(NEW, {**job_post, field: typed, "action": "publish"})

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert form[field].value() in (typed, [typed])
    assert form["text"].value() == job_post["text"]
    draft = Offer.objects.get()
    assert draft.state == OfferState.DRAFT
    assert draft.text == job_post["text"]


@pytest.mark.parametrize(("field", "typed"), WRONG)
def test_draft_with_a_wrong_value_keeps_the_rest_and_says_so(field, typed, desk, job_post):
    answer = desk.post(NEW, {**job_post, field: typed, "action": "save"})

    assert answer.status_code == 422
    assert "il reste à revoir" in answer.text
    assert Offer.objects.get().text == job_post["text"]


def test_external_address_is_asked_for_when_one_applies_elsewhere(desk, job_post):
    answer = desk.post(NEW, {**job_post, "apply_by": "external", "action": "publish"})
    assert list(answer.context["form"].errors) == ["apply_url"]


def test_external_address_without_scheme_is_https(desk, job_post):
    desk.post(NEW, {**job_post, "apply_by": "external", "apply_url": "exemple.fr/emploi", "action": "publish"})
    assert Offer.objects.visible().get().apply_url == "https://exemple.fr/emploi"


def test_job_without_pay_must_say_why(desk, job_post):
    post = {**job_post, "pay_min": "", "pay_max": "", "action": "publish"}
    answer = desk.post(NEW, post)
    assert list(answer.context["form"].errors) == ["pay_min"]

    version = answer.context["form"]["version"].value()
    desk.post(edit_url(Offer.objects.get()), {**post, "version": version, "no_pay_reason": "Grille en cours."})
    offer = Offer.objects.visible().get()
    assert ("no-pay" in offer.flags, offer.job.no_pay_reason) == (True, "Grille en cours.")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("certification_code", "37674"),
        ("certification_code", ""),
        ("formacodes", "4612"),
        ("sessions-0-ends_on", "2026-12-31"),
        ("sessions-0-starts_on", "jamais"),
        ("sessions-0-place", "Trifouillis-les-Oies"),
        ("sessions-0-modality", "téléportation"),
        ("hours", "-1"),
        ("funding", "loto"),
    ],
)
def test_wrong_training_is_not_published_and_nothing_is_lost(field, typed, desk, training_post):
    answer = desk.post(NEW, {**training_post, field: typed, "action": "publish"})

    assert answer.status_code == 422
    assert Offer.objects.get().state == OfferState.DRAFT
    assert answer.context["form"]["text"].value() == training_post["text"]
    assert training_post["sessions-0-ends_on"] in answer.text or field == "sessions-0-ends_on"


def test_cpf_without_a_code_is_an_error_beside_funding(desk, training_post):
    answer = desk.post(NEW, {**training_post, "certification_code": "", "action": "publish"})
    assert answer.context["form"].errors["funding"] == [
        "Le CPF ne finance qu'une formation qui a un code RNCP ou RS : indiquez-le."
    ]


def test_training_whose_sessions_are_over_is_not_published(desk, training_post):
    past = {"sessions-0-starts_on": "2026-01-05", "sessions-0-ends_on": "2026-02-05"}
    answer = desk.post(NEW, {**training_post, **past, "action": "publish"})
    assert answer.context["form"].non_field_errors() == [
        "La dernière session est passée : ajoutez-en une pour publier."
    ]


def test_another_session_row_is_added_without_script_and_nothing_is_saved(desk, training_post):
    answer = desk.post(NEW, {**training_post, "add-sessions": "1"})
    assert len(answer.context["form"].sessions.forms) == 2
    assert (answer.status_code, Offer.objects.count()) == (200, 0)


def test_homonymous_communes_are_proposed_and_one_is_taken_with_a_button(desk, job_post):
    CommuneFactory(name="Saint-Martin", department="04", code="04900")
    CommuneFactory(name="Saint-Martin", department="05", code="05900")
    answer = desk.post(NEW, {**job_post, "places": "Aix-en-Provence, Saint-Martin", "action": "publish"})
    buttons = [p.label for p in answer.context["form"]["places"].proposals]
    assert buttons == ["Saint-Martin (04)", "Saint-Martin (05)"]

    answer = desk.post(
        NEW, {**job_post, "places": "Aix-en-Provence, Saint-Martin", "take": "places|Saint-Martin|Saint-Martin (05)"}
    )
    assert answer.context["form"]["places"].value() == "Aix-en-Provence, Saint-Martin (05)"
    assert not answer.context["form"].errors


def test_unknown_occupation_proposes_the_nearest(desk, job_post):
    answer = desk.post(NEW, {**job_post, "occupations": "web", "action": "publish"})
    assert [p.label for p in answer.context["form"]["occupations"].proposals] == ["Développeur / Développeuse web"]


@pytest.mark.parametrize(
    "take", ["places", "places|Aix-en-Provence", "text|a|b", "|||", "places|Aix-en-Provence|Nice|Gap"]
)
def test_forged_proposal_changes_nothing_else(take, desk, job_post):
    answer = desk.post(NEW, {**job_post, "take": take})
    assert (answer.status_code, answer.context["form"]["text"].value()) == (200, job_post["text"])


@pytest.mark.parametrize(("typed", "unit", "kept"), [("15€75", "hour", "15.75"), ("38 K€ brut", "year", "38000")])
def test_amount_is_kept_as_it_was_meant(typed, unit, kept, desk, job_post):
    desk.post(NEW, {**job_post, "pay_min": typed, "pay_max": "", "pay_unit": unit, "action": "save"})

    assert Offer.objects.get().job.pay_min == Decimal(kept)


@pytest.mark.parametrize("typed", ["15€7", "2 100 €/mois", "30 à 35", "1e5"])
def test_amount_that_cannot_be_read_is_asked_again(typed, desk, job_post):
    answer = desk.post(NEW, {**job_post, "pay_min": typed, "pay_max": "", "action": "save"}, follow=True)

    assert "Écrivez un seul montant" in answer.text
    assert Offer.objects.get().job.pay_min is None


def test_thirteenth_month_of_the_note_counts_in_the_year(desk, job_post):
    pay = {"pay_min": "2 000", "pay_max": "2 200", "pay_unit": "month", "pay_text": "sur 13 mois, mutuelle"}
    desk.post(NEW, {**job_post, **pay, "action": "save"})

    job = Offer.objects.get().job
    assert (job.pay_yearly_min, job.pay_yearly_max) == (26000, 28600)

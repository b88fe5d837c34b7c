from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.factories import (
    CommuneFactory,
    CompanyFactory,
    OccupationFactory,
    OfferFactory,
    OfferPlaceFactory,
    SectorFactory,
    SessionFactory,
    SkillFactory,
    TrainingFactory,
    UserFactory,
)
from jobs.enums import Flag, OfferState
from jobs.models import Offer, TrainingSession
from jobs.services import editing
from jobs.services.editing import Content
from medinjob.lib.errors import EditConflictError, MoveError

pytestmark = pytest.mark.django_db


def edit(offer, *, by=None, version=None, changed=("text",), **content):
    return editing.update(
        offer=offer,
        content=Content(**content) if content else Content(fields={"text": "Un texte plus précis."}),
        version=offer.version if version is None else version,
        changed=changed,
        by=by,
    )


def actions(offer):
    return list(offer.events.order_by("id").values_list("action", "before", "after"))


def test_edit_of_a_published_offer_is_an_event_that_names_what_changed():
    author = UserFactory()
    offer = edit(OfferFactory(published=True), by=author, changed=["title", "text"])
    event = offer.events.get()
    assert (event.action, event.before, event.after, event.reason, event.by) == (
        "edit",
        "published",
        "published",
        "title, text",
        author,
    )
    assert offer.version == 1


def test_edit_without_a_change_writes_nothing():
    offer = edit(OfferFactory(published=True), changed=[])
    assert (offer.version, actions(offer)) == (0, [])


def test_edit_of_a_draft_leaves_no_event():
    assert actions(edit(OfferFactory())) == []


def test_second_editor_is_told_and_overwrites_nothing():
    offer = OfferFactory(published=True)
    mine, theirs = Offer.objects.get(), Offer.objects.get()
    edit(theirs, fields={"text": "Leur texte."})
    with pytest.raises(EditConflictError):
        edit(mine, fields={"text": "Mon texte."}, details={"pay_text": "Variable"})
    offer.refresh_from_db()
    assert (offer.text, offer.job.pay_text, offer.version) == ("Leur texte.", "", 1)


@pytest.mark.parametrize("state", ["withdrawn", "filled"])
def test_closed_offer_is_not_edited(state):
    with pytest.raises(EditConflictError):
        edit(OfferFactory(**{state: True}))


def test_edit_by_a_company_that_is_not_trusted_goes_back_to_review():
    offer = edit(OfferFactory(published=True, company=CompanyFactory(new=True)))
    assert actions(offer) == [("edit", "published", "published"), ("review_again", "published", "in_review")]
    assert Offer.objects.get().state == OfferState.IN_REVIEW


def test_edit_of_a_draft_of_a_new_company_stays_a_draft():
    assert edit(OfferFactory(company=CompanyFactory(new=True))).state == OfferState.DRAFT


def test_edit_that_adds_suspicious_words_is_flagged_again():
    offer = edit(OfferFactory(published=True), fields={"text": "Langue maternelle française."})
    assert Offer.objects.get().flags == [Flag.SUSPICIOUS] == offer.flags


def test_edit_does_not_raise_again_what_staff_have_cleared():
    offer = OfferFactory(published=True, flags=[], text="Langue maternelle française.")
    edit(offer, fields={"title": "Développeuse web (F/H)"}, changed=["title"])
    assert Offer.objects.get().flags == []


@pytest.mark.parametrize("state", ["published", "paused", "expired"])
def test_edit_that_adds_grave_words_goes_to_review_whoever_posts_it(state):
    offer = edit(OfferFactory(**{state: True}), fields={"text": "Femmes s'abstenir."}, changed=["text"])
    assert Offer.objects.get().state == OfferState.IN_REVIEW == offer.state
    assert Offer.objects.get().flags == [Flag.GRAVE]


def test_edit_beside_grave_words_that_staff_approved_stays_public():
    offer = edit(OfferFactory(published=True, text="Femmes s'abstenir."), fields={"title": "Web"}, changed=["title"])
    assert Offer.objects.get().state == OfferState.PUBLISHED == offer.state


def test_edit_that_adds_other_grave_words_to_approved_ones_goes_to_review():
    words = {"text": "Femmes s'abstenir. Envoyez votre RIB."}
    edit(OfferFactory(published=True, text="Femmes s'abstenir."), fields=words, changed=["text"])
    assert Offer.objects.get().state == OfferState.IN_REVIEW


def test_edit_of_an_expired_offer_of_a_company_not_trusted_is_read_before_it_comes_back():
    edit(OfferFactory(expired=True, company=CompanyFactory(new=True)))
    assert Offer.objects.get().state == OfferState.IN_REVIEW


def test_edit_clears_a_flag_that_no_longer_holds_and_keeps_the_sample():
    offer = OfferFactory(published=True, flags=[Flag.NO_PAY, Flag.SAMPLED])
    edit(offer, changed=["title"])
    assert Offer.objects.get().flags == [Flag.SAMPLED]


def test_pay_is_compared_by_year():
    offer = edit(OfferFactory(), details={"pay_min": 3000, "pay_max": None, "pay_unit": "month"}, changed=["pay_min"])
    assert (offer.job.pay_yearly_min, offer.job.pay_yearly_max) == (36_000, None)


def test_sessions_keep_their_rows_and_lose_those_left_out():
    offer = TrainingFactory()
    kept, gone = SessionFactory(offer=offer), SessionFactory(offer=offer)
    stranger = SessionFactory()
    row = {"starts_on": kept.starts_on, "ends_on": kept.ends_on, "modality": "mixed", "places_left": 2}
    edit(offer, sessions=[{**row, "id": kept.pk, "commune_id": None}, {**row, "id": stranger.pk, "commune_id": None}])

    mine = list(offer.sessions.values_list("pk", "places_left", "commune"))
    assert mine[0] == (kept.pk, 2, None)
    assert len(mine) == 2
    assert not TrainingSession.objects.filter(pk=gone.pk).exists()
    stranger.refresh_from_db()
    assert (stranger.offer == offer, stranger.places_left) == (False, 8)


def test_later_session_of_a_published_training_moves_its_expiry():
    offer = TrainingFactory(published=True, session=True)
    starts_on = timezone.localdate() + timedelta(days=500)
    ends_on = starts_on + timedelta(days=80)
    session = {"starts_on": starts_on, "ends_on": ends_on, "modality": "remote", "places_left": None}
    edit(offer, sessions=[session], changed=["sessions"])
    assert timezone.localdate(Offer.objects.get().expires_at) == ends_on + timedelta(days=1)


def test_published_training_cannot_be_left_with_past_sessions_only():
    offer = TrainingFactory(published=True, session=True)
    session = {"starts_on": "2020-01-03", "ends_on": "2020-03-31", "modality": "remote", "places_left": None}
    with pytest.raises(MoveError, match="dernière session"):
        edit(offer, sessions=[session], changed=["sessions"])
    assert offer.sessions.get().ends_on.year != 2020


def test_copy_is_a_draft_of_its_own_with_the_same_content():
    sector, skill = SectorFactory(), SkillFactory(label="Python")
    offer = OfferFactory(published=True, sectors=[sector], skills=[skill], other_skills=["Rigueur"], flags=["sampled"])
    OfferPlaceFactory(offer=offer)
    author = UserFactory()
    made = editing.copy(offer=offer, by=author)

    assert (made.state, made.author, made.company, made.flags) == (OfferState.DRAFT, author, offer.company, [])
    assert (made.title, made.text, made.other_skills) == (offer.title, offer.text, ["Rigueur"])
    assert (made.job.pay_min, made.job.pay_yearly_max, made.job.contract) == (38_000, 45_000, "cdi")
    assert [place.commune_id for place in made.places.all()] == ["13001"]
    assert (list(made.sectors.all()), list(made.skills.all())) == ([sector], [skill])
    assert (made.published_at, made.expires_at, actions(made)) == (None, None, [])


def test_copy_of_a_training_leaves_past_sessions_behind():
    offer = TrainingFactory(published=True)
    SessionFactory(offer=offer, past=True)
    coming = SessionFactory(offer=offer)
    made = editing.copy(offer=offer, by=None)
    assert [session.starts_on for session in made.sessions.all()] == [coming.starts_on]
    assert offer.sessions.count() == 2


# On the page.


@pytest.fixture
def desk(client, recruiter):
    client.force_login(recruiter)
    return client


def posted(offer, post, **changes):
    return {**post, "version": offer.version, "action": "save", **changes}


@pytest.fixture
def offer(recruiter, desk, job_post):
    desk.post(reverse("offer-create"), {**job_post, "action": "publish"})
    return Offer.objects.get()


def test_saving_the_same_in_other_words_is_no_event(desk, offer, job_post):
    same = {"places": "13100", "pay_min": "38k", "skills": "Python; Gestion de projet", "experience": ""}
    answer = desk.post(reverse("offer-edit", args=[offer.pk]), posted(offer, job_post, **same))
    assert answer.status_code == 302
    assert actions(offer) == [("publish", "draft", "published")]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("places", "Nice"),
        ("skills", "Python"),
        ("occupations", "M1405"),
        ("pay_max", ""),
        ("level", "6"),
        ("remote", ""),
    ],
)
def test_saving_a_change_is_an_event_that_names_it(field, typed, desk, offer, job_post):
    CommuneFactory(nice=True)
    OccupationFactory(data=True)
    desk.post(reverse("offer-edit", args=[offer.pk]), posted(offer, job_post, **{field: typed}))
    assert offer.events.first().reason == field


def test_two_people_on_one_page_second_sees_both_and_may_keep_theirs(desk, offer, job_post):
    url = reverse("offer-edit", args=[offer.pk])
    desk.post(url, posted(offer, job_post, title="Développeuse Django (F/H)"))
    answer = desk.post(url, posted(offer, job_post, title="Développeur Flask (F/H)", pay_text="Primes"))

    assert answer.status_code == 409
    shown = [(d.label, d.theirs, d.mine) for d in answer.context["desk"].differences]
    assert shown == [
        ("Intitulé", "Développeuse Django (F/H)", "Développeur Flask (F/H)"),
        ("Précisions", "", "Primes"),
    ]
    assert answer.context["form"]["title"].value() == "Développeur Flask (F/H)"
    assert Offer.objects.get().title == "Développeuse Django (F/H)"

    version = answer.context["form"]["version"].value()
    desk.post(url, {**job_post, "title": "Développeur Flask (F/H)", "version": version, "action": "save"})
    assert Offer.objects.get().title == "Développeur Flask (F/H)"


def test_two_people_who_typed_the_same_do_not_disagree(desk, offer, job_post):
    url = reverse("offer-edit", args=[offer.pk])
    for _ in range(2):
        answer = desk.post(url, posted(offer, job_post, title="Développeuse Django (F/H)"))
    assert (answer.status_code, Offer.objects.get().version) == (302, 1)


def test_offer_closed_while_one_typed_keeps_what_was_typed_on_screen(desk, offer, job_post, monkeypatch):
    load = editing.update

    def late(**arguments):
        Offer.objects.update(state=OfferState.FILLED)
        return load(**arguments)

    monkeypatch.setattr(editing, "update", late)
    answer = desk.post(reverse("offer-edit", args=[offer.pk]), posted(offer, job_post, title="Trop tard (F/H)"))
    assert answer.context["form"]["title"].value() == "Trop tard (F/H)"
    assert "copiez-la" in answer.text


def test_page_without_its_version_overwrites_nothing(desk, offer, job_post):
    url = reverse("offer-edit", args=[offer.pk])
    desk.post(url, posted(offer, job_post, title="Développeuse Django (F/H)"))
    answer = desk.post(url, {**job_post, "title": "Sans version (F/H)", "action": "save"})
    assert answer.status_code == 409
    assert Offer.objects.get().title == "Développeuse Django (F/H)"


def test_wrong_edit_of_a_published_offer_changes_nothing_public(desk, offer, job_post):
    url = reverse("offer-edit", args=[offer.pk])
    answer = desk.post(url, posted(offer, job_post, title="", text="Un nouveau texte."))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["title"])
    assert Offer.objects.get().text == offer.text


def test_expired_offer_is_saved_and_published_again(desk, recruiter, job_post):
    offer = OfferFactory(expired=True, company=recruiter.company)
    desk.post(reverse("offer-edit", args=[offer.pk]), posted(offer, job_post, action="publish"))
    assert [a[0] for a in actions(offer)] == ["edit", "renew"]
    assert Offer.objects.visible().get().title == job_post["title"]


def test_refused_offer_is_corrected_and_sent_again(desk, recruiter, job_post):
    offer = OfferFactory(rejected=True, company=recruiter.company)
    page = desk.get(reverse("offer-edit", args=[offer.pk]))
    assert offer.reason.replace("'", "&#x27;") in page.text
    desk.post(reverse("offer-edit", args=[offer.pk]), posted(offer, job_post, action="publish"))
    assert Offer.objects.get().state == OfferState.IN_REVIEW


def test_offer_withdrawn_meanwhile_leads_to_the_list_with_a_word(desk, recruiter):
    offer = OfferFactory(withdrawn=True, company=recruiter.company)
    answer = desk.get(reverse("offer-edit", args=[offer.pk]), follow=True)
    assert "copiez-la" in answer.text


@pytest.mark.parametrize("name", ["offer-edit", "offer-autosave", "offer-copy"])
def test_recruiter_of_another_company_finds_nothing(name, client, offer):
    stranger = UserFactory()
    CompanyFactory(recruiter=stranger)
    client.force_login(stranger)
    assert client.post(reverse(name, args=[offer.pk]), {"action": "save", "title": "Vol"}).status_code == 404
    assert Offer.objects.get().title == offer.title


def test_member_who_has_left_finds_nothing(desk, recruiter, offer):
    recruiter.memberships.all().delete()
    assert desk.get(reverse("offer-edit", args=[offer.pk])).status_code == 404


def test_copy_opens_as_a_draft(desk, offer):
    answer = desk.post(reverse("offer-copy", args=[offer.pk]), follow=True)
    assert answer.context["offer"].state == OfferState.DRAFT
    assert answer.context["offer"] != offer

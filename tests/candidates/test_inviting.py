"""Inviting to apply: what may be asked of whom, what the person is told, and what becomes of it."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import OutgoingMail
from accounts.services import close_account
from candidates.enums import COMPANY_INTEREST_KEPT, INVITATIONS_A_DAY
from candidates.errors import InvitationError
from candidates.models import ApplyInvitation, CandidateProfile, DataAccess
from candidates.services import profiles
from candidates.services.access import log_profile_access
from candidates.services.applying import apply
from candidates.services.inviting import drop_old_interest, invite
from candidates.services.privacy import forget
from demo.factories import (
    ApplicationFactory,
    ApplyInvitationFactory,
    CompanyFactory,
    MembershipFactory,
    OfferFactory,
    ProfileFactory,
    TrainingFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MINE = "/mes-candidatures/"


@pytest.fixture
def profile(candidate):
    return ProfileFactory(user=candidate, shown=True, headline="Développeuse Python")


@pytest.fixture
def invitation(profile, offer):
    return ApplyInvitationFactory(candidate=profile.user, offer=offer, message="Venez nous voir.")


def url(profile):
    return reverse("shown-profile", args=[profile.pk])


def decline_url(invitation):
    return reverse("invitation-decline", args=[invitation.pk])


def offers_in(page):
    return list(page.context["form"].fields["offer"].queryset)


def test_invitation_is_a_row_and_a_mail_that_says_all(as_recruiter, profile, offer, recruiter):
    answer = as_recruiter.post(url(profile), {"offer": offer.pk, "message": "Venez nous voir."}, follow=True)
    assertContains(answer, "L&#x27;invitation est envoyée.")
    row = ApplyInvitation.objects.get()
    assert (row.candidate, row.offer, row.by, row.message) == (profile.user, offer, recruiter, "Venez nous voir.")
    mail = OutgoingMail.objects.get()
    assert mail.to == profile.user.email
    assert mail.subject == f"{offer.company.name} vous invite à postuler : {offer.title}"
    for said in (
        offer.get_absolute_url(),
        MINE,
        "/mon-profil/#visibilite",
        f"Ne plus me montrer à {offer.company.name}",
    ):
        assert said in mail.body
    assert "Venez nous voir" not in mail.body


def test_mail_is_in_the_language_of_who_reads_it(recruiter, profile, offer):
    profile.user.language = "en"
    profile.user.save()
    invite(profile=profile, offer=offer, by=recruiter)
    assert OutgoingMail.objects.get().subject == f"{offer.company.name} invites you to apply: {offer.title}"


def test_company_never_reads_the_address_nor_the_name(as_recruiter, profile, offer):
    page = as_recruiter.post(url(profile), {"offer": offer.pk}, follow=True)
    for secret in (profile.user.email, profile.user.name, "Camille"):
        assertNotContains(page, secret)


def test_only_open_jobs_of_ones_verified_companies_are_offered(as_recruiter, recruiter, profile, company, offer):
    for trait in ("paused", "filled", "expired", "in_review"):
        OfferFactory(company=company, **{trait: True})
    OfferFactory(company=company, published=True, apply_by="external", apply_url="https://medinjob.example")
    TrainingFactory(company=company, published=True)
    OfferFactory(company=CompanyFactory(new=True, recruiter=recruiter), published=True)
    other = OfferFactory(published=True)
    assert offers_in(as_recruiter.get(url(profile))) == [offer]
    page = as_recruiter.post(url(profile), {"offer": other.pk})
    assert list(page.context["form"].errors) == ["offer"]
    with pytest.raises(InvitationError):
        invite(profile=profile, offer=other, by=recruiter)
    assert not ApplyInvitation.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_without_an_open_offer_the_page_says_what_to_do(as_recruiter, company, profile):
    assertContains(as_recruiter.get(url(profile)), "Il faut une offre d’emploi en ligne")


def test_second_invitation_is_refused_in_a_sentence(as_recruiter, profile, invitation):
    page = as_recruiter.post(url(profile), {"offer": invitation.offer_id, "message": "Encore moi"})
    assertContains(page, "Cette personne est déjà invitée à postuler à cette offre.")
    assertContains(page, "Encore moi")
    assert not OutgoingMail.objects.exists()


def test_invitation_is_unique_in_the_database_too(invitation):
    with pytest.raises(IntegrityError), transaction.atomic():
        ApplyInvitation.objects.create(candidate=invitation.candidate, offer=invitation.offer)


@pytest.mark.parametrize("state", ["seen", "refused", "withdrawn"])
def test_who_has_applied_is_not_invited(as_recruiter, profile, offer, state):
    ApplicationFactory(candidate=profile.user, offer=offer, **{state: True})
    page = as_recruiter.post(url(profile), {"offer": offer.pk})
    assertContains(page, "Cette personne a déjà postulé à cette offre")
    assert not ApplyInvitation.objects.exists()


def test_profile_hidden_meanwhile_is_not_invited(recruiter, company, profile, offer):
    profiles.hide_from(profile=profile, companies=[company])
    with pytest.raises(InvitationError, match="n'est plus montré"):
        invite(profile=profile, offer=offer, by=recruiter)


def test_company_invites_so_many_a_day_whoever_of_it_does(recruiter, company, profile, offer, monkeypatch):
    monkeypatch.setattr("candidates.services.inviting.INVITATIONS_A_DAY", 2)
    yesterday = timezone.now() - timedelta(days=1)
    ApplyInvitationFactory(offer=offer, sent_at=yesterday)
    ApplyInvitationFactory()
    invite(profile=ProfileFactory(shown=True), offer=offer, by=MembershipFactory(company=company).user)
    invite(profile=profile, offer=offer, by=recruiter)
    with pytest.raises(InvitationError, match="continuez demain"):
        invite(profile=ProfileFactory(shown=True), offer=offer, by=recruiter)
    assert INVITATIONS_A_DAY > 2


def test_message_too_long_is_said_beside_it(as_recruiter, profile, offer):
    page = as_recruiter.post(url(profile), {"offer": offer.pk, "message": "x" * 1001})
    assert list(page.context["form"].errors) == ["message"]


def test_page_of_the_company_tells_each_answer(as_recruiter, candidate, profile, company, offer, invitation):
    waiting = as_recruiter.get(url(profile))
    assertContains(waiting, "Sans réponse")
    assertContains(waiting, "invitée aujourd’hui")
    other = ApplyInvitationFactory(candidate=candidate, offer__company=company, declined_at=timezone.now())
    sent = apply(user=candidate, offer=offer, name="Camille")
    answered = as_recruiter.get(url(profile))
    assertContains(answered, "A postulé")
    assertContains(answered, reverse("inbox-application", args=[sent.pk]))
    assertContains(answered, "Pas intéressée")
    assert [row.pk for row in answered.context["invitations"]] == [other.pk, invitation.pk]


def test_page_tells_nothing_of_what_other_companies_sent(as_recruiter, candidate, profile):
    other = ApplyInvitationFactory(candidate=candidate, offer__title="Offre d'ailleurs", message="Mots d'ailleurs")
    page = as_recruiter.get(url(profile))
    assertNotContains(page, other.offer.title)
    assertNotContains(page, "Invitations envoyées")
    assertNotContains(as_recruiter.get("/recruteur/profils/"), "Invitée à postuler")


def test_list_marks_who_was_invited(as_recruiter, invitation):
    assertContains(as_recruiter.get("/recruteur/profils/"), "Invitée à postuler", count=1)


def test_candidate_reads_the_invitation_with_what_to_do(as_candidate, invitation):
    page = as_candidate.get(MINE)
    for said in (invitation.offer.title, invitation.offer.company.name, "Venez nous voir.", decline_url(invitation)):
        assertContains(page, said)
    assertContains(page, reverse("apply", args=[invitation.offer_id]))
    assertNotContains(page, "Pas encore de candidature")


def test_invitation_to_a_closed_offer_is_said_closed(as_candidate, candidate):
    invitation = ApplyInvitationFactory(candidate=candidate, offer=OfferFactory(filled=True))
    page = as_candidate.get(MINE)
    assertContains(page, "offre close")
    assertNotContains(page, reverse("apply", args=[invitation.offer_id]))


def test_candidate_reads_no_invitation_of_others(as_candidate):
    other = ApplyInvitationFactory()
    page = as_candidate.get(MINE)
    assertNotContains(page, other.offer.title)
    assert as_candidate.post(decline_url(other)).status_code == 404
    assert ApplyInvitation.objects.get().declined_at is None


def test_answered_invitations_leave_the_list(as_candidate, candidate, offer, invitation):
    ApplyInvitationFactory(candidate=candidate, declined_at=timezone.now())
    apply(user=candidate, offer=offer, name="Camille")
    assert list(as_candidate.get(MINE).context["invitations"]) == []


@pytest.mark.parametrize("n", [1, 3])
def test_invitations_cost_the_same_for_one_and_three(as_candidate, candidate, n, django_assert_num_queries):
    ApplyInvitationFactory.create_batch(n, candidate=candidate)
    with django_assert_num_queries(5):
        as_candidate.get(MINE)


def test_declining_is_kept_once_and_hides_nothing(as_candidate, candidate, profile, invitation):
    assertRedirects(as_candidate.post(decline_url(invitation)), MINE)
    first = ApplyInvitation.objects.get().declined_at
    as_candidate.post(decline_url(invitation))
    assert ApplyInvitation.objects.get().declined_at == first
    assert CandidateProfile.objects.get().hidden_from.count() == 0


def test_declining_for_good_hides_from_this_company_alone(as_candidate, profile, company, recruiter, invitation):
    other = MembershipFactory().user
    as_candidate.post(decline_url(invitation), {"hide": "1"})
    assert ApplyInvitation.objects.get().declined_at is not None
    assert list(profile.hidden_from.all()) == [company]
    shown = CandidateProfile.objects
    assert (shown.shown_to(recruiter).count(), shown.shown_to(other).count()) == (0, 1)


def test_one_hides_from_an_employer_by_its_name_and_shows_again(as_candidate, profile, company):
    page = as_candidate.post(reverse("my-hidden-companies"), {"name": company.name.upper()}, follow=True)
    assertContains(page, f"Votre profil est caché à {company.name}.")
    assert list(profile.hidden_from.all()) == [company]
    as_candidate.post(reverse("my-hidden-companies"), {"show": company.pk})
    assert list(profile.hidden_from.all()) == []


def test_unknown_employer_is_said_beside_the_name(as_candidate, profile):
    page = as_candidate.post(reverse("my-hidden-companies"), {"name": "Nulle Part"})
    assertContains(page, "Aucune entreprise inscrite ne s&#x27;appelle « Nulle Part »")
    assert list(profile.hidden_from.all()) == []


@pytest.mark.parametrize("shown", ["x", "\0", "999999999", "9" * 30, "9" * 5000])
def test_showing_again_to_nobody_changes_nothing(as_candidate, profile, company, shown):
    profile.hidden_from.add(company)
    assert as_candidate.post(reverse("my-hidden-companies"), {"show": shown}).status_code == 200
    assert list(profile.hidden_from.all()) == [company]


def test_page_of_the_profile_says_who_reads_it(as_candidate, profile):
    assertContains(as_candidate.get("/mon-profil/"), "montré à toutes les entreprises que Medinsoft a vérifiées")
    profiles.set_visibility(profile=profile, visible=False)
    assertContains(as_candidate.get("/mon-profil/"), "Votre profil est caché.")


def test_data_page_lists_invitations_until_they_go(as_candidate, invitation):
    ApplyInvitationFactory(offer__title="Offre d'une autre")
    lines = as_candidate.get("/mes-donnees/").context["held"]
    [line] = [row for row in lines if row.what.startswith("Invitation")]
    assert line.what == f"Invitation à postuler : {invitation.offer.title}"
    assert line.holder == f"Medinjob, {invitation.offer.company.name}"
    assert line.until == invitation.sent_at + COMPANY_INTEREST_KEPT


def test_export_holds_invitations_openings_and_from_whom_one_hides(as_candidate, profile, company, invitation):
    log_profile_access(profile=profile, companies=[company], by=UserFactory(name="Recruteuse Curieuse"))
    profiles.hide_from(profile=profile, companies=[CompanyFactory(name="Mon employeur")])
    ApplyInvitationFactory(message="Mots à une autre")
    answer = as_candidate.post(reverse("my-data-export"))
    text = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))).read("data.json").decode()
    data = json.loads(text)
    assert [(row["company"], row["message"]) for row in data["invitations"]] == [(company.name, "Venez nous voir.")]
    assert [(row["company_name"], row["what"]) for row in data["profile_accesses"]] == [(company.name, "profile")]
    assert data["profile"]["hidden_from"] == ["Mon employeur"]
    assert "Mots à une autre" not in text
    assert "Recruteuse Curieuse" not in text


@pytest.mark.parametrize("end", ["deleted", "anonymised"])
def test_end_of_the_account_leaves_nothing_of_companies_interest(profile, company, invitation, end):
    log_profile_access(profile=profile, companies=[company], by=None)
    kept = ApplyInvitationFactory()
    if end == "deleted":
        close_account(user=profile.user)
    else:
        forget(user=profile.user, action="anonymised")
    assert list(ApplyInvitation.objects.all()) == [kept]
    assert not DataAccess.objects.exists()
    assert "Venez nous voir." not in serializers.serialize("json", ApplyInvitation.objects.all())


def test_old_interest_goes_after_its_time(profile, company, invitation):
    old = timezone.now() - COMPANY_INTEREST_KEPT - timedelta(minutes=1)
    ApplyInvitationFactory(candidate=profile.user, sent_at=old)
    log_profile_access(profile=profile, companies=[CompanyFactory()], by=None)
    DataAccess.objects.update(at=old)
    log_profile_access(profile=profile, companies=[company], by=None)
    assert drop_old_interest() == 2
    assert ApplyInvitation.objects.get() == invitation
    assert DataAccess.objects.get().company == company


def test_opening_belongs_to_an_application_or_to_a_profile(profile, company, invitation):
    day = timezone.localdate()
    application = ApplicationFactory()
    for fields in (
        {},
        {"profile": profile},
        {"profile": profile, "company": company},
        {"profile": profile, "company": company, "day": day, "application": application},
        {"application": application, "company": company},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            DataAccess.objects.create(what="profile", **fields)

import pytest
from django.db import IntegrityError, transaction

from accounts.models import OutgoingMail, User
from candidates.enums import ApplicationState, Channel
from candidates.errors import AlreadyAppliedError, NotOpenError
from candidates.models import Application, ApplicationDraft, CandidateProfile
from candidates.services import applying
from candidates.services.applying import apply
from demo.factories import (
    ApplicationFactory,
    CompanyFactory,
    CVFactory,
    DraftFactory,
    OccupationFactory,
    OfferFactory,
    ProfileFactory,
    SkillFactory,
    TrainingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def recruiter():
    return UserFactory()


@pytest.fixture
def offer(recruiter):
    return OfferFactory(published=True, company=CompanyFactory(recruiter=recruiter))


@pytest.fixture
def user():
    return UserFactory(name="Camille Exemple")


def send(user, offer, **kwargs):
    return apply(user=user, offer=offer, name="Camille Exemple", **kwargs)


def test_application_freezes_profile_and_file(user, offer):
    profile = ProfileFactory(
        user=user, skills=[SkillFactory(label="Python")], occupations=[OccupationFactory(web=True)]
    )
    cv = CVFactory(owner=user)
    application = send(user, offer, message="Bonjour", cv=cv)
    profile.headline = "Autre chose"
    profile.save()
    profile.skills.clear()
    kept = Application.objects.get(pk=application.pk)
    assert kept.profile == {
        "headline": "Développement web, côté serveur",
        "career": "Cinq ans de Python et de Django dans une entreprise fictive.",
        "occupations": ["Développeur / Développeuse web"],
        "skills": ["Python"],
        "place": "Aix-en-Provence (13)",
        "distance_km": 30,
        "contracts": ["cdi"],
        "experience": "3",
        "remote": "partial",
        "available_on": None,
    }
    assert (kept.cv, kept.email, kept.company, kept.channel) == (cv, user.email, offer.company, Channel.SITE)


def test_application_is_told_to_both_sides_and_in_the_history(user, offer, recruiter):
    application = send(user, offer)
    assert [(e.action, e.by) for e in application.events.all()] == [("send", user)]
    subjects = {mail.to: mail.subject for mail in OutgoingMail.objects.all()}
    assert subjects == {
        user.email: f"Votre candidature est envoyée : {offer.title}",
        recruiter.email: f"Nouvelle candidature : {offer.title}",
    }


def test_request_about_a_training_is_called_so(user):
    training = TrainingFactory(published=True, company=CompanyFactory(recruiter=UserFactory()))
    send(user, training, message="Quelles dates ?")
    assert {mail.subject.split(" :")[0] for mail in OutgoingMail.objects.all()} == {
        "Votre demande est envoyée",
        "Demande d'information",
    }


def test_career_in_words_is_kept_in_the_profile(user, offer):
    application = send(user, offer, career="Dix ans de réseau.")
    assert application.profile["career"] == "Dix ans de réseau."
    assert CandidateProfile.objects.get(user=user).career == "Dix ans de réseau."


def test_name_is_kept_when_the_account_had_none(offer):
    user = UserFactory(name="")
    send(user, offer)
    assert User.objects.get(pk=user.pk).name == "Camille Exemple"


def test_second_application_is_refused_with_the_first(user, offer):
    first = send(user, offer)
    with pytest.raises(AlreadyAppliedError) as caught:
        send(user, offer)
    assert caught.value.application == first
    assert Application.objects.count() == 1


def test_second_application_after_a_hiring_is_refused(user, offer):
    ApplicationFactory(offer=offer, candidate=user, hired=True)
    with pytest.raises(AlreadyAppliedError):
        send(user, offer)


@pytest.mark.parametrize("ended", ["refused", "withdrawn", "closed"])
def test_one_may_apply_again_once_it_is_over(user, offer, ended):
    ApplicationFactory(offer=offer, candidate=user, **{ended: True})
    assert send(user, offer).state == ApplicationState.SENT


def test_two_tabs_give_one_application(user, offer, monkeypatch):
    """The second tab looked before the first had sent: the database refuses, and the first is shown."""
    first = send(user, offer)
    looks = iter([None])
    found = applying.held_application
    monkeypatch.setattr(applying, "held_application", lambda *args: next(looks, found(*args)))
    with pytest.raises(AlreadyAppliedError) as caught:
        send(user, offer)
    assert caught.value.application == first


def test_database_keeps_one_open_application(user, offer):
    ApplicationFactory(offer=offer, candidate=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationFactory(offer=offer, candidate=user, interview=True)


@pytest.mark.parametrize(
    "state", ["paused", "filled", "expired", "withdrawn", "overdue", "rejected", "external", "imported"]
)
def test_offer_that_takes_none_here_is_refused(user, state):
    offer = OfferFactory(**{"published": True} if state in {"external", "imported"} else {}, **{state: True})
    with pytest.raises(NotOpenError):
        send(user, offer)
    assert Application.objects.count() == 0


def test_offer_closed_since_the_form_was_loaded_is_refused(user, offer):
    stale = type(offer).objects.get(pk=offer.pk)
    offer.state = "filled"
    offer.save()
    with pytest.raises(NotOpenError):
        send(user, stale)


def test_refused_company_takes_none(user):
    with pytest.raises(NotOpenError):
        send(user, OfferFactory(published=True, company=CompanyFactory(refused=True)))


def test_member_does_not_apply_to_their_own_company(recruiter, offer):
    with pytest.raises(NotOpenError, match="membre"):
        send(recruiter, offer)


def test_sending_ends_the_draft_of_that_offer_only(user, offer):
    DraftFactory(offer=offer, email=user.email)
    other = DraftFactory(email=user.email)
    send(user, offer)
    assert list(ApplicationDraft.objects.all()) == [other]

import hashlib
from datetime import timedelta

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from candidates.enums import ApplicationAction, ApplicationState, Side
from candidates.models import (
    CV,
    Application,
    ApplicationDraft,
    ApplicationEvent,
    ApplyInvitation,
    CandidateProfile,
    Contract,
)
from demo.cv_files import pdf_file
from demo.factories.accounts import UserFactory
from demo.factories.jobs import OfferFactory
from demo.factories.referentials import CommuneFactory
from jobs.enums import ContractType, Experience, Remote
from medinjob.lib.documents import PDF


class ProfileFactory(factory.django.DjangoModelFactory):
    """A candidate of Aix-en-Provence; trait `shown`; `occupations` and `skills` take lists."""

    class Meta:
        model = CandidateProfile
        skip_postgeneration_save = True

    class Params:
        shown = factory.Trait(visible=True)

    user = factory.SubFactory(UserFactory)
    headline = "Développement web, côté serveur"
    commune = factory.SubFactory(CommuneFactory, aix=True)
    distance_km = 30
    contracts = [ContractType.CDI]
    experience = Experience.CONFIRMED
    remote = Remote.PARTIAL
    career = "Cinq ans de Python et de Django dans une entreprise fictive."

    @factory.post_generation
    def occupations(profile, create, extracted, **_):  # noqa: N805
        if create and extracted:
            profile.occupations.set(extracted)

    @factory.post_generation
    def skills(profile, create, extracted, **_):  # noqa: N805
        if create and extracted:
            profile.skills.set(extracted)


class CVFactory(factory.django.DjangoModelFactory):
    """A PDF of one page; `text="…"` says its words; trait `former`: no longer the current one."""

    class Meta:
        model = CV

    class Params:
        data = factory.LazyAttribute(lambda cv: pdf_file(cv.text.splitlines()))
        former = factory.Trait(removed_at=factory.LazyFunction(timezone.now))

    owner = factory.SubFactory(UserFactory)
    text = "Développeuse Python, Django et PostgreSQL"
    filename = "cv.pdf"
    content_type = PDF
    size = factory.LazyAttribute(lambda cv: len(cv.data))
    sha256 = factory.LazyAttribute(lambda cv: hashlib.sha256(cv.data).hexdigest())
    file = factory.LazyAttribute(lambda cv: ContentFile(cv.data, cv.filename))


def _history(state: ApplicationState) -> list[ApplicationAction]:
    """The shortest way to a state."""
    action = ApplicationAction
    return {
        ApplicationState.SENT: [],
        ApplicationState.SEEN: [action.SEE],
        ApplicationState.SHORTLISTED: [action.SEE, action.SHORTLIST],
        ApplicationState.INTERVIEW: [action.SEE, action.INVITE],
        ApplicationState.OFFER_MADE: [action.SEE, action.INVITE, action.MAKE_OFFER],
        ApplicationState.HIRED: [action.SEE, action.INVITE, action.HIRE],
        ApplicationState.REFUSED: [action.SEE, action.REFUSE],
        ApplicationState.WITHDRAWN: [action.WITHDRAW],
        ApplicationState.CLOSED: [action.CLOSE],
    }[state]


class ApplicationFactory(factory.django.DjangoModelFactory):
    """Sent three days ago to a published offer. Traits `seen`, `shortlisted`, `interview`, `hired`, `refused`,
    `withdrawn`, `closed` set state, dates and events; `days=20`: how long ago; `cv=True` adds a file."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    class Params:
        days = 3
        answered = factory.Trait(
            seen_at=factory.LazyAttribute(lambda a: a.sent_at + timedelta(days=1)),
            answered_at=factory.LazyAttribute(lambda a: a.sent_at + timedelta(days=2)),
            moved_at=factory.LazyAttribute(lambda a: a.sent_at + timedelta(days=2)),
        )
        over = factory.Trait(closed_at=factory.LazyAttribute(lambda a: a.moved_at))
        seen = factory.Trait(
            state=ApplicationState.SEEN, seen_at=factory.LazyAttribute(lambda a: a.sent_at + timedelta(days=1))
        )
        shortlisted = factory.Trait(answered=True, state=ApplicationState.SHORTLISTED)
        interview = factory.Trait(answered=True, state=ApplicationState.INTERVIEW)
        offer_made = factory.Trait(answered=True, state=ApplicationState.OFFER_MADE)
        hired = factory.Trait(answered=True, over=True, state=ApplicationState.HIRED)
        refused = factory.Trait(
            answered=True, over=True, state=ApplicationState.REFUSED, refusal="Nous avons retenu quelqu'un d'autre."
        )
        withdrawn = factory.Trait(over=True, state=ApplicationState.WITHDRAWN)
        closed = factory.Trait(over=True, state=ApplicationState.CLOSED)

    offer = factory.SubFactory(OfferFactory, published=True)
    company = factory.SelfAttribute("offer.company")
    candidate = factory.SubFactory(UserFactory)
    name = factory.SelfAttribute("candidate.name")
    email = factory.SelfAttribute("candidate.email")
    message = "Votre offre m'intéresse."
    sent_at = factory.LazyAttribute(lambda a: timezone.now() - timedelta(days=a.days))
    moved_at = factory.SelfAttribute("sent_at")
    cv = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if kwargs.get("cv") is True:
            kwargs["cv"] = CVFactory(owner=kwargs["candidate"])
        return super()._create(model_class, *args, **kwargs)

    @factory.post_generation
    def events(application, create, extracted, **_):  # noqa: N805
        if not create or extracted is False:
            return
        states = {ApplicationAction.WITHDRAW: Side.CANDIDATE, ApplicationAction.CLOSE: Side.SYSTEM}
        rows = [(ApplicationAction.SEND, Side.CANDIDATE, application.sent_at)]
        history = _history(ApplicationState(application.state))
        rows += [(action, states.get(action, Side.COMPANY), application.moved_at) for action in history]
        ApplicationEvent.objects.bulk_create(
            ApplicationEvent(application=application, action=action, after=application.state, side=side, at=at)
            for action, side, at in rows
        )


class ApplyInvitationFactory(factory.django.DjangoModelFactory):
    """From the company of a published offer to somebody with a visible profile."""

    class Meta:
        model = ApplyInvitation

    candidate = factory.LazyFunction(lambda: ProfileFactory(shown=True).user)
    offer = factory.SubFactory(OfferFactory, published=True)
    message = "Votre expérience de Django nous intéresse."


class DraftFactory(factory.django.DjangoModelFactory):
    """What somebody without an account typed; trait `expired`."""

    class Meta:
        model = ApplicationDraft

    class Params:
        expired = factory.Trait(expires_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1)))

    offer = factory.SubFactory(OfferFactory, published=True)
    token = factory.Sequence("brouillon-fictif-{}".format)
    email = factory.Sequence("brouillon{}@medinjob.example".format)
    name = "Camille Exemple"
    message = "Je suis disponible dès maintenant."
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class ContractFactory(factory.django.DjangoModelFactory):
    """A CDI signed yesterday after a hiring, to begin in a month."""

    class Meta:
        model = Contract

    application = factory.SubFactory(ApplicationFactory, hired=True)
    type = ContractType.CDI
    job_title = factory.SelfAttribute("application.offer.title")
    signed_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    declared_side = Side.COMPANY

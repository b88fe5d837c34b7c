from datetime import timedelta

import factory
from django.utils import timezone

from demo.factories.companies import CompanyFactory
from demo.factories.referentials import CommuneFactory
from jobs.enums import (
    JOB_LIFETIME,
    ApplyBy,
    ContractType,
    EducationLevel,
    Experience,
    Funding,
    OfferKind,
    OfferSource,
    OfferState,
    PayUnit,
    Remote,
    ReportReason,
)
from jobs.models import JobDetails, Offer, OfferPlace, OfferReport, TrainingDetails, TrainingSession


def _ago(**delta: int) -> factory.LazyFunction:
    return factory.LazyFunction(lambda: timezone.now() - timedelta(**delta))


class JobDetailsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JobDetails

    contract = ContractType.CDI
    remote = Remote.PARTIAL
    pay_min = 38_000
    pay_max = 45_000
    pay_unit = PayUnit.YEAR
    pay_yearly_min = 38_000
    pay_yearly_max = 45_000
    experience = Experience.JUNIOR
    level = EducationLevel.BAC3


class TrainingDetailsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrainingDetails

    certification_code = "RNCP37674"
    certification_label = "Développeur web et web mobile"
    formacodes = ["46125"]
    hours = 700
    price = 6_800
    funding = [Funding.CPF, Funding.REGION]
    level_in = EducationLevel.BAC
    level_out = EducationLevel.BAC2


class OfferPlaceFactory(factory.django.DjangoModelFactory):
    """Where an offer is: the commune's name, postcode and coordinates."""

    class Meta:
        model = OfferPlace

    commune = factory.SubFactory(CommuneFactory, aix=True)
    label = factory.SelfAttribute("commune.short_name")
    postcode = factory.LazyAttribute(lambda place: place.commune.postcodes[0])
    department = factory.SelfAttribute("commune.department")
    latitude = factory.SelfAttribute("commune.latitude")
    longitude = factory.SelfAttribute("commune.longitude")


class _OfferFactory(factory.django.DjangoModelFactory):
    """What jobs and trainings share: a draft of a trusted company, one row and its details, no event, no service.

    Traits: `in_review`, `published`, `paused`, `filled`, `expired` (published, date past and state moved), `overdue`
    (date past, still published), `withdrawn`, `rejected`, `imported`, `external`. `place=commune` or `places=[…]` add
    places; `occupations`, `skills` and `sectors` take lists.
    """

    class Meta:
        model = Offer
        abstract = True
        skip_postgeneration_save = True

    class Params:
        in_review = factory.Trait(state=OfferState.IN_REVIEW, submitted_at=_ago(hours=3))
        seen = factory.Trait(
            submitted_at=_ago(days=2, hours=3),
            published_at=_ago(days=2),
            expires_at=factory.LazyAttribute(lambda offer: offer.published_at + JOB_LIFETIME),
        )
        published = factory.Trait(seen=True, state=OfferState.PUBLISHED)
        paused = factory.Trait(seen=True, state=OfferState.PAUSED)
        filled = factory.Trait(seen=True, state=OfferState.FILLED)
        withdrawn = factory.Trait(seen=True, state=OfferState.WITHDRAWN)
        overdue = factory.Trait(seen=True, state=OfferState.PUBLISHED, published_at=_ago(days=61))
        expired = factory.Trait(seen=True, state=OfferState.EXPIRED, published_at=_ago(days=61))
        rejected = factory.Trait(
            state=OfferState.REJECTED, submitted_at=_ago(days=1), reason="L'annonce ne décrit pas le poste."
        )
        external = factory.Trait(apply_by=ApplyBy.EXTERNAL, apply_url="https://recrutement.medinjob.example/postuler")
        imported = factory.Trait(
            company=None,
            employer_name="Employeur importé",
            source=OfferSource.FRANCE_TRAVAIL,
            source_id=factory.Sequence(lambda n: f"199FICT{n}"),
            source_url=factory.LazyAttribute(lambda offer: f"https://source.medinjob.example/{offer.source_id}"),
            apply_by=ApplyBy.EXTERNAL,
            apply_url=factory.SelfAttribute("source_url"),
            source_published_at=_ago(days=5),
        )

    company = factory.SubFactory(CompanyFactory)
    state = OfferState.DRAFT

    @factory.post_generation
    def place(offer, create, extracted, **_):  # noqa: N805
        if create and extracted:
            OfferPlaceFactory(offer=offer, commune=extracted)

    @factory.post_generation
    def places(offer, create, extracted, **_):  # noqa: N805
        for commune in extracted or []:
            OfferPlaceFactory(offer=offer, commune=commune)

    @factory.post_generation
    def occupations(offer, create, extracted, **_):  # noqa: N805
        if create and extracted:
            offer.occupations.set(extracted)

    @factory.post_generation
    def skills(offer, create, extracted, **_):  # noqa: N805
        if create and extracted:
            offer.skills.set(extracted)

    @factory.post_generation
    def sectors(offer, create, extracted, **_):  # noqa: N805
        if create and extracted:
            offer.sectors.set(extracted)


class OfferFactory(_OfferFactory):
    """A job; `job__contract="cdd"` reaches its details."""

    class Meta:
        model = Offer

    kind = OfferKind.JOB
    title = factory.Sequence("Développeur Python {} (H/F)".format)
    text = "## Missions\n\nConcevoir et maintenir nos services en Python.\n\n## Profil\n\nCuriosité et rigueur."
    job = factory.RelatedFactory(JobDetailsFactory, factory_related_name="offer")


class TrainingFactory(_OfferFactory):
    """A training; `training__price=0` reaches its details, `session=True` or `session__past=True` adds a session."""

    class Meta:
        model = Offer

    kind = OfferKind.TRAINING
    title = factory.Sequence("Formation développement web {}".format)
    text = "## Programme\n\nHTML, CSS, JavaScript et un langage côté serveur.\n\n## Public\n\nTout public."
    training = factory.RelatedFactory(TrainingDetailsFactory, factory_related_name="offer")

    @factory.post_generation
    def session(offer, create, extracted, **fields):  # noqa: N805
        if create and (extracted or fields):
            SessionFactory(offer=offer, **fields)


class SessionFactory(factory.django.DjangoModelFactory):
    """A session that begins in a month; trait `past`."""

    class Meta:
        model = TrainingSession

    class Params:
        past = factory.Trait(starts_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=200)))

    offer = factory.SubFactory(TrainingFactory, published=True)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    ends_on = factory.LazyAttribute(lambda session: session.starts_on + timedelta(days=120))
    commune = factory.SubFactory(CommuneFactory, aix=True)
    places_left = 8


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfferReport

    offer = factory.SubFactory(OfferFactory, published=True)
    reason = ReportReason.OUTDATED
    message = "Le poste est déjà pourvu."
    email = factory.Sequence("signalement{}@medinjob.example".format)

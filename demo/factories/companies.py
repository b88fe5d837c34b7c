from datetime import date, timedelta

import factory
from django.utils import timezone
from django.utils.text import slugify
from stdnum import luhn

from companies.enums import CompanySize, CompanyState, Mark, MemberRole
from companies.models import Company, Invitation, MedinsoftMark, Membership, ProposedIdentity
from demo.factories.accounts import UserFactory
from demo.factories.referentials import CommuneFactory


def siret(number: int) -> str:
    """A made-up SIRET (below 10 000 of them) that passes the checks.

    Its SIREN is below 000 100 000, lower than those of INSEE's public register: it should be nobody's.
    """
    siren = f"{number + 1:08}"
    siren += luhn.calc_check_digit(siren)
    office = f"{siren}0001"
    return office + luhn.calc_check_digit(office)


class CompanyFactory(factory.django.DjangoModelFactory):
    """A trusted company of Aix-en-Provence; traits `new`, `refused`; `admin=user` or `recruiter=user` add a member."""

    class Meta:
        model = Company
        skip_postgeneration_save = True

    class Params:
        new = factory.Trait(state=CompanyState.NEW)
        refused = factory.Trait(state=CompanyState.REFUSED, refusal_reason="Établissement fermé au registre public.")

    name = factory.Sequence("Entreprise fictive {}".format)
    slug = factory.LazyAttribute(lambda company: slugify(company.name))
    siret = factory.Sequence(siret)
    commune = factory.SubFactory(CommuneFactory, aix=True)
    size = CompanySize.SMALL
    description = "Entreprise fictive de démonstration."
    website = factory.LazyAttribute(lambda company: f"https://{company.slug}.medinjob.example")
    state = CompanyState.TRUSTED

    @factory.post_generation
    def sectors(company, create, extracted, **_):  # noqa: N805
        if create and extracted:
            company.sectors.set(extracted)

    @factory.post_generation
    def commissions(company, create, extracted, **_):  # noqa: N805
        if create and extracted:
            company.commissions.set(extracted)

    @factory.post_generation
    def admin(company, create, extracted, **_):  # noqa: N805
        if create and extracted:
            MembershipFactory(company=company, user=extracted, role=MemberRole.ADMIN)

    @factory.post_generation
    def recruiter(company, create, extracted, **_):  # noqa: N805
        if create and extracted:
            MembershipFactory(company=company, user=extracted)


class MembershipFactory(factory.django.DjangoModelFactory):
    """A recruiter of a company; `admin=True` makes an administrator of them."""

    class Meta:
        model = Membership

    class Params:
        admin = factory.Trait(role=MemberRole.ADMIN)

    company = factory.SubFactory(CompanyFactory)
    user = factory.SubFactory(UserFactory)
    role = MemberRole.RECRUITER


class InvitationFactory(factory.django.DjangoModelFactory):
    """An open invitation; trait `expired`."""

    class Meta:
        model = Invitation

    class Params:
        expired = factory.Trait(expires_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)))

    company = factory.SubFactory(CompanyFactory)
    email = factory.Sequence("invite{}@medinjob.example".format)
    token = factory.Sequence("jeton-fictif-{}".format)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class ProposedIdentityFactory(factory.django.DjangoModelFactory):
    """Another name and site that a verified company would like to have."""

    class Meta:
        model = ProposedIdentity

    company = factory.SubFactory(CompanyFactory)
    name = factory.LazyAttribute(lambda proposal: f"{proposal.company.name} Conseil")
    website = factory.SelfAttribute("company.website")


class MarkFactory(factory.django.DjangoModelFactory):
    """A member of Medinsoft since 2020; trait `partner`."""

    class Meta:
        model = MedinsoftMark

    class Params:
        partner = factory.Trait(mark=Mark.PARTNER)

    company = factory.SubFactory(CompanyFactory)
    mark = Mark.MEMBER
    since = date(2020, 1, 1)

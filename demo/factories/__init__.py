"""Objects of every app, for the demo and the tests: `OfferFactory(published=True, place=CommuneFactory(aix=True))`."""

from demo.factories.accounts import PASSWORD, StaffFactory, UserFactory
from demo.factories.candidates import (
    ApplicationFactory,
    ContractFactory,
    CVFactory,
    DraftFactory,
    ProfileFactory,
)
from demo.factories.companies import CompanyFactory, InvitationFactory, MarkFactory, MembershipFactory, siret
from demo.factories.jobs import (
    JobDetailsFactory,
    OfferFactory,
    OfferPlaceFactory,
    ReportFactory,
    SessionFactory,
    TrainingDetailsFactory,
    TrainingFactory,
)
from demo.factories.referentials import (
    AppellationFactory,
    CommissionFactory,
    CommuneFactory,
    OccupationFactory,
    SectorFactory,
    SkillFactory,
)

__all__ = [
    "PASSWORD",
    "AppellationFactory",
    "ApplicationFactory",
    "CVFactory",
    "CommissionFactory",
    "CommuneFactory",
    "CompanyFactory",
    "ContractFactory",
    "DraftFactory",
    "InvitationFactory",
    "JobDetailsFactory",
    "MarkFactory",
    "MembershipFactory",
    "OccupationFactory",
    "OfferFactory",
    "OfferPlaceFactory",
    "ProfileFactory",
    "ReportFactory",
    "SectorFactory",
    "SessionFactory",
    "SkillFactory",
    "StaffFactory",
    "TrainingDetailsFactory",
    "TrainingFactory",
    "UserFactory",
    "siret",
]

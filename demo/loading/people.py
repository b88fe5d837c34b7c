from dataclasses import dataclass
from random import Random

from accounts.models import User
from companies.enums import MemberRole
from companies.models import Company, Membership
from demo.factories import StaffFactory, UserFactory
from demo.factories.accounts import EmailAddressFactory

CANDIDATE = "candidat@medinjob.example"
RECRUITER = "recruteur@medinjob.example"
STAFF = "equipe@medinjob.example"

# The recruiter of the demo acts for an employer and for a training provider.
_RECRUITER_AT = {"Calanque Logiciels": MemberRole.ADMIN, "École du Cabestan": MemberRole.RECRUITER}

_FIRST = (
    "Camille", "Dominique", "Claude", "Sacha", "Morgan", "Alix", "Charlie", "Noa", "Andrea", "Maxence", "Louison",
    "Eden", "Nour", "Ange", "Swann", "Yaël", "Lou", "Robin", "Théa", "Ismaël", "Inès", "Marius", "Fanny", "Mireille",
)  # fmt: skip
_LAST = (
    "Fictif", "Desmaquettes", "Delafable", "Dudécor", "Exemple", "Imaginaire", "Démo", "Santonnier", "Delarade",
    "Dubanc", "Figurant", "Desessais",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """`recruiters`: company id → who posts for it."""

    candidate: User
    staff: User
    recruiters: dict[int, list[User]]


def create_people(rng: Random, companies: list[Company]) -> People:
    """The three named accounts, and one to three members for each company, its first one an administrator."""
    candidate: User = UserFactory.create(email=CANDIDATE, name="Camille Démo")
    staff: User = StaffFactory.create(email=STAFF, name="Équipe Medinsoft (démo)", factor=None)
    named: User = UserFactory.create(email=RECRUITER, name="Dominique Exemple")
    memberships: list[Membership] = []
    for company in companies:
        memberships += _members(rng, company, named)
    users = [membership.user for membership in memberships if membership.user.pk is None]
    User.objects.bulk_create(users)
    EmailAddressFactory._meta.model.objects.bulk_create(
        EmailAddressFactory.build(user=user, email=user.email) for user in users
    )
    Membership.objects.bulk_create(memberships)
    recruiters: dict[int, list[User]] = {}
    for membership in memberships:
        recruiters.setdefault(membership.company_id, []).append(membership.user)
    return People(candidate, staff, recruiters)


def full_name(rng: Random) -> str:
    """Of nobody."""
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"


def _members(rng: Random, company: Company, named: User) -> list[Membership]:
    role = _RECRUITER_AT.get(company.name)
    members = [Membership(company=company, user=named, role=role, since=company.created_at)] if role else []
    for number in range(rng.randint(1, 2)):
        user = UserFactory.build(
            address=None,
            email=f"{'recrutement' if number else 'direction'}.{company.slug}@medinjob.example",
            name=full_name(rng),
        )
        first = not any(member.role == MemberRole.ADMIN for member in members)
        rank = MemberRole.ADMIN if first else MemberRole.RECRUITER
        members.append(Membership(company=company, user=user, role=rank, since=company.created_at))
    return members

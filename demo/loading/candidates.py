"""Candidates of the demo: accounts, profiles, CVs, and the searches they follow."""

from random import Random

from accounts.models import User
from candidates.enums import Frequency
from candidates.models import CandidateProfile, SavedSearch
from demo.factories.accounts import EmailAddressFactory, UserFactory
from demo.factories.candidates import CVFactory
from demo.loading.people import People, full_name
from jobs.enums import ContractType, Experience, Remote
from jobs.models import Offer

CANDIDATES = 60
_CONTRACTS = (ContractType.CDI, ContractType.CDD, ContractType.APPRENTICESHIP, ContractType.FREELANCE)
_SEARCHES = (
    ("python", "q=python"), ("développeur web · CDI", "q=d%C3%A9veloppeur+web&contract=cdi"),
    ("Marseille et 20 km autour", "place=13055&radius=20"), ("cybersécurité", "q=cybers%C3%A9curit%C3%A9"),
    ("Alternance", "contract=apprentissage"), ("data · télétravail", "q=data&remote=partial"),
)  # fmt: skip


def create_candidates(rng: Random, people: People) -> list[CandidateProfile]:
    """`CANDIDATES` profiles, the named one first; every third is visible, every second person has a CV."""
    users = [people.candidate, *_create_users(rng, CANDIDATES - 1)]
    offers = list(Offer.objects.filter(job__isnull=False, company__isnull=False).order_by("pk"))
    models = rng.sample(offers, CANDIDATES)
    profiles = [
        _profile(rng, user, offer, number) for number, (user, offer) in enumerate(zip(users, models, strict=True))
    ]
    CandidateProfile.objects.bulk_create(profiles)
    for profile, offer in zip(profiles, models, strict=True):
        profile.occupations.set(offer.occupations.all())
        profile.skills.set(offer.skills.all())
    for profile in profiles[::2]:
        CVFactory.create(owner=profile.user, text=f"{profile.user.name}\n{profile.headline}\n{profile.career}")
    _follow(users)
    return profiles


def _create_users(rng: Random, count: int) -> list[User]:
    users: list[User] = [
        UserFactory.build(address=None, email=f"candidat{n}@medinjob.example", name=full_name(rng))
        for n in range(2, count + 2)
    ]
    User.objects.bulk_create(users)
    addresses = (EmailAddressFactory.build(user=user, email=user.email) for user in users)
    EmailAddressFactory._meta.model.objects.bulk_create(addresses)
    return users


def _profile(rng: Random, user: User, offer: Offer, number: int) -> CandidateProfile:
    place = offer.places.first()
    return CandidateProfile(
        user=user,
        headline=offer.title.split(" (")[0].split(" – ")[-1],
        commune_id=place.commune_id if place else None,
        distance_km=rng.choice((10, 20, 30, 50)),
        contracts=[rng.choice(_CONTRACTS)],
        experience=rng.choice(Experience.values),
        remote=rng.choice(Remote.values),
        career="Parcours fictif : trois entreprises inventées, et des projets qui n'ont pas existé.",
        visible=number % 3 == 0,
    )


def _follow(users: list[User]) -> None:
    """The named candidate follows two searches, every fourth of the others one."""
    followers = [users[0], *users[::4]]
    rows = []
    for number, user in enumerate(followers):
        label, query = _SEARCHES[number % len(_SEARCHES)]
        frequency = Frequency.values[number % len(Frequency.values)]
        rows.append(SavedSearch(user=user, label=label, query=query, frequency=frequency))
    SavedSearch.objects.bulk_create(rows)

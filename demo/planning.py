"""Draws what each job of the demo is: role, contract, pay, place, in proportions that look like the region's."""

import re
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from demo.library import Firm, Role, english_roles, families
from jobs.enums import ContractType, Experience, PayUnit, Remote

T = TypeVar("T")

_CONTRACTS = {
    ContractType.CDI: 60,
    ContractType.CDD: 10,
    ContractType.APPRENTICESHIP: 10,
    ContractType.INTERNSHIP: 7,
    ContractType.FREELANCE: 6,
    ContractType.TEMPORARY: 4,
    ContractType.PROFESSIONALISATION: 2,
    ContractType.TEMPORARY_CDI: 1,
}
_SENIOR_CONTRACTS = {ContractType.CDI: 85, ContractType.FREELANCE: 10, ContractType.CDD: 5}
_EXPERIENCES = {Experience.BEGINNER: 14, Experience.JUNIOR: 36, Experience.CONFIRMED: 30, Experience.SENIOR: 20}
# Agencies place hands and screens, not product owners.
_BY_AGENCY = frozenset({"development", "infrastructure", "telecoms", "support", "connected", "design"})
_AGENCY = frozenset({ContractType.TEMPORARY, ContractType.TEMPORARY_CDI})
_LEADS = re.compile(r"responsable|superviseur|directeur|architecte|manager|expert|chef", re.IGNORECASE)
_BOTH_FORMS = re.compile(r"(?:euse|rice|ienne) / ")
_LEARNING = frozenset({ContractType.APPRENTICESHIP, ContractType.INTERNSHIP, ContractType.PROFESSIONALISATION})
_MONTHS = {
    ContractType.CDD: (6, 9, 12, 18),
    ContractType.APPRENTICESHIP: (12, 24),
    ContractType.PROFESSIONALISATION: (12,),
    ContractType.INTERNSHIP: (3, 4, 6),
    ContractType.TEMPORARY: (2, 3, 6),
    ContractType.FREELANCE: (3, 6, 12),
}
# How far in a role's pay range an experience begins and ends.
_SPAN = {
    Experience.BEGINNER: (0.0, 0.2),
    Experience.JUNIOR: (0.15, 0.45),
    Experience.CONFIRMED: (0.4, 0.75),
    Experience.SENIOR: (0.65, 1.0),
}
# The legal minimum wage, by year and rounded up.
_LEAST = 22_000
_NO_PAY_REASONS = (
    "Selon le profil et la convention collective",
    "Grille en cours de révision, communiquée au premier échange",
    "Rémunération alignée sur l'équipe en place",
)
_LEGAL_PAY = "Fixée par la loi selon l'âge et l'année de formation"


@dataclass(frozen=True, slots=True)
class Pay:
    low: float | None
    high: float | None
    unit: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JobPlan:
    firm: Firm
    role: Role
    title: str
    contract: ContractType
    months: int | None
    experience: Experience
    remote: Remote
    pay: Pay
    english: bool


def plan_job(rng: Random, firm: Firm) -> JobPlan:
    """One job of a company."""
    english = firm.english and rng.random() < 0.5
    role = rng.choice(english_roles() if english else _roles_of(firm))
    contract = _contract(rng, role, english=english)
    experience = _experience(rng, role, contract, english=english)
    return JobPlan(
        firm=firm,
        role=role,
        title=rng.choice(role.titles) if english else _title(rng, role, contract, experience),
        contract=contract,
        months=rng.choice(_MONTHS[contract]) if contract in _MONTHS else None,
        experience=experience,
        remote=_remote(rng, role),
        pay=_pay(rng, role, contract, experience),
        english=english,
    )


def _roles_of(firm: Firm) -> list[Role]:
    return [role for slug in firm.hires for role in families()[slug].roles]


def _drawn(rng: Random, weights: dict[T, int]) -> T:
    return rng.choices(list(weights), list(weights.values()))[0]


def _contract(rng: Random, role: Role, *, english: bool) -> ContractType:
    """Nobody learns to lead, and agencies do not place every trade."""
    contract = _drawn(rng, _SENIOR_CONTRACTS if role.senior or english else _CONTRACTS)
    if contract in _AGENCY and role.family not in _BY_AGENCY:
        return ContractType.CDI
    leads = all(_LEADS.search(title) for title in role.titles)
    return ContractType.CDI if contract in _LEARNING and leads else contract


def _experience(rng: Random, role: Role, contract: ContractType, *, english: bool) -> Experience:
    if contract in _LEARNING:
        return Experience.BEGINNER
    return Experience.SENIOR if role.senior else Experience.CONFIRMED if english else _drawn(rng, _EXPERIENCES)


def _title(rng: Random, role: Role, contract: ContractType, experience: Experience) -> str:
    """As recruiters write them: the contract before, the seniority after, both sexes somewhere."""
    titles = [title for title in role.titles if contract not in _LEARNING or not _LEADS.search(title)]
    title = rng.choice(titles)
    if experience == Experience.SENIOR and not role.senior and " / " not in title and rng.random() < 0.6:
        title += rng.choice((" senior", " expérimenté·e"))
    if not _BOTH_FORMS.search(title):
        title += rng.choice((" (H/F)", " (H/F)", " H/F", " F/H", " (F/H)", " (F/H/X)"))
    before = {
        ContractType.APPRENTICESHIP: ("Alternance – ", "Apprenti·e : "),
        ContractType.PROFESSIONALISATION: ("Alternance – ",),
        ContractType.INTERNSHIP: ("Stage – ", "Stage de fin d'études : "),
        ContractType.FREELANCE: ("Freelance – ", "Mission : "),
    }
    return rng.choice(before[contract]) + title if contract in before else title


def _remote(rng: Random, role: Role) -> Remote:
    if role.remote == "none":
        return Remote.NONE
    return rng.choices((Remote.PARTIAL, Remote.NONE, Remote.FULL), (64, 20, 16))[0]


def _pay(rng: Random, role: Role, contract: ContractType, experience: Experience) -> Pay:
    if contract in (ContractType.APPRENTICESHIP, ContractType.PROFESSIONALISATION):
        return Pay(None, None, "", _LEGAL_PAY)
    if contract == ContractType.INTERNSHIP:
        low = rng.randrange(670, 1100, 30)
        return Pay(low, low, PayUnit.MONTH)
    if rng.random() < 0.09:
        return Pay(None, None, "", rng.choice(_NO_PAY_REASONS))
    return _range(rng, role, contract, experience)


def _range(rng: Random, role: Role, contract: ContractType, experience: Experience) -> Pay:
    width = (role.pay[1] - role.pay[0]) * 1000
    begins, ends = (role.pay[0] * 1000 + width * share for share in _SPAN[experience])
    low = max(_LEAST, round(begins + rng.random() * (ends - begins) * 0.4, -3))
    high = low + 1000 * rng.randint(2, 6)
    if contract == ContractType.FREELANCE:
        return Pay(round(low / 110, -1), round(high / 105, -1), PayUnit.DAY)  # a day also pays the charges
    if contract == ContractType.TEMPORARY:
        return Pay(round(low / 1820, 1), round(high / 1820, 1), PayUnit.HOUR)
    if role.pay[1] <= 36 and rng.random() < 0.5:
        return Pay(round(low / 12 + 5, -1), round(high / 12, -1), PayUnit.MONTH)
    return Pay(int(low), int(high), PayUnit.YEAR)

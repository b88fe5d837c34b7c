from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from companies.models import Company
from demo.factories import JobDetailsFactory, OfferFactory
from demo.library import firms
from demo.loading.history import Actors, audience_of, give_life
from demo.loading.people import People
from demo.loading.places import Places
from demo.loading.rows import OfferRows
from demo.planning import JobPlan, plan_job
from demo.writing import Terms, english_text, french_spaces, job_text, some
from jobs.enums import ApplyBy, ContractType, OfferState, PayUnit
from jobs.flags import flags_of
from jobs.models import JobDetails, Offer
from medinjob.lib.money import yearly
from referentials.selectors import SkillIndex

# How many jobs of each state the trusted companies have.
_STATES = {
    OfferState.PUBLISHED: 312,
    OfferState.PAUSED: 8,
    OfferState.FILLED: 12,
    OfferState.EXPIRED: 16,
    OfferState.WITHDRAWN: 6,
    OfferState.REJECTED: 7,
    OfferState.IN_REVIEW: 4,
    OfferState.DRAFT: 8,
}
_JOBS_OF_A_NEW_COMPANY = 2
_SUSPICIOUS = "\n\nNous cherchons un jeune homme dynamique, disponible immédiatement."
_WORKING_TIMES = ("35 heures par semaine", "37 h 30 par semaine avec RTT", "39 heures par semaine", "Forfait 218 jours")
_SEVERAL = ("telecoms", "support")


@dataclass(slots=True)
class JobMaker:
    """Makes unsaved jobs; all it draws comes from `rng`. A firm that is no company of ours gives an imported offer."""

    rng: Random
    now: datetime
    companies: dict[str, Company]
    people: People
    places: Places
    skills: SkillIndex

    def make_all(self) -> Iterator[OfferRows]:
        trusted = [firm for firm in firms() if firm.state == "trusted" and firm.weight]
        states = [state for state, count in _STATES.items() for _ in range(count)]
        self.rng.shuffle(states)
        for state in states:
            firm = self.rng.choices(trusted, [firm.weight for firm in trusted])[0]
            yield self.make(plan_job(self.rng, firm), state)
        for firm in firms():
            for _ in range(_JOBS_OF_A_NEW_COMPANY if firm.state == "new" else 0):
                yield self.make(plan_job(self.rng, firm), OfferState.IN_REVIEW)

    def make(self, plan: JobPlan, state: str) -> OfferRows:
        company = self.companies.get(plan.firm.name)
        communes = self.places.draw(self.rng, plan.firm.commune, several=plan.role.family in _SEVERAL)
        offer = self._offer(plan, company, communes[0].short_name)
        author = self.rng.choice(self.people.recruiters[company.pk]) if company else None
        offer.author = author
        details = self._details(plan, offer)
        events = give_life(self.rng, offer, state, Actors(author, self.people.staff), self.now)
        self._flag(offer)
        used = some(self.rng, plan.role.skills, 3, 7)
        return OfferRows(
            offer,
            details,
            places=[self.places.of(offer, commune) for commune in communes],
            events=events,
            audience=audience_of(self.rng, offer, self.now),
            occupations=[plan.role.code],
            skills=self.skills.find(used),
            sectors=plan.firm.sectors,
        )

    def _offer(self, plan: JobPlan, company: Company | None, place: str) -> Offer:
        fields = self._posted_here(company) if company else self._imported(plan)
        title = plan.title if plan.english else french_spaces(plan.title)
        offer: Offer = OfferFactory.build(title=title, text=self._text(plan, place), job=None, **fields)
        return offer

    def _text(self, plan: JobPlan, place: str) -> str:
        if plan.english:
            return english_text(self.rng, plan.role, plan.firm, place=place, remote=plan.remote)
        terms = Terms(place, plan.remote, plan.contract, plan.months or 0)
        return job_text(self.rng, plan.role, plan.firm, terms)

    def _posted_here(self, company: Company) -> dict[str, Any]:
        external = self.rng.random() < 0.2
        return {
            "company": company,
            "apply_by": ApplyBy.EXTERNAL if external else ApplyBy.HERE,
            "apply_url": f"{company.website}/recrutement" if external else "",
        }

    def _imported(self, plan: JobPlan) -> dict[str, Any]:
        return {
            "imported": True,
            "employer_name": plan.firm.name,
            "source_id": f"DEMO{self.rng.randrange(10**6):06}",
            "source_published_at": self.now - timedelta(days=3),
        }

    def _details(self, plan: JobPlan, offer: Offer) -> JobDetails:
        low, high, unit = plan.pay.low, plan.pay.high, plan.pay.unit
        starts = self.rng.random() < 0.3
        first = (self.now + timedelta(days=self.rng.randint(15, 100))).date().replace(day=1)
        details: JobDetails = JobDetailsFactory.build(
            offer=offer,
            contract=plan.contract,
            contract_months=plan.months,
            working_time=self.rng.choice(_WORKING_TIMES) if plan.contract != ContractType.FREELANCE else "",
            remote=plan.remote,
            open_positions=self.rng.randint(1, 6) if plan.role.family in _SEVERAL and self.rng.random() < 0.4 else 1,
            pay_min=low,
            pay_max=high,
            pay_unit=unit,
            pay_yearly_min=None if low is None else yearly(Decimal(str(low)), unit),
            pay_yearly_max=None if high is None else yearly(Decimal(str(high)), unit),
            no_pay_reason=plan.pay.reason,
            pay_text="13e mois" if unit == PayUnit.YEAR and self.rng.random() < 0.15 else "",
            experience=plan.experience,
            level=plan.role.level,
            starts_on=first if starts and first > self.now.date() else None,
        )
        return details

    def _flag(self, offer: Offer) -> None:
        """What waits in the queue says why; one text of it would be refused."""
        if offer.state == OfferState.IN_REVIEW:
            if self.rng.random() < 0.3:
                offer.text += _SUSPICIOUS
            offer.flags = flags_of(offer)

from datetime import date, datetime, timedelta
from random import Random

from companies.enums import CompanyAction, CompanyState
from companies.models import Company, CompanyEvent, MedinsoftMark
from demo.factories import CompanyFactory, siret
from demo.library import Firm, firms
from demo.loading.people import People
from demo.logos import draw_logo
from demo.writing import company_text

_REFUSED = "Le SIRET donné n'existe pas au registre et l'offre jointe demande un paiement aux candidats."
_WITH_LOGO = 0.7


def create_companies(rng: Random, now: datetime) -> list[Company]:
    """One company for each firm of the library, in the same order, with its sectors, commissions and mark."""
    return [_create(rng, number, firm, now) for number, firm in enumerate(firms())]


def _create(rng: Random, number: int, firm: Firm, now: datetime) -> Company:
    recent = firm.state == CompanyState.NEW
    company: Company = CompanyFactory.create(
        name=firm.name,
        siret=siret(9_900 + number),  # far beyond what the factories count to
        commune=None,
        commune_id=firm.commune,
        size=firm.size,
        description=company_text(firm),
        state=firm.state,
        refusal_reason=_REFUSED if firm.state == CompanyState.REFUSED else "",
        created_at=now - timedelta(days=2 if recent else rng.randint(150, 1200), hours=rng.randint(1, 9)),
        sectors=firm.sectors,
        commissions=firm.commissions,
    )
    if firm.mark:
        MedinsoftMark.objects.create(company=company, mark=firm.mark, since=date(now.year - rng.randint(1, 9), 1, 1))
    if rng.random() < _WITH_LOGO:
        company.logo.save(f"demo-{company.slug}.webp", draw_logo(rng), save=True)
    return company


def write_company_history(companies: list[Company], people: People) -> None:
    """Signed up by its administrator, then verified or refused by staff."""
    events = []
    for company in companies:
        admin = people.recruiters[company.pk][0]
        events.append(CompanyEvent(company=company, action=CompanyAction.CREATED, by=admin, at=company.created_at))
        if company.state != CompanyState.NEW:
            events.append(_decision(company, people))
    CompanyEvent.objects.bulk_create(events)


def _decision(company: Company, people: People) -> CompanyEvent:
    refused = company.state == CompanyState.REFUSED
    return CompanyEvent(
        company=company,
        action=CompanyAction.REFUSED if refused else CompanyAction.VERIFIED,
        before=CompanyState.NEW,
        after=company.state,
        reason=company.refusal_reason,
        by=people.staff,
        at=company.created_at + timedelta(hours=20),
    )

from dataclasses import dataclass
from random import Random

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from candidates.models import NewOffer
from companies.models import Company
from demo.loading.applications import create_applications
from demo.loading.candidates import create_candidates
from demo.loading.companies import create_companies, write_company_history
from demo.loading.feed import create_feed
from demo.loading.forum import create_forum
from demo.loading.forum.settings import at
from demo.loading.imported import make_double, make_imported
from demo.loading.invitations import create_invitations
from demo.loading.jobs import JobMaker
from demo.loading.people import create_people
from demo.loading.places import Places
from demo.loading.reports import add_reports
from demo.loading.rows import write
from demo.loading.trainings import TrainingMaker
from jobs.enums import OfferKind
from jobs.models import Offer
from ledger.models import ChainHead, ChainLink
from ledger.services.chain import hold_chain
from referentials.selectors import SkillIndex

SEED = 20180607


@dataclass(frozen=True, slots=True)
class Loaded:
    companies: int
    jobs: int
    trainings: int


def is_empty() -> bool:
    """May a demo be loaded here? Nobody has signed up and nothing has been posted or imported."""
    return not (User.objects.exists() or Company.objects.exists() or Offer.objects.exists())


@transaction.atomic
def load_demo() -> Loaded:
    """Companies, people, jobs, trainings and applications, the same each time but for dates, which count from last
    midnight: at which hour one loads decides nothing of what is drawn.

    Needs the referentials. Raises KeyError when a commune, an occupation or a skill of the library is not in them.
    """
    rng, now = Random(SEED), at(timezone.localdate(), 0)
    companies = create_companies(rng, now)
    people = create_people(rng, companies)
    write_company_history(companies, people)
    by_name = {company.name: company for company in companies}
    shared = (rng, now, by_name, people, Places.load(), SkillIndex.load())
    maker = JobMaker(*shared)
    drafts = list(maker.make_all())
    add_reports(rng, drafts, people, now)
    imported = list(make_imported(maker))
    double = make_double(maker, imported[0])
    write([*drafts, *TrainingMaker(*shared).make_all(), *imported, double])
    Offer.objects.filter(pk=double.offer.pk).update(duplicate_of=imported[0].offer)
    profiles = create_candidates(rng, people)
    create_applications(rng, profiles, people, now)
    create_invitations(profiles, people, now)
    create_forum(profiles, people, now)
    create_feed()
    # Factories write rows of history as they please, and move them back in time: the chain begins after them.
    ChainLink.objects.all().delete()
    ChainHead.objects.all().delete()
    hold_chain()
    # Else those who follow a search would be told of the whole demo at once.
    NewOffer.objects.update(matched_at=now)
    return Loaded(
        companies=len(companies),
        jobs=Offer.objects.filter(kind=OfferKind.JOB).count(),
        trainings=Offer.objects.filter(kind=OfferKind.TRAINING).count(),
    )

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demo.factories import CommuneFactory, CompanyFactory, OccupationFactory, SectorFactory, SkillFactory, StaffFactory
from jobs.enums import JOB_LIFETIME, ContractType, OfferKind, OfferState
from jobs.models import JobDetails, Offer, OfferEvent, OfferPlace, TrainingDetails, TrainingSession
from jobs.services import lifecycle
from jobs.services.bulk import OfferEntry, create_offers, update_offers
from jobs.signals import offers_changed
from jobs.transitions import TRANSITIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced():
    received = []

    def listen(sender, ids, **_):
        received.append(list(ids))

    offers_changed.connect(listen)
    yield received
    offers_changed.disconnect(listen)


def entry(state=OfferState.PUBLISHED, **parts):
    now = timezone.now()
    offer = Offer(
        kind=OfferKind.JOB, title="Développeuse web", state=state, reason="Hors sujet." if state == "rejected" else ""
    )
    if state not in {OfferState.DRAFT, OfferState.IN_REVIEW, OfferState.REJECTED}:
        offer.published_at, offer.expires_at = now, now + JOB_LIFETIME
    return OfferEntry(offer=offer, details=JobDetails(contract=ContractType.CDI), **parts)


def history(offer):
    return list(offer.events.order_by("id").values_list("action", "before", "after", "by", "reason"))


def test_bulk_door_leaves_the_events_of_a_single_posting(announced):
    staff, company = StaffFactory(), CompanyFactory()
    single = Offer.objects.create(kind=OfferKind.JOB, title="Développeuse web", company=company)
    JobDetails.objects.create(offer=single, contract=ContractType.CDI)
    lifecycle.publish(offers=[single], by=staff)
    bulk = create_offers(entries=[entry(by=staff)])[0]
    assert history(bulk) == history(single) == [("publish", "draft", "published", staff.pk, "")]
    assert announced == [[single.pk], [bulk.pk]]


@pytest.mark.parametrize("state", OfferState.values)
def test_new_offer_has_events_that_lead_to_its_state(state):
    offer = create_offers(entries=[entry(state)])[0]
    path = history(offer)
    states = ["draft", *(after for _, _, after, _, _ in path)]
    assert states[-1] == Offer.objects.get().state == state
    assert [before for _, before, _, _, _ in path] == states[:-1]
    assert all(
        before in TRANSITIONS[action][0] and after == TRANSITIONS[action][1] for action, before, after, _, _ in path
    )
    assert [reason for *_, reason in path][-1:] == (["Hors sujet."] if state == "rejected" else [""] if path else [])


def test_bulk_door_writes_all_parts():
    commune, occupation, skill, sector = (
        CommuneFactory(aix=True),
        OccupationFactory(web=True),
        SkillFactory(),
        SectorFactory(),
    )
    place = OfferPlace(commune=commune, label="Aix-en-Provence", department="13")
    made = entry(
        places=[place],
        occupations=[occupation.pk, occupation.pk],
        skills=[skill.pk],
        sectors=[sector.pk],
        fingerprints=[7],
    )
    offer = create_offers(entries=[made])[0]
    assert (offer.places.get().commune, offer.job.contract) == (commune, ContractType.CDI)
    assert (offer.occupations.get(), offer.skills.get(), offer.sectors.get()) == (occupation, skill, sector)
    assert offer.fingerprints.get().key == 7


def test_bulk_door_takes_trainings_too():
    session = TrainingSession(starts_on="2027-01-04", ends_on="2027-03-26")
    training = Offer(kind=OfferKind.TRAINING, title="Développer pour le web", state=OfferState.DRAFT)
    details = TrainingDetails(certification_code="RNCP37674")
    offer = create_offers(entries=[OfferEntry(offer=training, details=details, sessions=[session])])[0]
    assert (offer.training.certification_code, offer.sessions.count()) == ("RNCP37674", 1)


def test_update_replaces_content_and_leaves_state_and_company(announced):
    company = CompanyFactory()
    offer = create_offers(entries=[entry(skills=[SkillFactory().pk], fingerprints=[1, 2])])[0]
    Offer.objects.update(company=company)
    announced.clear()
    offer.refresh_from_db()
    offer.title, offer.state, offer.company, offer.version = "Data engineer", OfferState.DRAFT, None, 1
    event = OfferEvent(action="edit", before=offer.state, after=offer.state)
    change = OfferEntry(offer=offer, details=JobDetails(contract=ContractType.CDD), fingerprints=[3], event=event)
    update_offers(entries=[change])

    found = Offer.objects.get()
    assert (found.title, found.version, found.state, found.company) == (
        "Data engineer",
        1,
        OfferState.PUBLISHED,
        company,
    )
    assert (found.job.contract, found.skills.count()) == (ContractType.CDD, 0)
    assert [fingerprint.key for fingerprint in found.fingerprints.all()] == [3]
    assert found.events.filter(action="edit").count() == 1
    assert announced == [[found.pk]]


def test_nothing_is_written_when_one_offer_is_impossible(announced):
    doomed = entry()
    doomed.offer.published_at = None
    with pytest.raises(IntegrityError):
        create_offers(entries=[entry(), doomed])
    assert announced == []


def test_empty_batch_announces_nothing(announced):
    assert create_offers(entries=[]) == update_offers(entries=[]) == []
    assert announced == []


@pytest.mark.parametrize("count", [1, 3, 30])
def test_bulk_door_writes_in_as_many_statements_for_any_number(count):
    skill, occupation = SkillFactory(), OccupationFactory()
    entries = [entry(skills=[skill.pk], occupations=[occupation.pk], fingerprints=[1]) for _ in range(count)]
    with CaptureQueriesContext(connection) as queries:
        create_offers(entries=entries)
    assert len([each for each in queries if 'INSERT INTO "jobs_' in each["sql"]]) == 6

"""What an offer becomes in the index."""

import json
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from companies.enums import CompanyState
from demo.factories import (
    CommuneFactory,
    CompanyFactory,
    MarkFactory,
    OccupationFactory,
    OfferFactory,
    SectorFactory,
    SessionFactory,
    SkillFactory,
    TrainingFactory,
)
from jobs.enums import OfferState
from jobs.models import Offer, OfferCollection
from search.documents.builder import MAX_SKILLS, MAX_TEXT, build_card, build_document
from search.documents.card import Card, to_json, values_from_json
from search.documents.eligibility import searchable_offers
from search.documents.sources import load_offer, load_offers

pytestmark = pytest.mark.django_db


def made(**fields):
    return build_document(load_offer(OfferFactory(**{"published": True, **fields}).pk))


def test_card_comes_back_as_it_was_written():
    offer = TrainingFactory(published=True, session=True, place=CommuneFactory(aix=True), sectors=[SectorFactory()])
    card = build_card(load_offer(offer.pk))
    assert Card(**values_from_json(to_json(card))) == card
    assert (card.kind, card.hours, card.price, card.funding) == ("training", 700, 6800.0, ("cpf", "region"))
    assert len(card.sessions) == 1


def test_card_of_a_job_has_what_a_result_shows():
    company = CompanyFactory(name="Atelier du Sud", slug="atelier-du-sud")
    MarkFactory(company=company, mark="partner", since=timezone.localdate() - timedelta(days=9))
    offer = OfferFactory(published=True, company=company, title="Développeur C++ (H/F)", place=CommuneFactory(aix=True))
    card = build_card(load_offer(offer.pk))
    assert (card.slug, card.employer_name, card.contract, card.pay_min) == (
        "developpeur-c-hf", "Atelier du Sud", "cdi", 38_000.0,
    )  # fmt: skip
    assert card.company == ("Atelier du Sud", "atelier-du-sud", "AD", "", "partner")
    assert card.places[0][:2] == ("Aix-en-Provence", "13")


def test_mark_that_is_over_is_not_shown():
    company = CompanyFactory()
    MarkFactory(
        company=company, since=timezone.localdate() - timedelta(days=9), until=timezone.localdate() - timedelta(1)
    )
    offer = OfferFactory(published=True, company=company)
    assert build_card(load_offer(offer.pk)).company.medinsoft == ""


def test_imported_offer_keeps_its_own_date_and_employer():
    offer = OfferFactory(published=True, imported=True)
    card = build_card(load_offer(offer.pk))
    assert (card.company, card.employer_name, card.published_at) == (
        None, "Employeur importé", offer.source_published_at,
    )  # fmt: skip


def test_card_is_short_where_nothing_is_said():
    kept = json.loads(made(title="X", company=None, text="").card)
    assert {"hours", "price", "sessions", "skills", "starts_on"}.isdisjoint(kept)


def test_text_is_plain_and_bounded():
    entry = made(text="## Missions\n\n- **Python** et [site](https://medinjob.example)\n\n" + "mot " * 9_000)
    assert entry.text.startswith("Missions Python et site")
    assert len(entry.text) == MAX_TEXT
    assert {"python", "mission"} <= set(entry.terms["text"])


def test_facts_are_words_too():
    entry = made(
        place=CommuneFactory(aix=True),
        job__contract="apprentissage",
        job__remote="full",
        job__experience="0",
        job__level=7,
    )
    for word in ("aix", "13", "bouch", "altern", "teletravail", "junior", "bac"):
        assert word in entry.terms["facts"], word


def test_skills_are_words_with_their_aliases():
    entry = made(skills=[SkillFactory(label="JavaScript", aliases=["ECMAScript"])], other_skills=["Soudure"])
    assert entry.terms["skills"] == ["javascript", "soudur", "ecmascript"]


def test_long_list_of_skills_is_searched_whole_and_shown_in_part():
    entry = made(other_skills=[f"outil{number}" for number in range(40)])
    assert len(json.loads(entry.card)["skills"]) == MAX_SKILLS
    assert "outil39" in entry.terms["skills"]


def test_values_are_those_of_the_filters():
    offer = OfferFactory(
        published=True,
        sectors=[SectorFactory(slug="cloud"), SectorFactory(slug="ia")],
        occupations=[OccupationFactory(web=True)],
        places=[CommuneFactory(aix=True), CommuneFactory(marseille=True), CommuneFactory(nice=True)],
        job__level=6,
    )
    OfferCollection.objects.create(slug="forum", name="Forum").offers.add(offer)
    values = build_document(load_offer(offer.pk)).values
    assert set(values["sector"]) == {"cloud", "ia"}
    assert values["department"] == ("13", "06")
    assert values["commune"] == ("13001", "13055", "06088")
    assert (values["level"], values["occupation"], values["collection"]) == (("6",), ("M1855",), ("forum",))


def test_arrondissement_is_also_in_its_city():
    city = CommuneFactory(marseille=True)
    district = CommuneFactory(code="13202", name="Marseille 2e Arrondissement", parent=city)
    assert made(place=district).values["commune"] == ("13202", "13055")


def test_pay_is_the_highest_promised():
    assert made(job__pay_yearly_min=30_000, job__pay_yearly_max=None).pay == 30_000
    assert made(job__pay_yearly_min=30_000, job__pay_yearly_max=40_000).pay == 40_000
    assert made(job__pay_yearly_min=None, job__pay_yearly_max=None).pay is None


def test_offers_are_loaded_in_as_many_queries_whatever_their_number(django_assert_num_queries):
    for _ in range(2):
        OfferFactory.create_batch(2, published=True, place=CommuneFactory(aix=True))
        with django_assert_num_queries(9):
            assert len(load_offers(searchable_offers())) == Offer.objects.count()


def test_missing_offer_is_said():
    with pytest.raises(Offer.DoesNotExist):
        load_offer(999)


STATES = ("published", "paused", "filled", "withdrawn", "expired", "rejected", "in_review", "overdue", "imported")


def is_searchable(offer: Offer, now: datetime) -> bool:
    """The rule written again, offer by offer, to compare the queryset with."""
    return (
        offer.state == OfferState.PUBLISHED
        and offer.duplicate_of_id is None
        and (offer.expires_at is None or offer.expires_at > now)
        and (offer.company is None or offer.company.state != CompanyState.REFUSED)
    )


def test_offers_that_can_be_found_are_those_of_the_rule():
    for state in STATES:
        OfferFactory(**{state: True})
    OfferFactory(published=True, imported=True)
    OfferFactory(published=True, expires_at=None)
    OfferFactory(published=True, company=CompanyFactory(refused=True))
    OfferFactory(published=True, company=CompanyFactory(new=True))
    OfferFactory(published=True, duplicate_of=OfferFactory(published=True))
    OfferFactory()
    now = timezone.now()
    offers = Offer.objects.select_related("company")
    expected = {offer.pk for offer in offers if is_searchable(offer, now)}
    assert set(searchable_offers().values_list("pk", flat=True)) == expected
    assert len(expected) == 5


def test_only_sessions_to_come_are_offered():
    offer = TrainingFactory(published=True, session=True)
    SessionFactory(offer=offer, past=True)
    document = build_document(load_offer(offer.pk))
    to_come = offer.sessions.get(starts_on__gt=timezone.localdate()).starts_on
    assert document.values["session"] == (f"{to_come:%Y-%m}",)
    assert values_from_json(document.card)["sessions"] == (to_come,)


def test_a_training_whose_sessions_are_all_past_offers_none():
    offer = TrainingFactory(published=True)
    SessionFactory(offer=offer, past=True)
    assert build_document(load_offer(offer.pk)).values["session"] == ()

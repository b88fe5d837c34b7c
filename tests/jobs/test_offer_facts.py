"""The short facts of an offer's card."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from jobs.enums import ContractType, OfferKind, Remote
from jobs.templatetags.offer_facts import facts, pay
from medinjob.gallery import ExampleOffer

JOB = ExampleOffer(1, "Développeuse", "Atelier", "Aix", contract_label=ContractType.CDI.label)
TRAINING = ExampleOffer(2, "Développer", "Garlaban", "Aubagne", kind=OfferKind.TRAINING)


def plain(text):
    """Non-breaking spaces are typography: here they are spaces."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (42000, 50000, "year", "42 000 à 50 000 € par an"),
        (42000.0, 42000.0, "year", "42 000 € par an"),
        (2200, None, "month", "à partir de 2 200 € par mois"),
        (None, 450, "day", "jusqu'à 450 € par jour"),
        (12.02, None, "hour", "à partir de 12,02 € par heure"),
        (None, None, "year", ""),
        (0, None, "", "à partir de 0 €"),
    ],
)
def test_pay_is_said_the_french_way(low, high, unit, said):
    assert plain(pay(replace(JOB, pay_min=low, pay_max=high, pay_unit=unit))) == said


def test_pay_groups_digits_the_english_way():
    with translation.override("en"):
        assert "42,000" in pay(replace(JOB, pay_min=42000, pay_max=50000, pay_unit="year"))


def test_job_facts_are_contract_remote_and_pay():
    offer = replace(JOB, remote=Remote.PARTIAL, remote_label=Remote.PARTIAL.label, pay_min=42000, pay_unit="year")
    assert [plain(fact.text) for fact in facts(offer)] == [
        "CDI",
        "Télétravail partiel",
        "à partir de 42 000 € par an",
    ]


@pytest.mark.parametrize(
    ("pay_unit", "year", "said"),
    [
        ("hour", (22750, 22750), ["12,50 € par heure", "soit 22 750 € par an à temps plein"]),
        ("month", (29900, 32500), ["2 300 à 2 500 € par mois", "soit 29 900 à 32 500 € par an à temps plein"]),
        ("day", (None, 98100), ["jusqu'à 450 € par jour", "soit jusqu'à 98 100 € par an à temps plein"]),
        ("year", (40000, None), ["à partir de 40 000 € par an"]),
        ("", (None, None), []),
    ],
)
def test_pay_by_another_unit_is_also_said_by_year(pay_unit, year, said):
    low, high = {"hour": (12.5, 12.5), "month": (2300, 2500), "day": (None, 450), "year": (40000, None)}.get(
        pay_unit, (None, None)
    )
    offer = replace(JOB, contract_label="", pay_min=low, pay_max=high, pay_unit=pay_unit)
    offer = replace(offer, pay_yearly_min=year[0], pay_yearly_max=year[1])
    assert [plain(fact.text) for fact in facts(offer)] == said


def test_job_on_site_says_nothing_of_remote_work():
    assert [fact.text for fact in facts(replace(JOB, remote=Remote.NONE, remote_label="Sur place"))] == ["CDI"]


def test_job_without_facts_has_none():
    assert facts(replace(JOB, contract_label="")) == []


def test_training_facts_are_length_modality_session_and_funding():
    offer = replace(
        TRAINING, hours=1200, modality=("mixed",), next_session=date(2027, 1, 12), funding=("region", "cpf"), price=900
    )
    assert [plain(fact.text) for fact in facts(offer)] == [
        "1 200 h",
        "Mixte",
        "début le 12 janvier 2027",
        "Financement : Région, CPF",
    ]


def test_training_without_funding_says_its_price():
    assert [plain(fact.text) for fact in facts(replace(TRAINING, price=1450))] == ["1 450 €"]


def test_training_of_unknown_codes_still_has_a_card():
    offer = replace(TRAINING, modality=("telepathy",), funding=("lottery",))
    assert [plain(fact.text) for fact in facts(offer)] == ["Financement : lottery"]

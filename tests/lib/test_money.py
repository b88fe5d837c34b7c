from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinjob.lib.money import PLAUSIBLE, parse_pay, yearly


def pay(text, unit=""):
    """(minimum, maximum, unit) of a text, amounts as numbers."""
    read = parse_pay(text, unit)
    if read is None:
        return None
    return (*(None if end is None else float(end) for end in (read.minimum, read.maximum)), read.unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Annuel de 45000.0 Euros à 55000.0 Euros sur 12 mois", (45000, 55000, "year")),
        ("Annuel de 45000,00 Euros à 55000,00 Euros", (45000, 55000, "year")),
        ("Annuel de 35000 Euros sur 12.0 mois", (35000, 35000, "year")),
        ("Mensuel de 2000,00 Euros", (2000, 2000, "month")),
        ("Mensuel de 2000.00 Euros à 2400.00 Euros sur 13 mois", (2000, 2400, "month")),
        ("Horaire de 12.07 Euros sur 12.0 mois", (12.07, 12.07, "hour")),
        ("Horaire de 11.88 Euros sur 0.0 mois", (11.88, 11.88, "hour")),
        ("Mensuel de 1600,00 Euros ï¿½ 1800,00 Euros", (1600, 1800, "month")),
        ("De 35000,00 Euros à 38000,00 Euros", (35000, 38000, "year")),
        ("Autre de 30000,00 Euros à 40000,00 Euros", (30000, 40000, "year")),
    ],
)
def test_parse_pay_reads_france_travail(text, expected):
    assert pay(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45 - 55 k€ brut annuel", (45000, 55000, "year")),
        ("50K€ - 60K€ par an", (50000, 60000, "year")),
        ("Rémunération : 26/27 K / an", (26000, 27000, "year")),
        ("35 000 € à 45 000 € par an", (35000, 45000, "year")),
        ("de 30 à 35 000 €", (30000, 35000, "year")),
        ("A partir de 42,000 euros bruts", (42000, None, "year")),
        ("jusqu'à 32000 euros/an", (None, 32000, "year")),
        ("1977€ BRUT/mois", (1977, 1977, "month")),
        ("1.800,50 € par mois", (1800.5, 1800.5, "month")),
        ("12,13 €/heure", (12.13, 12.13, "hour")),
        ("Entre 12 et 14&euro; brut", (12, 14, "hour")),
        ("TJM 450 €", (450, 450, "day")),
    ],
)
def test_parse_pay_reads_what_people_write(text, expected):
    assert pay(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "Annuel de", "Annuel de 0.0 Euros", "Annuel de 0.0 Euros à 0.0 Euros", "selon profil", "NC", "45000",
     "dont 13e mois", "13 EME MOIS", "selon CCN du 15 mars 1966", "1800 € net /mois", "Cachet de 200 Euros",
     "Entre 27,46 $ et 50,39 $ de l'heure", "90000 CHF par an"],
)  # fmt: skip
def test_parse_pay_finds_none_where_there_is_none(text):
    assert parse_pay(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mensuel de 45000.0 Euros à 60000.0 Euros sur 12.0 mois", (45000, 60000, "year")),
        ("Mensuel de 14,96 Euros à 14,96 Euros", (14.96, 14.96, "hour")),
        ("Annuel de 2080,00 Euros à 2147,00 Euros", (2080, 2147, "month")),
        ("Annuel de 12.07 Euros", (12.07, 12.07, "hour")),
        ("Annuel de 40.0 Euros à 45.0 Euros", (40000, 45000, "year")),
        ("Horaire de 2100 Euros", (2100, 2100, "month")),
    ],
)
def test_parse_pay_repairs_a_unit_that_cannot_be(text, expected):
    assert pay(text) == expected
    assert parse_pay(text).repaired


@pytest.mark.parametrize("text", ["Mensuel de 263.0 Euros", "Horaire de 151.67 Euros", "Annuel de 9999999 Euros"])
def test_parse_pay_drops_what_no_unit_makes_plausible(text):
    assert parse_pay(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Annuel de 55000.0 Euros à 45000.0 Euros", (45000, 55000, "year")),
        ("Annuel de 0.0 Euros à 45000.0 Euros", (None, 45000, "year")),
        ("Annuel de 35000.0 Euros à 0.0 Euros", (35000, None, "year")),
        ("Mensuel de 2000 Euros à 25000 Euros", (2000, None, "month")),
        ("Annuel de 2500.0 Euros à 45000 Euros", (None, 45000, "year")),
        ("Mensuel de 1 Euros à 99999 Euros", None),
    ],
)
def test_parse_pay_keeps_the_ends_that_are_true(text, expected):
    assert pay(text) == expected


@pytest.mark.parametrize(("months", "counted"), [("13", 13), ("12.5", 12.5), ("0.0", 12), ("24", 12), ("1", 12)])
def test_parse_pay_counts_the_months_paid(months, counted):
    assert parse_pay(f"Mensuel de 2000.0 Euros sur {months} mois").months == Decimal(str(counted))


def test_pay_is_compared_by_year():
    read = parse_pay("Mensuel de 2000.0 Euros à 2500.0 Euros sur 13 mois")
    assert (read.yearly_minimum, read.yearly_maximum) == (26000, 32500)


@pytest.mark.parametrize(
    ("amount", "unit", "expected"), [("12.07", "hour", 21967), ("400", "day", 87200), ("2500", "month", 30000)]
)
def test_yearly_multiplies_by_full_time(amount, unit, expected):
    assert yearly(Decimal(amount), unit) == expected


@given(st.sampled_from(["Annuel", "Mensuel", "Horaire", "Autre", ""]), st.floats(0, 1e7), st.floats(0, 1e7))
def test_no_text_gives_an_absurd_pay(unit, low, high):
    read = parse_pay(f"{unit} de {low:.2f} Euros à {high:.2f} Euros sur 12 mois")
    if read is not None:
        ends = [end for end in (read.minimum, read.maximum) if end is not None]
        assert all(PLAUSIBLE[read.unit][0] <= end <= PLAUSIBLE[read.unit][1] for end in ends)
        assert ends == sorted(ends)


@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text):
    parse_pay(text)

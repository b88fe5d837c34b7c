"""Lines about pay as people write them: one is read right, or not at all."""

from decimal import Decimal

import pytest

from medinjob.lib.money import parse_pay
from medinjob.lib.pay_grammar import paid_months, read_amount


def read(text):
    """(minimum, maximum, unit, months paid a year), amounts as numbers."""
    pay = parse_pay(text)
    if pay is None:
        return None
    ends = (None if end is None else float(end) for end in (pay.minimum, pay.maximum))
    return (*ends, pay.unit, float(pay.months))


PAYS = [
    ("Horaire de 14.5 Euros sur 35.0 heures", (14.5, 14.5, "hour", 12)),
    ("14€35 brut de l'heure", (14.35, 14.35, "hour", 12)),
    ("52 000 €, forfait de 216 jours", (52000, 52000, "year", 12)),
    ("Fixe 36 k€, variable 6 k€", (36000, 36000, "year", 12)),
    ("15 € de l'heure, 39h", (15, 15, "hour", 12)),
    ("41'500 €", (41500, 41500, "year", 12)),
    ("2 450 € brut/mois x 13", (2450, 2450, "month", 13)),
    ("12€50 de l'heure", (12.5, 12.5, "hour", 12)),
    ("12,50€/h", (12.5, 12.5, "hour", 12)),
    ("1 900 € brut mensuel pour 151,67 heures", (1900, 1900, "month", 12)),
    ("1 900 € brut mensuel (35h/semaine)", (1900, 1900, "month", 12)),
    ("35 h / semaine, 2 100 € / mois", (2100, 2100, "month", 12)),
    ("35h - 2 100 € brut mensuel", (2100, 2100, "month", 12)),
    ("35h / 2 100 € brut mensuel", (2100, 2100, "month", 12)),
    ("Base 39 heures hebdomadaires : 2 500 €", (2500, 2500, "month", 12)),
    ("CDD de 6 mois, 2 000 € brut par mois", (2000, 2000, "month", 12)),
    ("CDD 14 mois : 2 000 € brut par mois", (2000, 2000, "month", 12)),
    ("2 100 € + 13e mois", (2100, 2100, "month", 13)),
    ("27 000 € dont 13e mois", (27000, 27000, "year", 12)),
    ("2 100 € dont 13e mois", (2100, 2100, "month", 12)),
    ("40 k€ + 5 k€ de bonus", (40000, 40000, "year", 12)),
    ("40 à 45 k€ + 10 % de variable", (40000, 45000, "year", 12)),
    ("40-45K€ selon profil", (40000, 45000, "year", 12)),
    ("45 000 – 55 000 € brut annuel", (45000, 55000, "year", 12)),
    ("Mutuelle (40 €/mois), 2 300 € brut/mois", (2300, 2300, "month", 12)),
    ("2 300 € brut (1 800 € net)", (2300, 2300, "month", 12)),
    ("2 300 € brut / 1 800 € net", (2300, 2300, "month", 12)),
    ("1 800 € nets, soit 2 300 € bruts par mois", (2300, 2300, "month", 12)),
    ("700 € par semaine, soit 36 400 € par an", (36400, 36400, "year", 12)),
    ("12 € brut/h soit 1 820 € mensuels", (12, 12, "hour", 12)),
    ("TJM 450 €", (450, 450, "day", 12)),
    ("TJM : 400 à 500 €", (400, 500, "day", 12)),
    ("450 €/jour", (450, 450, "day", 12)),
    ("450 € HT / jour", (450, 450, "day", 12)),
    ("€45,000 - €55,000 per year", (45000, 55000, "year", 12)),
    ("EUR 45k", (45000, 45000, "year", 12)),
    ("45k", (45000, 45000, "year", 12)),
    ("45 K", (45000, 45000, "year", 12)),
    ("SMIC (12,02 € / heure)", (12.02, 12.02, "hour", 12)),
    ("SMIC horaire : 12,02 €", (12.02, 12.02, "hour", 12)),
    ("Salaire : 2300 brut mensuel", (2300, 2300, "month", 12)),
    ("Salaire mensuel : 2300", (2300, 2300, "month", 12)),
    ("Salaire annuel brut : 38 à 42 K€ sur 13 mois", (38000, 42000, "year", 13)),
    ("entre 30 et 35K brut annuel", (30000, 35000, "year", 12)),
    ("Entre 1 900 € et 2 100 € par mois", (1900, 2100, "month", 12)),
    ("de 1 900 € à 2 100 € par mois", (1900, 2100, "month", 12)),
    ("à partir de 1 900 € par mois", (1900, None, "month", 12)),
    ("1 900 € par mois minimum", (1900, None, "month", 12)),
    ("jusqu'à 2 500 € bruts mensuels", (None, 2500, "month", 12)),
    ("max 50 k€", (None, 50000, "year", 12)),
    ("35 k€ et plus", (35000, None, "year", 12)),
    ("35 k€+", (35000, None, "year", 12)),
    ("plus de 35 k€", (35000, None, "year", 12)),
    ("2 à 5 ans d'expérience, 35 à 45 K€", (35000, 45000, "year", 12)),
    ("2 à 5 ans d'expérience : 35 à 45 K€", (35000, 45000, "year", 12)),
    ("Gratification de 650 € par mois", (650, 650, "month", 12)),
    ("Gratification de 4,35 €/h", (4.35, 4.35, "hour", 12)),
    ("1.800,50 € par mois", (1800.5, 1800.5, "month", 12)),
    ("1,800.50 € per month", (1800.5, 1800.5, "month", 12)),
    ("1 800,50 € par mois", (1800.5, 1800.5, "month", 12)),
    ("12.345 €/h", (12.34, 12.34, "hour", 12)),
    ("2300€ par mois sur 13,5 mois", (2300, 2300, "month", 13.5)),
    ("2300€ x 13", (2300, 2300, "month", 13)),
    ("13 x 2 300 €", (2300, 2300, "month", 13)),
    ("2 300 € × 12 mois", (2300, 2300, "month", 12)),
    ("38 k€ fixe + variable", (38000, 38000, "year", 12)),
    ("38 k€ variable compris", (38000, 38000, "year", 12)),
    ("Package 45-50 k€", (45000, 50000, "year", 12)),
    ("45 000 € la première année", (45000, 45000, "year", 12)),
    ("De 2000 € (débutant) à 2500 € (confirmé) brut mensuel", (2000, 2500, "month", 12)),
    ("Rémunération : 26/27 K / an", (26000, 27000, "year", 12)),
    ("26k€/an", (26000, 26000, "year", 12)),
    ("150 € la journée", (150, 150, "day", 12)),
    ("150 € par jour", (150, 150, "day", 12)),
    ("De 1.900 à 2.100 euros", (1900, 2100, "month", 12)),
    ("1 800€50", (1800.5, 1800.5, "month", 12)),
    ("1800€50 par mois", (1800.5, 1800.5, "month", 12)),
    ("15€ de l’heure", (15, 15, "hour", 12)),
    ("15 euros/heure", (15, 15, "hour", 12)),
    ("15 euros de l'heure + prime de 200 euros", (15, 15, "hour", 12)),
    ("Taux horaire : 15 €", (15, 15, "hour", 12)),
    ("12,13 €/heure brut", (12.13, 12.13, "hour", 12)),
    ("2 000 – 2 300 €/mois", (2000, 2300, "month", 12)),
    ("2000€-2300€", (2000, 2300, "month", 12)),
    ("45 k€ + participation 2 k€", (45000, 45000, "year", 12)),
    ("ancienneté de 10 ans, 3 000 €", (3000, 3000, "month", 12)),
    ("24h/semaine 1 200 € / mois", (1200, 1200, "month", 12)),
    ("Bac +2, 2000 €/mois", (2000, 2000, "month", 12)),
    ("45 K€, 12 RTT, tickets resto à 9 €", (45000, 45000, "year", 12)),
    ("tickets resto à 9 €, 45 K€", (45000, 45000, "year", 12)),
    ("repas à 5 €; 45 K€ brut", (45000, 45000, "year", 12)),
    ("38K€ brut par an, 2 jours de télétravail par semaine", (38000, 38000, "year", 12)),
    ("11,88 € brut de l'heure (35 heures)", (11.88, 11.88, "hour", 12)),
    ("1 766,92 €", (1766.92, 1766.92, "month", 12)),
    ("1801,80€ BRUT", (1801.8, 1801.8, "month", 12)),
    ("20 h par semaine à 12 € de l'heure", (12, 12, "hour", 12)),
    ("2 jours par semaine à 300 € par jour", (300, 300, "day", 12)),
    ("mission de 3 mois à 450 € / jour", (450, 450, "day", 12)),
    ("45.000€ brut annuel", (45000, 45000, "year", 12)),
    ("40 000€ - 45 000€ brut annuel", (40000, 45000, "year", 12)),
    ("40 000 EUR / an", (40000, 40000, "year", 12)),
]
# No pay before tax by the hour, the day, the month or the year; or not surely.
NO_PAYS = [
    "Tickets de 11 € et CSE",
    "650 € par semaine",
    "Prime de 1 500 €",
    "Prime annuelle de 1 500 €",
    "Prime annuelle, 1 500 €",
    "Prime d'intéressement jusqu'à 3 000 €",
    "13e mois",
    "Titres restaurant de 10 € par jour",
    "Ticket restaurant 9,50 €",
    "panier repas 10,40 € / jour",
    "Indemnités kilométriques 0,52 €/km",
    "Chèques vacances 300 €, chèques cadeaux 150 €",
    "Budget formation de 2 000 € par an",
    "Forfait mobilités durables 800 €/an",
    "Mutuelle 40 € / mois",
    "1 800 € net par mois",
    "5 000 DH / mois",
    "90 000 CHF",
    "CHF 90'000",
    "$60k",
    "£45,000 per year",
    "5k abonnés",
    "SMIC + 400 €",
    "SMIC",
    "Salaire mensuel brut 2 300",
    "SMIC mensuel 2026",
    "2026",
    "Groupe de 12 000 salariés",
    "Chiffre d'affaires de 2 M€",
    "2 M€",
    "Levée de fonds de 30 000 €",
    "200 heures de formation",
    "218 jours",
    "35 heures",
    "1 607 heures par an",
    "cooptation 1 000 €",
    "Participation : 2 000 € par an",
    "RTT : 12 jours par an, 25 jours de congés",
    "500 € de remise",
    "300 € par mois de prime d'ancienneté",
    "50 € par personne",
    "100 € par nuit",
    "Caution de 300 €",
    "999999 € par heure",
    "1 à 2 € par an",
    "10 % de 45 000 €",
    "3 000 € à la signature",
    "1500 € / trimestre",
    "3 000 € par trimestre",
    "6 000 € par semestre",
    "2 000 € tous les 15 jours",
    "Salaire hebdomadaire : 700 €",
    "12 50 €",
    "1 000 000 €",
    "taux horaire 15,20",
    "Titre-restaurant 11 € et 2 200 € brut",
]


@pytest.mark.parametrize(("text", "expected"), PAYS)
def test_pay_is_read_as_it_is_written(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize("text", NO_PAYS)
def test_what_is_no_pay_gives_none(text):
    assert read(text) is None


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009"])
def test_pay_has_any_space_between_its_digits(space):
    assert read(f"2{space}150{space}€ brut par mois") == (2150, 2150, "month", 12)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        *(
            ("14€50", "14.50"),
            ("1950€25", "1950.25"),
            ("52 K€ brut", "52000"),
            ("42 000,50 €", "42000.50"),
            ("42k", "42000"),
        ),
        *(("45.000", "45000"), ("45,000.50", "45000.50"), ("1.5k", "1500"), ("12.50", "12.5"), ("36’000", "36000")),
        *(("€45,000", "45000"), ("45 000 euros", "45000"), ("0.50", "0.5"), ("0", "0"), ("12€⁵⁰", "12.5")),
        *(("1 200 €", "1200"), ("45 000 EUR bruts", "45000"), ("12 € 50", "12.5"), ("1\u00a0800,5", "1800.5")),
    ],
)
def test_one_typed_amount_is_read(text, amount):
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        *("", "12€5", "12€505", "45k€50", "1e5", "-5", "+45", "12 50", "1 800 50", "45 à 50", "2 300 €/mois", "brut"),
        *(
            "environ 45000",
            "$45",
            "45 CHF",
            "NaN",
            "45½",
            "2M€",
            "45000..",
            ".5",
            "45€000",
            "1 80 0",
            "45_000",
            "k",
            "€",
        ),
        *(
            "45kk",
            "45€€",
            "12\n50",
            "45 000 000 000 000 000",
            "１２",
            "٤٥",
            "45 000 net",
            "12 50 €",
            "infinity",
            "0x1F",
        ),
    ],
)
def test_anything_else_is_no_amount(text):
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("text", "months"),
    [
        *(("sur 13 mois", 13), ("payé sur 13,5 mois", 13.5), ("13e mois", 13), ("prime, 13ème mois", 13), ("x 14", 14)),
        *(("treizième mois et CSE", 13), ("dont 13e mois", None), ("contrat de 13 mois", None), ("", None)),
        *(("sur 24 mois", None), ("prime de 1300 €", None), ("35 h sur 13 semaines", None)),
    ],
)
def test_months_paid_in_a_year_are_those_that_a_note_promises(text, months):
    assert paid_months(text) == months

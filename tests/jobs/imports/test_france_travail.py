from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

from jobs.enums import ContractType, EducationLevel, Experience, Remote
from jobs.imports.france_travail import parse
from jobs.imports.parsed import ParsedPlace, RefusalError, RefusalReason
from tests.jobs.imports.corpus import AIX, row

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def parsed(**fields):
    return parse(row(**fields))


def test_parse_keeps_all_that_a_sound_row_says():
    found = parsed(codeNAF="58.29C", nombrePostes="3", dureeTravailLibelle="35H\nTravail en journée")
    assert (found.source_id, found.title, found.employer_name) == (
        "1900001",
        "Développeur Python (H/F)",
        "Musées fictifs du Sud",
    )
    assert (found.occupation_code, found.employer_naf, found.open_positions) == ("M1855", "58.29C", 3)
    assert (found.contract, found.experience, found.working_time) == (ContractType.CDI, Experience.JUNIOR, "35 h")
    assert (found.pay.minimum, found.pay.maximum, found.pay.unit) == (Decimal(38000), Decimal(45000), "year")
    assert found.place == ParsedPlace("13 - AIX EN PROVENCE", "13001", "13100", 43.53, 5.45)
    assert found.url == found.apply_url == "https://candidat.francetravail.fr/offres/recherche/detail/1900001"


@pytest.mark.parametrize("value", [None, "", "   ", {}, [], True, "x" * 81, "a\x00b"])
def test_row_without_an_identifier_is_refused(value):
    with pytest.raises(RefusalError) as refusal:
        parsed(id=value)
    assert refusal.value.reason == RefusalReason.NO_ID


def test_identifier_may_be_a_number():
    assert parsed(id=1234567).source_id == "1234567"


@pytest.mark.parametrize("title", [None, "", " ", "(H/F)", 12, ["Développeur"], "<p></p>"])
def test_row_without_a_title_is_refused_with_its_identifier(title):
    with pytest.raises(RefusalError) as refusal:
        parsed(intitule=title)
    assert (refusal.value.reason, refusal.value.source_id) == (RefusalReason.NO_TITLE, "1900001")


@pytest.mark.parametrize("data", [None, "texte", 12, [], [row()]])
def test_what_is_no_object_is_refused(data):
    with pytest.raises(RefusalError) as refusal:
        parse(data)
    assert refusal.value.reason == RefusalReason.UNREADABLE


@pytest.mark.parametrize("junk", [None, "", "texte", 12, -1.5, True, [], [None], [[]], {}, {"libelle": 3}])
def test_any_other_field_may_hold_anything(junk):
    names = set(row()) - {"id", "intitule"} | {
        "formations", "competences", "langues", "permis", "qualitesProfessionnelles", "contact", "contexteTravail",
        "experienceCommentaire", "codeNAF", "outilsBureautiques", "deplacementLibelle", "complementExercice",
    }  # fmt: skip
    for name in names:
        assert parsed(**{name: junk}).title == "Développeur Python (H/F)"
    assert parse({"id": "1", "intitule": "Développeur"} | dict.fromkeys(names, junk)).source_id == "1"


@pytest.mark.parametrize(
    ("kind", "label", "nature", "contract"),
    [
        ("CDI", "CDI", "Contrat travail", ContractType.CDI),
        ("CDI", "Contrat à durée indéterminée", "E1", ContractType.CDI),
        ("CDD", "CDD - 12 Mois", "Contrat travail", ContractType.CDD),
        ("CDD - 12 Mois", None, None, ContractType.CDD),
        ("DDI", "CDD Insertion - 6 Mois", "Insertion par l'activ.éco.", ContractType.CDD),
        ("MIS", "Mission intérimaire - 6 Mois", "Contrat travail", ContractType.TEMPORARY),
        ("Intérim - 6 Mois", None, None, ContractType.TEMPORARY),
        ("TTI", "Intérim Insertion - 3 Mois", "I1", ContractType.TEMPORARY),
        ("DIN", "CDI Intérimaire", "E1", ContractType.TEMPORARY_CDI),
        ("SAI", "Contrat travail saisonnier - 4 Mois", "E1", ContractType.SEASONAL),
        ("LIB", "Profession libérale", "Emploi non salarié", ContractType.FREELANCE),
        ("Profession libérale", None, None, ContractType.FREELANCE),
        ("FRA", "Franchise", "NS", ContractType.OTHER),
        ("REP", "Reprise d'entreprise", "NS", ContractType.OTHER),
        ("CCE", "Profession commerciale", "NS", ContractType.OTHER),
        ("CDD", "CDD - 24 Mois", "Contrat apprentissage", ContractType.APPRENTICESHIP),
        ("CDI", "CDI", "E2", ContractType.APPRENTICESHIP),
        ("CDD", "CDD - 12 Mois", "Cont. professionnalisation", ContractType.PROFESSIONALISATION),
        ("CDD", "CDD - 12 Mois", "FS", ContractType.PROFESSIONALISATION),
        ("CDD", "CDD - 1 Mois", "Contrat d'usage", ContractType.CDD),
        ("CDI", "CDI", "PS", ContractType.FREELANCE),
        ("", "Contrat à durée déterminée - 6 Mois", None, ContractType.CDD),
        ("XYZ", None, None, ContractType.OTHER),
        (None, None, None, ContractType.OTHER),
    ],
)
def test_contract_codes_and_labels(kind, label, nature, contract):
    assert parsed(typeContrat=kind, typeContratLibelle=label, natureContrat=nature).contract == contract


@pytest.mark.parametrize(
    ("title", "contract"),
    [
        ("Alternance - Développeur web (H/F)", ContractType.APPRENTICESHIP),
        ("Data analyst en alternance", ContractType.APPRENTICESHIP),
        ("Apprenti développeur", ContractType.APPRENTICESHIP),
        ("Développeur en contrat de professionnalisation", ContractType.PROFESSIONALISATION),
        ("Stage - Développeur mobile", ContractType.INTERNSHIP),
        ("Stagiaire data", ContractType.INTERNSHIP),
        ("Conseiller en recrutement alternance", ContractType.CDD),
        ("Ingénieur en apprentissage automatique", ContractType.CDD),
        ("Développeur web", ContractType.CDD),
    ],
)
def test_title_says_what_a_fixed_term_hides(title, contract):
    assert parsed(intitule=title, typeContrat="CDD", typeContratLibelle="CDD - 12 Mois").contract == contract


def test_work_study_without_a_nature_is_an_apprenticeship():
    assert parsed(typeContrat="CDD", natureContrat=None, alternance=True).contract == ContractType.APPRENTICESHIP


@pytest.mark.parametrize(
    ("label", "months"),
    [("CDD - 12 Mois", 12), ("CDD - 15 Jour(s)", 1), ("CDD - 45 Jours", 2), ("CDD - 3 Semaine(s)", 1),
     ("CDD - 2 an(s)", 24), ("CDD", None), ("CDD - 0 Mois", None), ("CDD - 999 Mois", None)],
)  # fmt: skip
def test_contract_length_in_months(label, months):
    assert parsed(typeContrat="CDD", typeContratLibelle=label).contract_months == months


def test_contract_without_end_has_no_length():
    assert parsed(typeContratLibelle="CDI - 12 Mois").contract_months is None


@pytest.mark.parametrize(
    ("demand", "label", "comment", "value"),
    [
        ("D", "Débutant accepté", None, Experience.BEGINNER),
        ("D", "Débutant accepté (4 ans)", "4 ans", Experience.BEGINNER),
        (None, "Débutant accepté", None, Experience.BEGINNER),
        (None, "0 An(s)", None, Experience.BEGINNER),
        ("E", "6 Mois", None, Experience.JUNIOR),
        ("E", "12 Mois", None, Experience.JUNIOR),
        ("E", "Expérience exigée de 2 An(s)", None, Experience.JUNIOR),
        ("S", "Expérience souhaitée de 3 An(s)", None, Experience.CONFIRMED),
        ("E", "5 An(s) - sur poste similaire", None, Experience.SENIOR),
        ("E", "Expérience exigée", None, ""),
        ("E", "Expérience exigée (1)", None, ""),
        ("E", "Expérience exigée", "4 ans", Experience.CONFIRMED),
        (None, None, None, ""),
    ],
)
def test_experience(demand, label, comment, value):
    assert parsed(experienceExige=demand, experienceLibelle=label, experienceCommentaire=comment).experience == value


def test_experience_keeps_the_source_s_words():
    assert (
        parsed(experienceLibelle="2 An(s)", experienceCommentaire="en Python").experience_text == "2 An(s) (en Python)"
    )


@pytest.mark.parametrize(
    ("levels", "level"),
    [
        ([("Bac+5 et plus ou équivalents", "E")], EducationLevel.BAC5),
        ([("Bac+3, Bac+4 ou équivalents", "S")], EducationLevel.BAC3),
        ([("Bac+2 ou équivalents", "E")], EducationLevel.BAC2),
        ([("Bac ou équivalent", "E")], EducationLevel.BAC),
        ([("CAP, BEP et équivalents", "E")], EducationLevel.CAP),
        ([("Aucune formation scolaire", "S")], EducationLevel.NONE),
        ([("3ème achevée ou Brevet", "S")], EducationLevel.NONE),
        ([("NV2", "E")], EducationLevel.BAC3),
        ([("Bac+5 et plus ou équivalents", "E"), ("Bac+3, Bac+4 ou équivalents", "E")], EducationLevel.BAC3),
        ([("Bac+5 et plus ou équivalents", "E"), ("Bac+2 ou équivalents", "S")], EducationLevel.BAC5),
        ([("niveau inconnu", "E")], None),
        ([], None),
    ],
)
def test_education_level_is_the_lowest_demanded(levels, level):
    formations = [{"niveauLibelle": label, "exigence": demand} for label, demand in levels]
    assert parsed(formations=formations).level == level


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-02T09:15:04.123Z", datetime(2026, 11, 2, 9, 15, 4, 123000, UTC)),
        ("2026-11-02T09:15:04Z", datetime(2026, 11, 2, 9, 15, 4, tzinfo=UTC)),
        ("2026-11-02T09:15:04+01:00", datetime(2026, 11, 2, 8, 15, 4, tzinfo=UTC)),
        ("2026-11-02", datetime(2026, 11, 1, 23, tzinfo=UTC)),
        ("02/11/2026", datetime(2026, 11, 1, 23, tzinfo=UTC)),
        (1793610904000, datetime(2026, 11, 2, 9, 15, 4, tzinfo=UTC)),
        ("2027-01-01", None),
        ("1970-01-01", None),
        ("bientôt", None),
        ("31/02/2026", None),
        (float("inf"), None),
    ],
)
def test_dates_in_several_forms(written, moment):
    assert parsed(dateCreation=written).published_at == moment


@pytest.mark.parametrize(
    ("written", "count"),
    [(2, 2), ("4", 4), ("2.0", 2), (0, 1), (-3, 1), ("", 1), ("plusieurs", 1), (10**9, 999), (None, 1)],
)
def test_open_positions(written, count):
    assert parsed(nombrePostes=written).open_positions == count


@pytest.mark.parametrize(
    ("employer", "name"),
    [
        ({"nom": " ACME &amp; Fils\n"}, "ACME & Fils"),
        ("ACME", "ACME"),
        ({"nom": "Confidentiel"}, ""),
        ({"nom": "N/A"}, ""),
        ({"nom": "."}, ""),
        ({"nom": None}, ""),
        (None, ""),
        ({"description": "Verrerie du Couchant"}, "Verrerie du Couchant"),
        ({"description": "Verrerie du Couchant est une maison fictive de 12 personnes."}, "Verrerie du Couchant"),
        ({"description": "VERRERIE DU COUCHANT\nAtelier de verre soufflé depuis 1950."}, "VERRERIE DU COUCHANT"),
        ({"description": "Sémaphore RH : recrutement en CDI et CDD"}, "Sémaphore RH"),
        ({"description": "Verroterie, filiale d'un groupe fictif, souffle le verre."}, ""),
        ({"description": "VERROTERIE, filiale d'un groupe fictif, souffle le verre."}, "VERROTERIE"),
        ({"nom": "Anonyme", "description": "Banque"}, ""),
        ({"description": "Notre client est un leader du verre"}, ""),
        ({"description": "Activité du client : Automobile"}, ""),
        ({"description": "Société Informatique Basée à Annecy"}, ""),
        ({"description": "Fondé en 1976 par Léon Fictif, le Groupe Fictif est un leader."}, ""),
        ({"description": "https://verrerie.example/"}, ""),
        ({"description": "contact@verrerie.example"}, ""),
        ({"description": "-"}, ""),
        ({"nom": "ACME", "description": "Verrerie du Couchant"}, "ACME"),
    ],
)
def test_employer_name(employer, name):
    assert parsed(entreprise=employer).employer_name == name


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("73282932000074", "73282932000074"),
        ("732 829 320 00074", "73282932000074"),
        (73282932000074, "73282932000074"),
        ("73282932000075", ""),
        ("00000000000000", ""),
        ("732829320", ""),
        ("x", ""),
        (None, ""),
        (["73282932000074"], ""),
    ],
)
def test_siret_is_read_when_it_is_one(written, number):
    assert parsed(entreprise={"nom": "ACME", "siret": written}).employer_siret == number


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "ftp://x.example/1", "https://", "pas une adresse", "", None, "https://x y.example"],
)
def test_apply_address_is_the_source_s_page_when_the_row_has_no_web_address(address):
    found = parsed(origineOffre={"urlOrigine": address}, contact={"urlPostulation": address})
    assert found.url == found.apply_url == "https://candidat.francetravail.fr/offres/recherche/detail/1900001"


def test_apply_address_is_the_employer_s_when_it_gives_one():
    found = parsed(contact={"urlPostulation": "https://musees.example/postuler?o=1"})
    assert found.apply_url == "https://musees.example/postuler?o=1"
    assert found.url.endswith("/1900001")


def test_contacts_are_not_kept():
    contact = {"nom": "M. Fictif", "courriel": "m.fictif@musees.example", "telephone": "0491000000"}
    text = "Écrivez à m.fictif@musees.example ou appelez le 04 91 00 00 00."
    found = repr(parsed(contact=contact, description=text))
    assert not any(secret in found for secret in ("m.fictif", "M. Fictif", "0491000000", "04 91"))
    assert "voir l'annonce d'origine" in found


def test_text_gathers_what_the_api_keeps_apart():
    text = parsed(
        description="Vous codez.",
        formations=[{"niveauLibelle": "Bac ou équivalent", "domaineLibelle": "informatique", "exigence": "E"}],
        langues=[{"libelle": "Grec", "exigence": "S"}],
        permis=[{"libelle": "B - Véhicule"}],
        qualitesProfessionnelles=[{"libelle": "Faire preuve d'autonomie", "description": "longue"}],
        contexteTravail={"horaires": ["35H Autre", "Travail de nuit"]},
        deplacementLibelle="Ponctuels Zone régionale",
        entreprise={"nom": "Musées fictifs", "description": "<p>Un réseau de musées.</p>"},
    ).text
    assert text.split("\n\n") == [
        "Vous codez.",
        "### Profil",
        "- Formation : Bac ou équivalent, informatique (exigée)\n- Langue : Grec (souhaité)\n- Permis : B - Véhicule",
        "### Qualités",
        "- Faire preuve d'autonomie",
        "### Conditions",
        "- Travail de nuit\n- Déplacements : Ponctuels Zone régionale",
        "### L'entreprise",
        "Un réseau de musées.",
    ]


def test_text_is_cut_at_a_line():
    text = parsed(description="\n".join(f"Ligne {n} de la description." for n in range(3_000))).text
    assert len(text) <= 30_000
    assert text.endswith("description.\n…")


def test_skills_are_each_named_once_and_fragments_dropped():
    competences = [
        {"libelle": "Python"},
        {"libelle": "Python"},
        {"libelle": "exploiter"},
        {"libelle": "concevoir une API"},
        {},
    ]
    found = parsed(competences=competences, outilsBureautiques=["Excel", 3])
    assert found.skills == ("Python", "concevoir une API", "Excel")


@pytest.mark.parametrize(
    ("pay", "yearly", "words"),
    [
        ({"libelle": "Mensuel de 2000.0 Euros sur 13.0 mois", "complement1": "Primes"}, 26000, "sur 13 mois, Primes"),
        ({"libelle": "Annuel de", "commentaire": "45 - 55 k€ brut annuel"}, 45000, "45 - 55 k€ brut annuel"),
        (
            {"commentaire": "Selon profil", "listeComplements": [{"libelle": "Mutuelle"}]},
            None,
            "Selon profil, Mutuelle",
        ),
        ({"libelle": "Mensuel de 45000 Euros à 60000 Euros", "commentaire": "."}, 45000, ""),
        ({"commentaire": "N/C", "complement1": "Autre", "complement2": "382.00"}, None, ""),
    ],
)
def test_pay_and_what_is_said_of_it(pay, yearly, words):
    found = parsed(salaire=pay)
    assert (found.pay and found.pay.yearly_minimum, found.pay_text) == (yearly, words)


@pytest.mark.parametrize(
    ("label", "converted", "words"),
    [
        ("35H\nTravail en journée", "Temps plein", "Temps plein (35 h)"),
        ("37H30 Autre", "Temps plein", "Temps plein (37 h 30)"),
        ("temps partiel - 24H Autre", None, "Temps partiel (24 h)"),
        ("39 H", None, "39 h"),
        ("Temps plein", None, "Temps plein"),
        (None, None, ""),
    ],
)
def test_working_time(label, converted, words):
    assert parsed(dureeTravailLibelle=label, dureeTravailLibelleConverti=converted).working_time == words


@pytest.mark.parametrize("latitude", ["43.53", "43,53", 43.53])
def test_coordinates_may_be_numbers_or_text(latitude):
    assert parsed(lieuTravail=AIX | {"latitude": latitude}).place.latitude == 43.53


@pytest.mark.parametrize("latitude", ["", "nord", None, [], 1e300, float("nan")])
def test_coordinates_that_are_none_are_dropped(latitude):
    assert parsed(lieuTravail=AIX | {"latitude": latitude}).place.latitude is None


def test_place_may_be_a_plain_text():
    assert parsed(lieuTravail="13 - Marseille").place == ParsedPlace("13 - Marseille")


def test_remote_work_is_read_in_the_text():
    assert parsed(description="Deux jours de télétravail par semaine.").remote == Remote.PARTIAL


def test_annotations_of_a_data_set_change_nothing():
    assert parsed() == parsed(_dup="a", _digital=False, _src="x", _query="python", _truncated=True)


def test_equal_rows_give_equal_offers_whatever_the_order_of_their_keys():
    assert repr(parse(row())) == repr(parse(dict(reversed(row().items()))))

import json

from django.core.management import call_command

from referentials import reduction
from referentials.services.kinds import DATA


def commune(code="13001", **cells):
    return {
        "code_insee": code,
        "nom": "Ville",
        "type": "commune-actuelle",
        "code_departement": code[:2],
        "departement": "Bouches-du-Rhône",
        "code_region": "93",
        "region": "PACA",
        "codes_postaux": "13100",
        "population": "10",
        "latitude": "43.123456",
        "longitude": "5.987654",
        "source_coord": "geonames",
    } | cells


def test_communes_are_sorted_and_rounded_to_four_decimals():
    rows = list(reduction.reduce_communes([commune("13002"), commune("13001")]))
    assert [row[0] for row in rows] == ["13001", "13002"]
    assert rows[0][9:] == [43.1235, 5.9877, "geonames"]


def test_commune_without_coordinates_gets_its_department_s_centre_and_says_so():
    rows = reduction.reduce_communes(
        [
            commune("13001", latitude="43.0", longitude="5.0"),
            commune("13002", latitude="44.0", longitude="6.0"),
            commune("13003", latitude="", longitude="", source_coord=""),
        ]
    )
    assert list(rows)[2][9:] == [43.5, 5.5, "department-centre"]


def test_territory_without_any_coordinates_gets_its_own_centre():
    row = next(reduction.reduce_communes([commune("98818", code_departement="988", latitude="", longitude="")]))
    assert row[9:] == [-21.3, 165.4, "department-centre"]


def test_arrondissement_knows_its_city():
    assert next(reduction.reduce_communes([commune("13202", type="arrondissement-municipal")]))[2] == "13055"


def test_occupations_are_classified_and_appellations_kept_for_digital_ones():
    occupations = [{"code_rome": "M1855", "libelle": "Dev"}, {"code_rome": "A1201", "libelle": "Bûcheron"}]
    assert list(reduction.reduce_occupations(occupations)) == [
        ["A1201", "Bûcheron", "", ""],
        ["M1855", "Dev", "1", "development"],
    ]
    appellations = [
        {"code_ogr": "2", "code_rome": "M1855", "libelle_long": "Web"},
        {"code_ogr": "1", "code_rome": "A1201", "libelle_long": "Bûcheron"},
    ]
    assert list(reduction.reduce_appellations(appellations)) == [["2", "M1855", "Web"]]


def test_skills_merge_our_names_first_and_take_each_name_once():
    technologies = [{"label": "Java", "aliases": "JEE|J2EE", "spotted": "1"}]
    esco = [
        {"uri": "u1", "label": "Java", "alt": []},
        {"uri": "u2", "label": "gérer un site web", "alt": ["JEE", "gérer un site  internet"]},
        {"uri": "u3", "label": "traire des vaches", "alt": []},
    ]
    rows = reduction.merge_skills(technologies, ["# titre", "u2 gérer un site web"], map(json.dumps, esco))
    assert list(rows) == [
        ["java", "Java", "JEE|J2EE", "u1", "1"],
        ["gerer-un-site-web", "Gérer un site web", "gérer un site internet", "u2", ""],
    ]


def test_compressed_file_has_the_same_bytes_for_the_same_facts(tmp_path):
    for name in ("a.csv.gz", "b.csv.gz"):
        reduction.write_csv(tmp_path / name, ["x"], [["é"], ["y"]])
    assert (tmp_path / "a.csv.gz").read_bytes() == (tmp_path / "b.csv.gz").read_bytes()


def test_shipped_files_are_what_the_official_ones_reduce_to(shared_data, tmp_path):
    call_command("reduce_referentials", shared_data, output=tmp_path)
    for name in ("communes.csv.gz", "former_communes.csv.gz", "occupations.csv", "appellations.csv", "skills.csv"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name

import pytest
from django.core.management import CommandError, call_command

from demo.factories import OccupationFactory
from referentials.enums import OccupationFamily
from referentials.models import Appellation, Occupation, ReferentialVersion
from referentials.rome import family_of
from referentials.services import REFERENTIALS, TableError, import_rome, load

pytestmark = pytest.mark.django_db

OCCUPATIONS = "code_rome,libelle,code_rome_parent\nM1855,Développeur / Développeuse web,M1855\nA1201,Bûcheron,A1201\n"
APPELLATIONS = (
    "code_ogr,libelle_long,libelle_court,code_rome,classification\n"
    "126549,Développeur / Développeuse web,Dév. web,M1855,PRINCIPALE\n"
    "10200,Abatteur d'arbres,Abatteur,A1201,SYNONYME\n"
)


@pytest.fixture
def rome(tmp_path):
    def write(content, **options):
        path = tmp_path / "rome.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_rome(path=path, **options)

    return write


def test_import_recognises_occupations_and_classifies_new_ones(rome):
    assert rome(OCCUPATIONS).created == 2
    web, woodcutter = Occupation.objects.get(pk="M1855"), Occupation.objects.get(pk="A1201")
    assert (web.digital, web.family) == (True, "development")
    assert (woodcutter.digital, woodcutter.family) == (False, "")


def test_import_twice_changes_nothing(rome):
    rome(OCCUPATIONS)
    report = rome(OCCUPATIONS)
    assert (report.created, report.updated, report.unchanged, report.refused) == (0, 0, 2, [])


def test_import_updates_a_label_and_keeps_the_sector_that_staff_chose(rome):
    OccupationFactory(code="A1201", label="Ancien", digital=True, family="connected")
    assert rome(OCCUPATIONS).updated == 1
    occupation = Occupation.objects.get(pk="A1201")
    assert (occupation.label, occupation.digital, occupation.family) == ("Bûcheron", True, "connected")


def test_import_reads_appellations_of_digital_occupations_only(rome):
    rome(OCCUPATIONS)
    report = rome(APPELLATIONS)
    assert (report.referential, report.created, report.ignored) == ("appellations", 1, 1)
    assert Appellation.objects.get().occupation_id == "M1855"


def test_import_refuses_an_appellation_whose_occupation_is_unknown(rome):
    OccupationFactory(cook=True)
    report = rome(APPELLATIONS)
    assert {refusal.reason for refusal in report.refused} == {
        "occupation M1855 is not known",
        "occupation A1201 is not known",
    }


def test_import_reads_the_official_download_with_semicolons_and_bom(rome):
    content = (
        '"code_rome";"code_fiche_em";"code_ogr";"libelle_rome";"statut"\r\n"M1855";"1";"9";"Développeur web";"1"\r\n'
    )
    assert rome(content.encode("utf-8-sig")).referential == "occupations"
    content = (
        '"code_ogr";"libelle_appellation_long";"libelle_appellation_court";"code_rome"\r\n"5";"Dev";"D";"M1855"\r\n'
    )
    assert rome(content.encode("utf-8-sig")).created == 1
    assert Appellation.objects.get().label == "Dev"


def test_import_refuses_rows_one_by_one(rome):
    report = rome("code_rome,libelle\nM18,Trop court\nM1861,\nM1861,Développeur\n")
    assert [(refusal.line, refusal.reason) for refusal in report.refused] == [
        (2, "ROME code 'M18' is not valid"),
        (3, "label is empty"),
    ]
    assert report.created == 1


def test_import_closes_what_is_missing_only_when_asked(rome):
    OccupationFactory(web=True)
    gone = OccupationFactory(code="M1899")
    assert rome(OCCUPATIONS).closed == 0
    assert rome(OCCUPATIONS, complete=True).closed == 1
    gone.refresh_from_db()
    assert not gone.active


def test_import_refuses_another_file(rome):
    with pytest.raises(TableError, match="neither ROME's occupations"):
        rome("slug,label\na,A\n")


def test_import_leaves_a_version(rome):
    rome(OCCUPATIONS)
    version = ReferentialVersion.objects.get()
    assert (version.referential, version.version, version.rows) == ("occupations", "rome.csv", 2)


def test_command_imports_several_files_and_shows_counts(tmp_path, capsys):
    for name, content in (("metiers.csv", OCCUPATIONS), ("appellations.csv", APPELLATIONS)):
        (tmp_path / name).write_text(content)
    call_command("import_rome", tmp_path / "metiers.csv", tmp_path / "appellations.csv")
    out = capsys.readouterr().out
    assert "occupations: 2 created" in out
    assert "appellations: 1 created, 0 updated, 0 unchanged, 0 closed, 1 ignored, 0 refused" in out


def test_command_names_the_file_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match=r"absent\.csv"):
        call_command("import_rome", tmp_path / "absent.csv")


def test_import_of_the_official_files_changes_nothing_after_the_shipped_ones(shared_data):
    load(referential=REFERENTIALS["occupations"])
    load(referential=REFERENTIALS["appellations"])
    occupations = import_rome(path=shared_data / "rome_metiers_v460.csv")
    appellations = import_rome(path=shared_data / "rome_appellations_v460.csv")
    assert (occupations.unchanged, occupations.created, occupations.updated) == (1584, 0, 0)
    assert (appellations.created, appellations.updated, appellations.refused) == (0, 0, [])
    assert appellations.unchanged + appellations.ignored == 13_120


@pytest.mark.parametrize(
    ("code", "family"),
    [
        ("M1855", "development"),
        ("M1405", "data"),
        ("M1827", "infrastructure"),
        ("M1866", "security"),
        ("I1315", "telecoms"),
        ("I1401", "support"),
        ("E1206", "design"),
        ("E1405", "marketing"),
        ("F1125", "connected"),
        ("M1999", ""),
        ("M1899", "development"),
    ],
)
def test_family_of_digital_occupations(code, family):
    assert family_of(code) == family


@pytest.mark.parametrize("code", ["M1809", "M1891", "D1408", "E1106", "M1503", "M1703", "G1602", "K2111", "E1402"])
def test_family_is_empty_outside_the_digital_sector(code):
    assert family_of(code) == ""


def test_every_family_has_occupations():
    load(referential=REFERENTIALS["occupations"])
    families = set(Occupation.objects.filter(digital=True).values_list("family", flat=True))
    assert families == set(OccupationFamily.values)


@pytest.mark.parametrize("kind", ["occupations", "appellations"])
def test_complete_file_that_lacks_too_much_closes_nothing(rome, kind):
    occupations = "code_rome,libelle\n" + "".join(f"M18{n},Métier {n}\n" for n in range(10, 20))
    appellations = "code_ogr,libelle_long,code_rome\n" + "".join(f"{n},Nom {n},M1810\n" for n in range(10, 20))
    OccupationFactory(code="M1810", digital=True)
    content = occupations if kind == "occupations" else appellations
    rome(content)
    model = REFERENTIALS[kind].model
    part = "".join(content.splitlines(keepends=True)[:6])
    with pytest.raises(TableError, match="--accept-closures 5"):
        rome(part, complete=True)
    assert model.objects.filter(active=False).count() == 0
    assert rome(part, complete=True, accept_closures=5).closed == 5

import gzip

import pytest
from django.core.management import CommandError, call_command

from demo.factories import CommuneFactory, CompanyFactory, SectorFactory
from referentials.models import Appellation, Commission, Commune, Occupation, ReferentialVersion, Sector, Skill
from referentials.services import REFERENTIALS, TableError, load

pytestmark = pytest.mark.django_db

HEADER = "slug,label,label_en,naf_prefixes\n"


@pytest.fixture
def sectors(tmp_path):
    """Writes a file of sectors and loads it."""

    def write(content, **options):
        path = tmp_path / "sectors.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load(referential=REFERENTIALS["sectors"], path=path, **options)

    return write


@pytest.fixture
def communes(tmp_path):
    columns = (
        "code,name,parent,department,department_name,region,region_name,postcodes,population,latitude,longitude,"
        "coordinates_source"
    )

    def write(*rows):
        path = tmp_path / "communes.csv"
        path.write_text("\n".join([columns, *rows]))
        return load(referential=REFERENTIALS["communes"], path=path)

    return write


def test_load_all_shipped_files_refuses_nothing(capsys):
    reports = [load(referential=referential) for referential in REFERENTIALS.values()]
    assert [report.refused for report in reports] == [[], [], [], [], [], []]
    assert {r.referential: r.created for r in reports} == {
        "communes": Commune.objects.count(),
        "occupations": 1584,
        "appellations": Appellation.objects.count(),
        "sectors": Sector.objects.count(),
        "commissions": 11,
        "skills": Skill.objects.count(),
    }
    assert Commune.objects.count() == 35_015
    assert Commune.objects.filter(coordinates_source="department-centre").count() == 1_664
    assert Commune.objects.filter(parent="13055").count() == 16
    assert Occupation.objects.filter(digital=True).exclude(family="").count() > 130
    call_command("load_referentials")
    assert capsys.readouterr().out.count("is already loaded") == 6


def test_load_a_second_time_looks_at_nothing(django_assert_num_queries):
    load(referential=REFERENTIALS["sectors"])
    with django_assert_num_queries(1):
        report = load(referential=REFERENTIALS["sectors"])
    assert report.skipped
    assert ReferentialVersion.objects.count() == 1


def test_load_forced_changes_nothing_either():
    load(referential=REFERENTIALS["sectors"])
    report = load(referential=REFERENTIALS["sectors"], force=True)
    assert (report.created, report.updated, report.unchanged, report.closed) == (0, 0, Sector.objects.count(), 0)


def test_load_keeps_the_version_source_and_checksum():
    load(referential=REFERENTIALS["commissions"])
    version = ReferentialVersion.objects.get()
    assert (version.referential, version.version, version.rows) == ("commissions", "2019", 11)
    assert "Medinsoft" in version.source
    assert len(version.checksum) == 64


def test_load_from_a_file_is_not_undone_by_the_shipped_one(sectors):
    load(referential=REFERENTIALS["sectors"])
    sectors(HEADER + "a,Sector A,A,62.01\n", accept_closures=100)
    assert load(referential=REFERENTIALS["sectors"]).skipped
    assert list(Sector.objects.filter(active=True).values_list("slug", flat=True)) == ["a"]


def test_load_creates_updates_and_closes(sectors):
    sectors(HEADER + "a,Alpha,Alpha,62.01\nb,Beta,Beta,\nc,Gamma,Gamma,\n")
    report = sectors(HEADER + "a,Alpha,Alpha,62.01|62.02\nb,Beta,Beta,\nd,Delta,Delta,\n")
    assert (report.created, report.updated, report.unchanged, report.closed) == (1, 1, 1, 1)
    assert Sector.objects.get(pk="a").naf_prefixes == ["62.01", "62.02"]
    assert not Sector.objects.get(pk="c").active


@pytest.mark.parametrize("kind", REFERENTIALS)
def test_load_of_a_part_closes_nothing(kind, tmp_path):
    """Every referential, by a file of its first rows: 199 communes once closed the other 34 815."""
    referential, path = REFERENTIALS[kind], tmp_path / "part.csv"
    content = referential.path.read_bytes()
    text = (gzip.decompress(content) if referential.path.suffix == ".gz" else content).decode()
    lines = text.splitlines(keepends=True)[:1500]
    if kind == "appellations":
        load(referential=REFERENTIALS["occupations"])
    path.write_text("".join(lines))
    load(referential=referential, path=path)
    active = referential.model.objects.filter(active=True)
    known = active.count()
    path.write_text("".join(lines[: len(lines) // 3]))
    versions = ReferentialVersion.objects.count()
    with pytest.raises(TableError, match=f"of {known} rows, more than 20 %: nothing was written") as refusal:
        load(referential=referential, path=path)
    assert (active.count(), ReferentialVersion.objects.count()) == (known, versions)
    closed = int(str(refusal.value).rpartition("--accept-closures ")[2])
    with pytest.raises(TableError):
        load(referential=referential, path=path, accept_closures=closed - 1)
    assert load(referential=referential, path=path, accept_closures=closed).closed == closed


def test_command_closes_what_is_accepted(tmp_path, capsys):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + "a,Alpha,Alpha,\n")
    SectorFactory.create_batch(6)
    with pytest.raises(CommandError, match="--accept-closures 6"):
        call_command("load_referentials", only="sectors", file=path)
    call_command("load_referentials", only="sectors", file=path, accept_closures=6)
    assert "6 closed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER + "a,Alpha,Alpha,\nb,Be", "breaks off"),
        (HEADER + 'a,Alpha,Alpha,\nb,"Be\nc,Gamma,Gamma,\n', "breaks off"),
        (gzip.compress((HEADER + "a,Alpha,Alpha,\n" * 9).encode())[:-20], "Compressed file ended"),
        (HEADER + f"a,{'x' * 200_000},A,\n", "field larger than"),
    ],
    ids=["cells", "quotes", "gzip", "long"],
)
def test_load_refuses_a_file_that_is_cut_or_hostile(sectors, content, message):
    SectorFactory(slug="a")
    with pytest.raises(TableError, match=message):
        sectors(content)
    assert Sector.objects.get(slug="a").active
    assert not Sector.objects.filter(slug="b").exists()


def test_load_bounds_what_comes_out_of_gzip(sectors, monkeypatch):
    monkeypatch.setattr("referentials.services.tabular.LARGEST", 1000)
    with pytest.raises(TableError, match="is larger than"):
        sectors(gzip.compress(HEADER.encode() + b"a" * 10_000))


def test_load_closes_a_row_that_others_point_to_without_deleting_it(sectors):
    company = CompanyFactory(sectors=[SectorFactory(slug="old")])
    sectors(HEADER + "new,Nouveau,New,\n")
    assert [sector.slug for sector in company.sectors.all()] == ["old"]


def test_load_opens_again_what_comes_back(sectors):
    SectorFactory(slug="a", label="Alpha", label_en="Alpha", active=False)
    assert sectors(HEADER + "a,Alpha,Alpha,\n").updated == 1
    assert Sector.objects.get().active


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,,A,", "label is empty"),
        (f"a,{'x' * 81},A,", "label is longer than 80 characters"),
        ("Not a slug,A,A,", "slug 'Not a slug' is not valid"),
        (",A,A,", "slug '' is not valid"),
        ("good,Again,Again,", "good is already on line 2"),
        ("short", "label is empty"),
    ],
)
def test_load_refuses_a_bad_row_with_its_reason_and_keeps_the_rest(sectors, row, reason):
    report = sectors(HEADER + f"good,Good,Good,\n{row}\nalso,Also,Also,\n")
    assert [(refusal.line, refusal.reason) for refusal in report.refused] == [(3, reason)]
    assert list(Sector.objects.values_list("slug", flat=True)) == ["also", "good"]


@pytest.mark.parametrize(
    "content",
    [
        "slug;label;label_en;naf_prefixes\na;Numérique;Digital;62\n".encode("utf-8-sig"),
        "slug;label;label_en;naf_prefixes\r\na;Numérique;Digital;62\r\n".encode("cp1252"),
        gzip.compress((HEADER + "a,Numérique,Digital,62\n").encode()),
        ('"slug","label","label_en","naf_prefixes"\n"a"," Numérique ","Digital","62"\n').encode(),
        (HEADER + "a,Numérique,Digital,62,one cell too many\n").encode(),
    ],
    ids=["bom", "windows", "gzip", "quoted", "long row"],
)
def test_load_reads_the_usual_forms_of_csv(sectors, content):
    assert sectors(content).created == 1
    sector = Sector.objects.get()
    assert (sector.label, sector.naf_prefixes) == ("Numérique", ["62"])


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "is empty"), (b"slug,label\na,A\n", "lacks the column"), (b"\x89PNG\x00\x00", "is not a text file")],
)
def test_load_refuses_a_file_that_is_something_else(sectors, content, message):
    with pytest.raises(TableError, match=message):
        sectors(content)
    assert not ReferentialVersion.objects.exists()


def test_load_reads_communes_with_their_city(communes):
    report = communes(
        "13202,Marseille 2e Arrondissement,13055,13,Bouches-du-Rhône,93,PACA,13002,24378,43.3153,5.3673,geonames",
        "13055,Marseille,,13,Bouches-du-Rhône,93,PACA,13001|13002,886040,43.297,5.3811,geonames",
    )
    assert (report.created, report.refused) == (2, [])
    assert Commune.objects.get(pk="13202").parent.name == "Marseille"
    assert Commune.objects.get(pk="13055").search_name == "marseille"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1305,X,,13,B,93,P,13001,1,43,5,g", "INSEE code '1305' is not valid"),
        ("13002,X,,13,B,93,P,1300,1,43,5,g", "postcode '1300' is not valid"),
        ("13002,X,,13,B,93,P,13001,1,143,5,g", "latitude 143.0 is not between -90 and 90"),
        ("13002,X,,13,B,93,P,13001,many,43,5,g", "population 'many' is not a number"),
        ("13002,X,99999,13,B,93,P,13001,1,43,5,g", "parent 99999 is not known"),
    ],
)
def test_load_refuses_a_bad_commune(communes, row, reason):
    assert [refusal.reason for refusal in communes(row).refused] == [reason]
    assert not Commune.objects.exists()


def test_load_keeps_a_company_s_commune_that_disappeared(communes):
    company = CompanyFactory(commune=CommuneFactory(nice=True))
    communes("13055,Marseille,,13,Bouches-du-Rhône,93,PACA,13001,886040,43.297,5.3811,geonames")
    company.commune.refresh_from_db()
    assert not company.commune.active


def test_load_refuses_commissions_that_end_before_they_begin(tmp_path):
    path = tmp_path / "commissions.csv"
    path.write_text("slug,label,since,until\na,A,2020-01-01,2019-01-01\nb,B,2020-01-01,\nc,C,,\nd,D,hier,\n")
    report = load(referential=REFERENTIALS["commissions"], path=path)
    assert [refusal.reason for refusal in report.refused] == [
        "until is before since",
        "since is empty",
        "since 'hier' is not a date (YYYY-MM-DD)",
    ]
    assert Commission.objects.get().slug == "b"


def test_shipped_commissions_are_the_eleven_of_2019_apart_from_the_sectors():
    load(referential=REFERENTIALS["commissions"])
    assert list(Commission.objects.values_list("label", flat=True)) == [
        "Blockchain",
        "Digital marketing and sales",
        "E-santé",
        "E-sport",
        "Emploi et Formation",
        "Financement",
        "Industrie 4.0",
        "Legal in Tech",
        "Logiciel libre",
        "Smart City",
        "Tourisme",
    ]
    assert not Sector.objects.exists()


def test_command_loads_one_referential_then_says_that_it_is_there(capsys):
    call_command("load_referentials", only="commissions")
    assert "commissions: 11 created, 0 updated" in capsys.readouterr().out
    call_command("load_referentials", only="commissions")
    assert capsys.readouterr().out == "commissions: 2019 is already loaded\n"


def test_command_replaces_one_referential_from_a_file(tmp_path, capsys):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + "a,Alpha,Alpha,\nbad row,,,\n")
    call_command("load_referentials", only="sectors", file=path)
    out = capsys.readouterr().out
    assert "sectors: 1 created" in out
    assert "line 3: slug 'bad row' is not valid" in out


def test_command_says_what_it_lacks(tmp_path):
    with pytest.raises(CommandError, match="needs --only"):
        call_command("load_referentials", file=tmp_path / "x.csv")
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_referentials", only="sectors", file=tmp_path / "x.csv")


def test_command_shows_twenty_refusals_at_most(tmp_path, capsys):
    path = tmp_path / "bad.csv"
    path.write_text(HEADER + "bad row,,,\n" * 25)
    call_command("load_referentials", only="sectors", file=path)
    out = capsys.readouterr().out
    assert "25 refused" in out
    assert out.count("is not valid") == 20
    assert "and 5 more" in out

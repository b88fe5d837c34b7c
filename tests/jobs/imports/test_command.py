import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jobs.enums import OfferState
from jobs.management.commands.import_offers import LINE_EVERY
from jobs.models import Offer
from tests.jobs.imports.corpus import TOULON, offer, row, write

pytestmark = pytest.mark.usefixtures("referentials")


def run(path, **options):
    out = StringIO()
    call_command("import_offers", str(path), stdout=out, **options)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


@pytest.mark.parametrize("form", ["lines", "list", "page", "gzip"])
def test_command_imports_each_form(tmp_path, form):
    run(write(tmp_path / "offers", [row(), row(2, intitule="Data engineer")], form), format="france-travail")
    assert Offer.objects.count() == 2


def test_command_prints_its_table_and_where_the_refused_rows_are(tmp_path):
    out = run(write(tmp_path / "offers", [row(), row(2), row(3, intitule=""), "bizarre"]))
    lines = [line.rsplit(maxsplit=1) for line in out.splitlines()]
    counts = {words[0].strip(): words[1] for words in lines if len(words) == 2}
    assert counts["Lues"] == "4"
    assert (counts["Créées"], counts["dont doublons masqués"], counts["Refusées"]) == ("2", "1", "2")
    assert (counts["Sans intitulé"], counts["Illisible"]) == ("1", "1")
    assert str(tmp_path / "data" / "imports" / "refused-") in out


def test_command_writes_the_report_and_the_refused_rows(tmp_path):
    rows = [row(), row(2, lieuTravail=TOULON), row(3, intitule="")]
    report, refused = tmp_path / "report.json", tmp_path / "deep" / "refused.jsonl"
    run(write(tmp_path / "offers", rows), report=report, refused=refused, departements="13, 84", verbosity=0)

    written = json.loads(report.read_text())
    assert {name: written[name] for name in ("read", "created", "updated", "unchanged", "duplicates", "flagged")} == {
        "read": 3, "created": 1, "updated": 0, "unchanged": 0, "duplicates": 0, "flagged": 0,
    }  # fmt: skip
    assert written["refused"] == {"no-title": 1, "out-of-territory": 1}
    assert written["refused_rows"] == str(refused)
    assert [json.loads(line) for line in refused.read_text().splitlines()] == [
        {"row": 2, "id": "1900002", "reason": "out-of-territory", "detail": "Toulon (83)", "offer": rows[1]},
        {"row": 3, "id": "1900003", "reason": "no-title", "detail": "", "offer": rows[2]},
    ]


def test_command_without_a_refused_row_writes_no_file(tmp_path):
    run(write(tmp_path / "offers", [row()]), refused=tmp_path / "refused.jsonl")
    assert not (tmp_path / "refused.jsonl").exists()


def test_command_withdraws_with_complete(tmp_path):
    path = write(tmp_path / "offers", [row(), row(2, intitule="Data engineer")])
    run(path)
    assert "Retirées" in run(write(path, [row()]), complete=True)
    assert offer(2).state == OfferState.WITHDRAWN


def test_command_is_silent_when_asked(tmp_path, capsys):
    assert run(write(tmp_path / "offers", [row()]), verbosity=0) == ""
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("content", "said"), [("", "aucune offre"), ("[]", "aucune offre"), ('[{"id": "1900001", "intit', "s'interrompt")]
)
def test_command_fails_on_a_file_that_is_empty_or_cut(tmp_path, content, said):
    path = tmp_path / "bad.json"
    path.write_text(content)
    with pytest.raises(CommandError, match=said):
        run(path, complete=True)


def test_command_reports_a_cut_file_and_keeps_what_precedes(tmp_path):
    path = tmp_path / "cut.json"
    path.write_text(json.dumps([row(), row(2)])[:-200])
    with pytest.raises(CommandError, match="ce qui précède est importé"):
        run(path, report=tmp_path / "report.json")
    assert Offer.objects.count() == 1
    assert json.loads((tmp_path / "report.json").read_text())["cut"].startswith("2: ")


@pytest.mark.parametrize("option", ["--departements=PACA", "--departements=13;83", "--format=lheo"])
def test_command_refuses_what_it_does_not_know(tmp_path, option):
    with pytest.raises(CommandError):
        call_command("import_offers", str(write(tmp_path / "offers", [row()])), option)
    assert not Offer.objects.exists()


def test_command_says_that_a_file_is_missing(tmp_path):
    with pytest.raises(CommandError, match="introuvable"):
        run(tmp_path / "nowhere.jsonl")


def test_command_tells_how_it_goes_where_there_is_no_terminal(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("jobs.management.commands.import_offers.LINE_EVERY", 2)
    monkeypatch.setattr("jobs.imports.run.BATCH", 1)
    assert LINE_EVERY > 2
    run(write(tmp_path / "offers", [row(n, intitule=f"Développeur {n}") for n in range(1, 6)]))
    assert capsys.readouterr().err.splitlines() == ["2 lignes", "4 lignes"]

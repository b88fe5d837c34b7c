"""Files and answers that hold no offers: a failure, told to staff and by the exit status; nothing is withdrawn."""

import json

import pytest
from django.core.management import CommandError, call_command

from accounts.models import OutgoingMail
from demo.factories import ImportSourceFactory, StaffFactory
from jobs.enums import OfferState
from jobs.imports.schedule import run_due_imports
from jobs.models import ImportRun, Offer
from tests.jobs.imports.corpus import import_rows, row

pytestmark = pytest.mark.usefixtures("referentials", "folder")

LOGIN = """<!DOCTYPE html>
<html><head><style>
body { margin: 0 }
</style><script>var a = [1,
2];</script></head>
</html>"""
FILES = {
    "error": b'{"message": "Jeton expir\xc3\xa9", "codeErreur": "401"}',
    "another key": json.dumps({"offres": [row()]}).encode(),
    "by identifier": json.dumps({"1900001": row(), "1900002": row(2)}).encode(),
    "xml": b'<?xml version="1.0"?>\n<jobs>\n <job><title>Dev</title></job>\n</jobs>\n',
    "a page": LOGIN.encode(),
    "nothing": b"",
    "blank": b" \n\n ",
    "null": b"null",
    "false": b"false",
    "a number": b"42",
    "a text": b'"bonjour"',
    "an empty list": b"[]",
    "an empty page": b'{"resultats": []}',
    "an empty object": b"{}",
    "empty lists": b"[[], []]",
    "another schema": json.dumps([{"titre": "Dev", "ref": 1}, {"titre": "Ops", "ref": 2}]).encode(),
    "tables": b'[["id", "intitule"], ["1", "Dev"]]',
    "no title": json.dumps([{"id": "1900001"}, {"id": "1900002"}]).encode(),
    "no identifier": json.dumps([{"intitule": "Dev"}]).encode(),
    "csv": b"id;intitule\n1;Dev\n2;Ops\n",
    "image": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20,
    "error in utf-16": '{"message": "Jeton expiré"}'.encode("utf-16"),
    "elsewhere": json.dumps([row(lieuTravail={"libelle": "75 - Paris", "commune": "75056"})]).encode(),
    "trailing commas": b'[{"id": "1900001", "intitule": "Dev",},]',
    "no gzip": b"\x1f\x8b\x08nonsense",
    "deep": b"[" * 20_000,
}


@pytest.mark.parametrize("kind", FILES)
def test_command_fails_and_withdraws_nothing(tmp_path, kind):
    import_rows(tmp_path, row(), row(2, intitule="Data engineer"))
    path = tmp_path / "strange"
    path.write_bytes(FILES[kind])
    with pytest.raises(CommandError):
        call_command("import_offers", str(path), complete=True, departements="13", verbosity=0)
    run = ImportRun.objects.first()
    assert (run.state, run.problem != "") == ("failed", True)
    assert set(Offer.objects.values_list("state", flat=True)) == {OfferState.PUBLISHED}
    assert Offer.objects.count() == 2


@pytest.mark.parametrize("kind", ["error", "another key", "by identifier", "xml", "a page", "another schema"])
def test_answer_that_is_no_offers_is_told_to_staff_at_once(feeds, kind):
    StaffFactory(email="equipe@medinjob.example")
    source = ImportSourceFactory(address=feeds.serve("/offres", FILES[kind]))
    run_due_imports()
    assert (source.runs.get().state, source.runs.get().problem) == ("failed", "not-offers")
    mail = OutgoingMail.objects.get()
    assert "n'a pas pu être importée." in mail.body
    assert "Aucune ligne du fichier ne se lit comme une offre" in mail.body


@pytest.mark.parametrize(
    "name", ["14_not_offers_answer.json", "14_not_offers_by_id.json", "14_not_offers_key.json", "14_not_offers.xml"]
)
def test_cases_seen_on_sites(shared_data, name):
    with pytest.raises(CommandError, match="comme une offre"):
        call_command("import_offers", str(shared_data.parent / "cases" / name), complete=True, verbosity=0)

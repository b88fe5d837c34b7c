import html
import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.factories import ImportRunFactory, ImportSourceFactory, OfferFactory, StaffFactory
from jobs.imports.addresses import folder
from jobs.imports.parsed import RefusalReason
from jobs.imports.refused import RefusedFile
from jobs.imports.run import RefusedRow
from jobs.imports.schedule import run_due_imports
from jobs.models import ImportRun, ImportSource
from tests.reading import text

pytestmark = pytest.mark.django_db

TYPED = {"name": "Flux", "format": "france-travail", "address": "https://example.org/o.json", "every_hours": "6"}


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    (tmp_path / "data" / "imports").mkdir(parents=True)


@pytest.fixture
def staff(client):
    client.force_login(StaffFactory())
    return client


def refuse(run, count, reason=RefusalReason.NO_TITLE):
    run.refused_file = "refused-20261127-101500-abc.jsonl"
    run.counts = {**run.counts, "refused": {reason.value: count, "unreadable": 1}}
    run.save()
    rejects = RefusedFile(folder() / run.refused_file)
    for number in range(1, count + 1):
        rejects.write(RefusedRow(number, f"19{number}", reason, "", {"intitule": f"Ligne <b>{number}</b>"}))
    rejects.write(RefusedRow(99, "", RefusalReason.UNREADABLE, "JSONDecodeError", "bizarre"))
    rejects.close()


def post(staff, **fields):
    return staff.post(reverse("import-source-new"), {**TYPED, **fields})


def errors(response):
    assert response.status_code == 200
    assert not ImportSource.objects.filter(name="Flux").exists()
    return {name: [str(each) for each in found] for name, found in response.context["form"].errors.items()}


def test_empty_page_says_what_to_do(staff):
    page = text(staff.get(reverse("imports")))
    assert "Aucune source" in page
    assert "Ajouter une source" in page
    assert "Aucun import" in page


def test_desk_leads_to_the_imports(staff):
    assert reverse("imports") in staff.get(reverse("staff-home")).content.decode()


def test_page_shows_sources_and_runs(staff):
    source = ImportSourceFactory(name="Flux du matin", address="matin.jsonl", failures=2)
    ImportRunFactory(import_source=source)
    ImportRunFactory(import_source=source, failed=True)
    ImportRunFactory(import_source=None, filename="main.jsonl")
    page = text(staff.get(reverse("imports")))
    for words in (
        "Flux du matin", "matin.jsonl", "Active", "En échec", "2 échecs de suite", "dans la minute",
        "Il n'y a pas (ou plus) de fichier à cette adresse.", "main.jsonl, à la main", "Importer maintenant",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_queries_for_any_number(staff, count, django_assert_num_queries):
    for source in ImportSourceFactory.create_batch(count):
        ImportRunFactory.create_batch(2, import_source=source)
    staff.get(reverse("imports"))
    with django_assert_num_queries(8):
        staff.get(reverse("imports"))


def test_page_renews_itself_while_an_import_waits_or_runs(staff):
    source = ImportSourceFactory(active=False)
    assert b"hx-trigger" not in staff.get(reverse("imports")).content
    run = ImportRunFactory(import_source=source, running=True)
    page = staff.get(reverse("imports"))
    assert b'hx-trigger="every 5s"' in page.content
    assert "Import en cours" in text(page)
    assert "40 %" in text(page)
    page = staff.get(run.get_absolute_url())
    assert b'hx-trigger="every 3s"' in page.content
    assert 'value="40"' in page.content.decode()
    assert "Actualiser" in text(page)


def test_source_is_added_and_due_at_once(staff):
    response = post(staff, departments="83, 13 2a,13", complete="on")
    assert response["Location"] == reverse("imports")
    source = ImportSource.objects.get()
    assert (source.name, source.departments, source.every_hours) == ("Flux", ["13", "2A", "83"], 6)
    assert (source.complete, source.active) == (True, True)
    assert list(ImportSource.objects.due()) == [source]


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"address": "http://example.org/x"}, "address", "https:// d'un site public"),
        ({"address": "https://127.0.0.1/x"}, "address", "https:// d'un site public"),
        ({"address": "../secret_key"}, "address", "sort du dossier des imports"),
        ({"address": "/etc/passwd"}, "address", "sort du dossier des imports"),
        ({"address": ""}, "address", "obligatoire"),
        ({"name": ""}, "name", "obligatoire"),
        ({"departments": "PACA, 13"}, "departments", "Départements inconnus : PACA."),
        ({"format": "lheo"}, "format", "lheo"),
        ({"every_hours": "0"}, "every_hours", "supérieure ou égale à 1"),
        ({"every_hours": "745"}, "every_hours", "inférieure ou égale à 744"),
    ],
)
def test_error_is_beside_its_field(staff, fields, field, said):
    found = errors(post(staff, **fields))
    assert list(found) == [field]
    assert said in found[field][0]


def test_name_is_taken_once(staff):
    ImportSourceFactory(name="flux d'ailleurs")
    response = post(staff, name="flux d'ailleurs")
    assert "name" in response.context["form"].errors


@pytest.mark.parametrize(
    ("mine", "theirs", "departments", "refused"),
    [
        (True, False, "83", True), (False, True, "83", True), (True, True, "", True), (False, False, "83", False),
        (True, True, "06", False),
    ],
)  # fmt: skip
def test_two_sources_where_one_would_withdraw_the_other_s_offers_are_refused(staff, mine, theirs, departments, refused):
    ImportSourceFactory(name="Var", complete=theirs, departments=["13", "83"])
    response = post(staff, departments=departments, **({"complete": "on"} if mine else {}))
    if refused:
        assert "« Var »" in errors(response)["complete"][0]
    else:
        assert ImportSource.objects.filter(name="Flux").exists()


def test_source_is_edited_and_read_in_full(staff):
    source = ImportSourceFactory(departments=["13", "83"], validators={"ETag": "x"}, complete=True, asked=True)
    url = reverse("import-source", args=[source.pk])
    assert 'value="13, 83"' in staff.get(url).content.decode()
    assert staff.post(url, {**TYPED, "departments": "13"}).status_code == 302
    source.refresh_from_db()
    assert (source.name, source.departments, source.complete, source.validators) == ("Flux", ["13"], False, {})
    assert source.asked, "what was not on the form stays"


def test_edited_source_keeps_its_name_on_the_page_until_it_is_saved(staff):
    source = ImportSourceFactory(name="Ancien nom")
    page = staff.post(reverse("import-source", args=[source.pk]), {**TYPED, "address": ""})
    assert "Source « Ancien nom »" in text(page)


def test_source_is_paused_and_resumed(staff):
    source = ImportSourceFactory(name="Flux")
    url = reverse("import-source-pause", args=[source.pk])
    page = staff.post(url, follow=True)
    assert "« Flux » est en pause." in page.content.decode()
    assert "Reprendre" in text(page)
    assert run_due_imports() == 0
    staff.post(url, {"active": "1"})
    assert list(ImportSource.objects.due()) == [source]


def test_import_now_is_a_row_that_the_schedule_finds(staff, django_capture_on_commit_callbacks):
    source = ImportSourceFactory(address="absent.jsonl", due_at=timezone.now() + timedelta(hours=1))
    with django_capture_on_commit_callbacks() as nudges:
        page = staff.post(reverse("import-source-ask", args=[source.pk]), follow=True)
    assert len(nudges) == 1
    assert "Import demandé" in text(page)
    assert "Importer maintenant" not in text(page)
    assert run_due_imports() == 1
    assert ImportRun.objects.get().problem == "file-missing"


def test_run_page_shows_all_its_counts(staff):
    run = ImportRunFactory()
    refuse(run, 2)
    page = text(staff.get(run.get_absolute_url()))
    for words in (
        "12 lignes lues", "5 offres créées", "2 mises à jour", "3 inchangées", "1 retirée, absente du fichier",
        "3 lignes refusées", "Sans intitulé", "Illisible", "JSONDecodeError", "bizarre", "13, 83", "Ouvrir la file",
        "Ligne <b>1</b>",
    ):  # fmt: skip
        assert words in page


def test_refused_rows_come_by_pages_and_by_reason(staff):
    run = ImportRunFactory()
    refuse(run, 60)
    url = run.get_absolute_url()
    assert len(staff.get(url).context["page"].object_list) == 50
    second = staff.get(url, {"page": "2"})
    assert [row["row"] for row in second.context["page"]] == [*range(51, 61), 99]
    unreadable = staff.get(url, {"reason": "unreadable"})
    assert [row["row"] for row in unreadable.context["page"]] == [99]
    assert staff.get(url, {"reason": "nonsense", "page": "x"}).status_code == 200


def test_refused_rows_are_downloaded(staff):
    run = ImportRunFactory()
    refuse(run, 2)
    answer = staff.get(reverse("import-run-refused", args=[run.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="import-{run.pk}-refusees.jsonl"'
    rows = [json.loads(line) for line in b"".join(answer).splitlines()]
    assert [each["row"] for each in rows] == [1, 2, 99]
    answer.close()


@pytest.mark.parametrize("name", ["", "../medinjob.sqlite3", "refused-20261127-101500-gone.jsonl"])
def test_rows_that_are_gone_are_said_to_be(staff, name):
    run = ImportRunFactory(refused_file=name)
    assert "ne sont gardées qu'un mois" in text(staff.get(run.get_absolute_url()))
    assert staff.get(reverse("import-run-refused", args=[run.pk])).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"failed": True}, "Il n'y a pas (ou plus) de fichier à cette adresse. HTTP 404"),
        ({"state": "unchanged", "counts": {}}, "n'a pas changé depuis sa dernière lecture"),
    ],
)
def test_run_page_of_a_run_that_read_nothing(staff, fields, said):
    page = text(staff.get(ImportRunFactory(**fields).get_absolute_url()))
    assert said in page
    assert "Ce que l'import a fait" not in page


def test_tab_of_the_reason_is_the_current_one(staff):
    run = ImportRunFactory()
    refuse(run, 2)
    for query, current in (("", "Toutes"), ("?reason=unreadable", "Illisible")):
        content = staff.get(run.get_absolute_url() + query).content.decode()
        tabs = content[content.index('class="tabs"') :]
        assert re.findall(r'aria-current="page">(\w+)', tabs) == [current]


def said(page):
    """With the messages, which are beside the page's own text."""
    return html.unescape(page.content.decode())


@pytest.fixture
def held():
    OfferFactory(imported=True, published=True, title="Chef de projet oublié")
    options = {"departments": [], "complete": True}
    return ImportRunFactory(import_source__name="Flux", held=True, absent=6, options=options)


def test_held_import_asks_on_both_pages(staff, held):
    for url in (reverse("imports"), held.get_absolute_url()):
        page = text(staff.get(url))
        for words in ("6 offres de cette source ne sont plus dans le fichier", "Retirer quand même", "Ne rien retirer",
                      "Chef de projet oublié", "À confirmer"):  # fmt: skip
            assert words in page


def test_answer_counts_once(staff, held):
    url = reverse("import-run-answer", args=[held.pk])
    assert "vont être retirées" in said(staff.post(url, {"withdraw": "1"}, follow=True))
    page = staff.post(url, follow=True)
    assert "avait déjà sa réponse" in said(page)
    assert "Retrait confirmé par l'équipe (6 offres absentes)." in text(page)
    held.refresh_from_db()
    assert (held.state, held.answer) == ("held", "accepted")


def test_nothing_is_withdrawn_when_staff_say_so(staff, held):
    page = staff.post(reverse("import-run-answer", args=[held.pk]), follow=True)
    assert "Rien n'est retiré." in said(page)
    assert "Retirer quand même" not in text(page)


def test_running_import_is_stopped_once(staff):
    run = ImportRunFactory(running=True)
    url = reverse("import-run-stop", args=[run.pk])
    for page in (reverse("imports"), run.get_absolute_url()):
        assert url in staff.get(page).content.decode()
    assert "S'arrête à la fin du lot en cours." in text(staff.post(url, follow=True))
    run.refresh_from_db()
    assert (run.stop_asked, run.state) == (True, "running")
    ImportRun.objects.update(state="done")
    assert "était déjà fini" in said(staff.post(url, follow=True))


def test_paused_source_is_not_asked_to_run(staff):
    source = ImportSourceFactory(name="Flux", active=False)
    assert "Importer maintenant" not in text(staff.get(reverse("imports")))
    page = staff.post(reverse("import-source-ask", args=[source.pk]), follow=True)
    assert "« Flux » est en pause : rien n'est importé." in said(page)
    source.refresh_from_db()
    assert not source.asked

"""Sources that are due, from the claim to what staff read of the run."""

import gzip
import json
import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import OutgoingMail
from demo.factories import ImportRunFactory, ImportSourceFactory, StaffFactory, UserFactory
from jobs.enums import OfferState
from jobs.imports import run as run_module
from jobs.imports.fetching import incoming
from jobs.imports.refused import RefusedRows, forget_old_files, refused_path
from jobs.imports.run import Import
from jobs.imports.schedule import run_due_imports
from jobs.models import ImportRun, ImportSource, Offer
from jobs.services import import_runs, import_sources
from jobs.tasks import forget_old_imports
from tests.jobs.imports.corpus import TOULON, offer, row, write

pytestmark = pytest.mark.usefixtures("referentials", "folder")

AN_HOUR = timedelta(hours=1)


def lines(*rows):
    return "\n".join(json.dumps(each) for each in rows).encode()


def run_again(source, **fields):
    """As when its time has come once more."""
    ImportSource.objects.filter(pk=source.pk).update(due_at=timezone.now(), **fields)
    return run_once(source)


def run_once(source):
    assert run_due_imports() == 1
    return source.runs.first()


@pytest.fixture
def source(folder):
    write(folder / "offres.jsonl", [row(), row(2, intitule="Data engineer")])
    return ImportSourceFactory()


def test_due_source_is_imported_and_due_again_later(source):
    run = run_once(source)
    assert (run.state, run.problem, run.source, run.filename) == ("done", "", "france-travail", "offres.jsonl")
    assert (run.counts["read"], run.counts["created"], run.percent) == (2, 2, 100)
    assert set(Offer.objects.values_list("import_run", flat=True)) == {run.pk}
    source.refresh_from_db()
    assert timedelta(hours=23) < source.due_at - timezone.now() <= timedelta(hours=24)
    assert run_due_imports() == 0


def test_source_that_is_not_due_waits_unless_asked_for(source):
    run_once(source)
    assert run_due_imports() == 0
    assert import_sources.ask(source=source)
    run_once(source)
    assert run_due_imports() == 0
    source.refresh_from_db()
    assert not source.asked


def test_paused_source_never_runs(source):
    import_sources.ask(source=source)
    import_sources.pause(source=source)
    assert not import_sources.ask(source=source)
    ImportSource.objects.update(asked=True)
    assert run_due_imports() == 0
    import_sources.resume(source=source)
    run_once(source)


def test_second_import_of_the_same_offers_changes_nothing(source, folder):
    run_once(source)
    before = list(Offer.objects.order_by("id").values("id", "source_hash", "version", "state"))
    write(folder / "offres.jsonl", [row(2, intitule="Data engineer"), row()])
    again = run_again(source)
    assert (again.counts["created"], again.counts["updated"], again.counts["unchanged"]) == (0, 0, 2)
    assert list(Offer.objects.order_by("id").values("id", "source_hash", "version", "state")) == before


def test_source_that_has_not_changed_is_not_read(source):
    run_once(source)
    again = run_again(source)
    assert (again.state, again.counts) == ("unchanged", {})


def test_source_that_has_not_changed_is_read_after_a_week_or_when_asked_for(source):
    run_once(source)
    assert run_again(source, read_at=timezone.now() - timedelta(days=8)).counts["unchanged"] == 2
    import_sources.ask(source=source)
    assert run_once(source).counts["unchanged"] == 2


@pytest.mark.parametrize(
    "meanwhile", [lambda source: import_sources.save(source=source), lambda source: import_sources.ask(source=source)]
)
def test_source_that_staff_changed_or_asked_for_in_mid_run_is_read_again(source, monkeypatch, meanwhile):
    finish = import_runs.finish
    monkeypatch.setattr(import_runs, "finish", lambda **fields: (meanwhile(source), finish(**fields)))
    run_once(source)
    monkeypatch.undo()
    assert run_once(source).counts["unchanged"] == 2


def test_url_is_asked_with_what_it_last_said(feeds):
    url = feeds.serve_versions("/offres", gzip.compress(lines(row())), '"v1"')
    source = ImportSourceFactory(address=url)
    assert run_once(source).counts["created"] == 1
    assert run_again(source).state == "unchanged"
    feeds.serve_versions("/offres", lines(row(), row(2, intitule="Data engineer")), '"v2"')
    assert run_again(source).counts["created"] == 1
    assert [headers.get("If-None-Match") for _path, headers in feeds.asked] == [None, '"v1"', '"v1"']
    assert list(incoming().iterdir()) == []


def test_complete_source_withdraws_of_its_departments_only(source, folder):
    toulon = row(3, intitule="Développeur web (H/F)", lieuTravail=TOULON)
    Import(format_name="france-travail").run(write(folder / "others.jsonl", [toulon]))
    ImportSource.objects.update(complete=True, departments=["13"])
    run_once(source)
    write(folder / "offres.jsonl", [row()])
    run = run_again(source)
    assert run.options == {"departments": ["13"], "complete": True}
    assert run.counts["withdrawn"] == 1
    assert [offer(n).state for n in (1, 2, 3)] == [OfferState.PUBLISHED, OfferState.WITHDRAWN, OfferState.PUBLISHED]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"), (b"[]", "empty"), (b"<html>\n<p>404</p>\n</html>", "not-offers"),
        (json.dumps([row(), row(2)]).encode()[:-200], "cut"), (gzip.compress(lines(row()) * 50)[:400], "cut"),
    ],
    ids=["empty", "no-offer", "a-page", "cut", "cut-gzip"],
)  # fmt: skip
def test_bad_file_withdraws_nothing_and_is_read_again(source, folder, content, problem):
    run_once(source)
    (folder / "offres.jsonl").write_bytes(content)
    run = run_again(source, complete=True)
    assert (run.state, run.problem) == ("failed", problem)
    assert set(Offer.objects.values_list("state", flat=True)) == {OfferState.PUBLISHED}
    source.refresh_from_db()
    assert (source.failures, source.due_at > timezone.now()) == (1, True)
    assert run_again(source).problem == problem, "not taken for unchanged"
    write(folder / "offres.jsonl", [row(), row(2, intitule="Data engineer")])
    assert run_again(source).state == "done"
    source.refresh_from_db()
    assert source.failures == 0


@pytest.mark.parametrize(
    ("address", "problem", "detail"),
    [("absent.jsonl", "file-missing", "absent.jsonl"), ("../../secret", "file-outside", ""),
     ("https://127.0.0.1/x", "address", ""), ("https://localhost:1/x", "address", "")],
)  # fmt: skip
def test_source_that_cannot_be_read_says_why(address, problem, detail):
    """Also one that was well when it was typed."""
    run = run_once(ImportSourceFactory(address=address))
    assert (run.state, run.problem, run.detail) == ("failed", problem, detail)
    assert run.finished_at is not None


def test_failing_source_does_not_stop_the_others(source):
    failing = ImportSourceFactory(address="absent.jsonl", due_at=timezone.now() - AN_HOUR)
    assert run_due_imports() == 2
    assert (failing.runs.get().state, source.runs.get().state) == ("failed", "done")


def test_surprise_ends_the_run_and_is_logged_without_the_offers(source, monkeypatch, caplog):
    monkeypatch.setattr(run_module, "import_batch", lambda **_: 1 / 0)
    run = run_once(source)
    assert (run.state, run.problem, run.detail) == ("failed", "unexpected", "ZeroDivisionError")
    assert "Développeur" not in caplog.text


def test_staff_are_told_once_of_three_failures_in_a_row():
    StaffFactory(email="equipe@medinjob.example"), UserFactory()
    source = ImportSourceFactory(name="Flux du matin", address="absent.jsonl")
    run_once(source), run_again(source)
    assert not OutgoingMail.objects.exists()
    run_again(source), run_again(source)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == ("equipe@medinjob.example", "L'import « Flux du matin » échoue")
    assert "n'est pas dans le dossier des imports. (absent.jsonl)" in mail.body
    assert "/equipe/imports/" in mail.body


def test_source_that_runs_is_not_due(source):
    ImportRunFactory(import_source=source, running=True)
    import_sources.ask(source=source)
    assert run_due_imports() == 0


def test_run_that_was_killed_is_followed_by_another_after_a_while(source, monkeypatch):
    """What a SIGKILL leaves: batches that are whole, and a row that says that it runs."""
    monkeypatch.setattr(run_module, "BATCH", 1)
    monkeypatch.setattr(run_module.duplicates, "settle", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        run_due_imports()
    killed = source.runs.get()
    assert (killed.state, Offer.objects.count()) == ("running", 2)
    monkeypatch.undo()
    assert run_due_imports() == 0, "it may be at work"

    ImportRun.objects.update(seen_at=timezone.now() - AN_HOUR)
    run = run_once(source)
    assert (run.state, run.counts["unchanged"], Offer.objects.count()) == ("done", 2, 2)
    killed.refresh_from_db()
    assert (killed.state, killed.problem) == ("failed", "interrupted")


def test_run_that_was_given_up_for_dead_stops_and_withdraws_nothing(source, folder):
    """A worker that was stopped, not killed, comes back: what the next run saw, it has not seen."""
    run = import_runs.claim(source=source, offer_source="france-travail", refused_file="")
    work = Import(format_name="france-travail", record=run)
    ImportRun.objects.update(seen_at=timezone.now() - AN_HOUR)
    run_once(source)
    with pytest.raises(import_runs.ImportLostError):
        work.run(write(folder / "before.jsonl", [row()]), complete=True)
    assert set(Offer.objects.values_list("state", flat=True)) == {OfferState.PUBLISHED}
    assert [each.state for each in source.runs.all()] == ["done", "failed"]


def test_run_tells_how_far_it_is(source, monkeypatch):
    monkeypatch.setattr(run_module, "BATCH", 1)
    seen = []
    monkeypatch.setattr(import_runs, "finish", lambda **_: None)
    beat = import_runs.beat

    def watched(**fields):
        beat(**fields)
        run = ImportRun.objects.get()
        seen.append((run.state, run.counts["created"]))

    monkeypatch.setattr(import_runs, "beat", watched)
    run_due_imports()
    assert seen == [("running", 1), ("running", 2), ("running", 2)]


def test_long_stretch_of_refused_rows_is_heard_of(folder, monkeypatch):
    monkeypatch.setattr(run_module, "BEAT_EVERY", 2)
    beats = []
    monkeypatch.setattr(import_runs, "beat", lambda **fields: beats.append(fields["counts"]["read"]))
    write(folder / "offres.jsonl", [row(n, lieuTravail=TOULON) for n in range(1, 6)])
    run_once(ImportSourceFactory(departments=["13"]))
    assert beats == [1, 3, 5, 5]


def test_refused_rows_are_kept_beside_the_run(folder, monkeypatch):
    monkeypatch.setattr("jobs.imports.schedule.MOST_ROWS", 2)
    write(folder / "offres.jsonl", [row(), row(2, intitule=""), row(3, lieuTravail=TOULON), row(4, intitule="")])
    run = run_once(ImportSourceFactory(departments=["13"]))
    assert run.refused == 3
    path = refused_path(run.refused_file)
    rows = RefusedRows(path)
    assert [(each["row"], each["reason"], each["title"]) for each in rows[0:9]] == [
        (2, "no-title", ""), (3, "out-of-territory", "Développeur Python (H/F)")
    ]  # fmt: skip
    assert [each["row"] for each in RefusedRows(path, "out-of-territory")[0:9]] == [3]
    assert (len(rows), len(RefusedRows(path, "no-id"))) == (2, 0)


@pytest.mark.parametrize("name", ["../medinjob.sqlite3", "offres.jsonl", "", "refused-20261127-101500.jsonl"])
def test_only_files_of_refused_rows_are_shown(source, name):
    assert refused_path(name) is None


def test_tick_runs_due_imports(source):
    call_command("tick", verbosity=0)
    assert source.runs.get().state == "done"


def test_old_files_and_runs_are_forgotten_and_the_offers_stay(source, folder):
    run = run_once(source)
    ImportRun.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(days=366))
    kept = ImportRunFactory(import_source=source, started_at=timezone.now() - timedelta(days=364))
    incoming().mkdir()
    names = {"refused-20261001-101500-a1b2.jsonl": 31, "refused-20261101-101500.jsonl": 29, "feed.jsonl": 400}
    for name, days in {**names, "incoming/tmpx": 2, "incoming/tmpy": 0}.items():
        (folder / name).touch()
        old = (timezone.now() - timedelta(days=days, minutes=5)).timestamp()
        os.utime(folder / name, (old, old))
    forget_old_imports()
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert left == {"refused-20261101-101500.jsonl", "feed.jsonl", "offres.jsonl", "incoming/tmpy"}
    assert list(ImportRun.objects.all()) == [kept]
    assert Offer.objects.filter(import_run=None).count() == 2
    assert forget_old_files() == 0


def test_command_leaves_its_run_in_the_same_list(folder):
    call_command("import_offers", str(write(folder / "main.jsonl", [row(), row(2, intitule="")])), verbosity=0)
    run = ImportRun.objects.get()
    assert (run.import_source, run.filename, run.state, run.refused) == (None, "main.jsonl", "done", 1)
    assert len(RefusedRows(refused_path(run.refused_file))) == 1


@pytest.mark.parametrize("name", ["offers_ft_digital_2026_public.jsonl", "offers_ft_data_it_2024_2025_public.jsonl.gz"])
def test_real_file_is_imported_from_a_site_once(feeds, shared_data, name):
    content = (shared_data / name).read_bytes()
    source = ImportSourceFactory(address=feeds.serve_versions(f"/{name}", content, '"v1"'))
    run = run_once(source)
    assert run.state == "done"
    offers = Offer.objects.count()
    assert run.counts["created"] == offers > 500
    import_sources.ask(source=source)
    again = run_once(source)
    assert (again.counts["created"], again.counts["updated"], Offer.objects.count()) == (0, 0, offers)

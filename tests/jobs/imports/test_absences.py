"""What a complete file lacks: withdrawn, or asked about, never when something is wrong with the file."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import OutgoingMail
from demo.factories import ImportRunFactory, ImportSourceFactory, StaffFactory
from jobs.enums import OfferState
from jobs.imports import run as run_module
from jobs.imports.run import Import
from jobs.imports.schedule import anything_to_do, run_due_imports
from jobs.models import ImportRun, ImportSource, Offer
from jobs.services import import_absences, import_runs, import_sources
from jobs.services.import_runs import ImportBusyError, ImportStoppedError
from medinjob.lib.absence import FEW, is_doubtful
from tests.jobs.imports.corpus import TEXT, import_rows, offer, row, write

pytestmark = pytest.mark.usefixtures("referentials", "folder")


def rows(*numbers):
    return [row(n, intitule=f"Développeur métier {n}", description=f"{TEXT} Équipe {n}.") for n in numbers]


def withdrawn():
    return Offer.objects.filter(state=OfferState.WITHDRAWN).count()


@pytest.fixture
def source(folder):
    """Ten offers, read once; the file then lacks six of them."""
    write(folder / "offres.jsonl", rows(*range(1, 11)))
    source = ImportSourceFactory(name="Flux", complete=True)
    assert run_due_imports() == 1
    write(folder / "offres.jsonl", rows(1, 2, 3, 4))
    return source


def run_again(source):
    ImportSource.objects.filter(pk=source.pk).update(due_at=timezone.now())
    assert run_due_imports() == 1
    return source.runs.first()


@pytest.mark.parametrize(
    ("absent", "known", "doubtful"),
    [(FEW, FEW, False), (FEW + 1, FEW + 1, True), (4, 20, False), (5, 20, True), (60, 300, False), (61, 300, True)],
)
def test_a_fifth_is_believed_and_no_more(absent, known, doubtful):
    assert is_doubtful(absent=absent, known=known, share=20) is doubtful


def test_too_many_absences_wait_for_staff(source):
    StaffFactory(email="equipe@medinjob.example")
    run = run_again(source)
    assert (run.state, run.problem, run.absent, run.counts["withdrawn"]) == ("held", "", 6, 0)
    assert withdrawn() == 0
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == ("equipe@medinjob.example", "L'import « Flux » attend votre accord")
    assert "6 offres de la source" in mail.body


def test_staff_withdraw_all_the_same_once(source):
    run = run_again(source)
    assert import_absences.accept(run=run)
    assert (import_absences.accept(run=run), import_absences.keep(run=run)) == (False, False)
    assert anything_to_do()
    assert run_due_imports() == 1
    run.refresh_from_db()
    assert (run.state, run.answer, run.counts["withdrawn"], withdrawn()) == ("done", "accepted", 6, 6)
    assert run_due_imports() == 0


def test_staff_withdraw_nothing(source):
    run = run_again(source)
    assert import_absences.keep(run=run)
    assert not import_absences.accept(run=run)
    run.refresh_from_db()
    assert (run.state, run.answer, run_due_imports(), withdrawn()) == ("done", "kept", 0, 0)


def test_what_a_later_import_saw_is_not_withdrawn(source, tmp_path):
    run = run_again(source)
    import_rows(tmp_path, *rows(5, 6))
    assert import_absences.accept(run=ImportRun.objects.get(pk=run.pk)) is True
    run_due_imports()
    assert (withdrawn(), offer(5).state) == (4, OfferState.PUBLISHED)


def test_later_run_outdates_the_question_and_staff_are_told_once(source, folder):
    StaffFactory()
    first = run_again(source)
    write(folder / "offres.jsonl", rows(1, 2, 3))
    second = run_again(source)
    first.refresh_from_db()
    assert (first.state, first.answer, second.state, second.absent) == ("done", "outdated", "held", 7)
    assert not import_absences.accept(run=first)
    assert OutgoingMail.objects.count() == 1
    write(folder / "offres.jsonl", rows(*range(1, 11)))
    assert run_again(source).state == "done"
    assert ImportRun.objects.asking().count() == 0


def test_new_offers_do_not_hide_how_many_are_absent(source, folder):
    """Another file altogether: 20 new ones beside 10 absent are no tenth."""
    write(folder / "offres.jsonl", rows(*range(100, 160)))
    assert run_again(source).absent == 10


def test_share_is_a_setting(source, settings):
    settings.ABSENCE_SHARE = 60
    assert run_again(source).counts["withdrawn"] == 6


def test_command_asks_and_takes_an_answer(tmp_path, capsys):
    import_rows(tmp_path, *rows(*range(1, 11)))
    path = write(tmp_path / "short.jsonl", rows(1, 2, 3, 4))
    with pytest.raises(CommandError, match="--accept-withdrawals 6"):
        call_command("import_offers", str(path), complete=True, verbosity=0)
    with pytest.raises(CommandError, match="--accept-withdrawals 6"):
        call_command("import_offers", str(path), complete=True, accept_withdrawals=5, verbosity=0)
    assert withdrawn() == 0
    call_command("import_offers", str(path), complete=True, accept_withdrawals=6, verbosity=0)
    assert withdrawn() == 6


def whole_lines(count):
    return [json.dumps(each, ensure_ascii=False) for each in rows(*range(1, count + 1))]


@pytest.mark.parametrize(
    "content",
    [
        lambda lines: "\n".join(lines[:8])[:-40],
        lambda lines: "\n".join(lines[:8])[:-40] + "\n",
        lambda lines: "\n".join([*lines[:4], lines[4][:3], *lines[5:8]]),
        lambda lines: "[" + ",".join(lines[:8]),
        lambda lines: '{"resultats": [' + ",".join(lines[:8]) + "]",
        lambda lines: '{"resultats": [' + ",".join(lines[:8]) + ']}\n{"message": "quota"}',
        lambda lines: "\n".join([*lines[:8], "[" * 100_000]),
    ],
    ids=["last line", "last line ended", "middle line", "list", "page", "error page", "deep"],
)
def test_cut_file_withdraws_nothing_and_fails(tmp_path, content):
    lines = whole_lines(10)
    import_rows(tmp_path, *rows(*range(1, 11)))
    path = tmp_path / "cut.json"
    path.write_text(content(lines))
    with pytest.raises(CommandError):
        call_command("import_offers", str(path), complete=True, accept_withdrawals=99, verbosity=0)
    run = ImportRun.objects.first()
    assert (run.state, run.problem in {"cut", "partial"}, withdrawn()) == ("failed", True, 0)
    assert run.counts["unchanged"] >= 7


def test_line_that_cannot_be_read_but_names_its_offer_is_no_absence(tmp_path):
    lines = whole_lines(10)
    import_rows(tmp_path, *rows(*range(1, 11)))
    path = tmp_path / "broken.jsonl"
    path.write_text("\n".join([*lines[:8], lines[8][:60]]) + "\n" + lines[0])
    tally = Import(format_name="france-travail").run(path, complete=True)
    assert (tally.counts["withdrawn"], offer(9).state, offer(10).state) == (1, "published", "withdrawn")


def test_file_that_is_no_offers_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(run_module, "MOST_WITHOUT_OFFER", 5)
    tally = import_rows(tmp_path, *range(100))
    assert tally.counts["read"] <= 6


# --- the lock


def test_second_import_of_an_origin_is_refused_while_one_runs(tmp_path):
    path = write(tmp_path / "offers.jsonl", rows(1))
    Import(format_name="france-travail").open_record(path, complete=True)
    with pytest.raises(ImportBusyError):
        Import(format_name="france-travail").run(path, complete=True)
    with pytest.raises(CommandError, match="est en cours"):
        call_command("import_offers", str(path), verbosity=0)
    assert Offer.objects.count() == 0


def test_scheduled_source_waits_for_the_command_line(source, tmp_path):
    ImportSource.objects.update(due_at=timezone.now())
    run = Import(format_name="france-travail").open_record(tmp_path / "x", complete=False)
    assert (run_due_imports(), anything_to_do()) == (0, False)
    import_runs.finish(run=run)
    assert anything_to_do()
    assert run_due_imports() == 1, "it was due still"


def test_command_frees_the_lock_however_it_ends(tmp_path, monkeypatch):
    path = write(tmp_path / "offers.jsonl", rows(1))
    monkeypatch.setattr(run_module, "import_batch", lambda **_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        call_command("import_offers", str(path), verbosity=0)
    assert ImportRun.objects.get().problem == "interrupted"
    monkeypatch.undo()
    call_command("import_offers", str(path), verbosity=0)


# --- stop and pause


@pytest.mark.parametrize("how", ["stop", "pause"])
def test_run_ends_at_the_border_of_a_batch(source, folder, monkeypatch, how):
    monkeypatch.setattr(run_module, "BATCH", 2)
    write(folder / "offres.jsonl", rows(*range(20, 30)))
    beat, beats = import_runs.beat, []

    def act(**fields):
        beats.append(fields["counts"]["created"])
        if len(beats) == 2:
            import_runs.stop(run=fields["run"]) if how == "stop" else import_sources.pause(source=source)
        beat(**fields)

    monkeypatch.setattr(import_runs, "beat", act)
    run = run_again(source)
    assert (run.state, run.problem, run.counts["created"], withdrawn()) == ("failed", "stopped", 4, 0)
    assert Offer.objects.count() == 14
    source.refresh_from_db()
    assert source.failures == 0


def test_source_paused_between_claim_and_start_is_not_read(source, monkeypatch):
    claim = import_runs.claim

    def late(**fields):
        run = claim(**fields)
        import_sources.pause(source=source)
        return run

    monkeypatch.setattr(import_runs, "claim", late)
    assert (run_again(source).problem, Offer.objects.count()) == ("stopped", 10)


def test_command_says_that_it_was_stopped(tmp_path, monkeypatch):
    def stopped(**_):
        raise ImportStoppedError

    monkeypatch.setattr(import_runs, "check", stopped)
    with pytest.raises(CommandError, match="arrêté par l'équipe"):
        call_command("import_offers", str(write(tmp_path / "offers.jsonl", rows(1))), verbosity=0)
    assert ImportRun.objects.get().problem == "stopped"


# --- killed


def killed(source):
    return ImportRunFactory(import_source=source, running=True, seen_at=timezone.now() - timezone.timedelta(hours=1))


def test_source_whose_runs_are_killed_is_tried_once_more_then_at_its_hour_then_paused(source):
    StaffFactory()
    due = []
    for _ in range(3):
        ImportSource.objects.update(due_at=timezone.now() + timezone.timedelta(hours=5))
        killed(source)
        assert import_runs.settle_silent() == 1
        due.append(ImportSource.objects.due().exists())
    source.refresh_from_db()
    assert (due, source.active) == ([True, False, False], False)
    assert "mise en pause" in OutgoingMail.objects.get().body


def test_killed_run_of_a_paused_source_does_not_run_again(source):
    import_sources.pause(source=source)
    run = killed(source)
    assert (run_due_imports(), ImportRun.objects.get(pk=run.pk).problem) == (0, "stopped")


def test_memory_that_is_not_there_is_a_failure_told_at_once(source, monkeypatch):
    StaffFactory()
    monkeypatch.setattr(run_module, "import_batch", lambda **_: (_ for _ in ()).throw(MemoryError))
    run = run_again(source)
    assert (run.state, run.problem, run.detail) == ("failed", "memory", "> 1000 Mo")
    assert "trop de mémoire" in OutgoingMail.objects.get().body
    assert run_due_imports() == 0

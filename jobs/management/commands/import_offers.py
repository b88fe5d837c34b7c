"""Import offers from a file of another source."""

import json
import time
from argparse import ArgumentParser
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from jobs.enums import ImportProblem
from jobs.imports.addresses import folder
from jobs.imports.formats import FORMATS
from jobs.imports.parsed import RefusalReason
from jobs.imports.places import read_departments
from jobs.imports.refused import RefusedFile, refused_name
from jobs.imports.run import Import, Tally
from jobs.models import ImportRun
from jobs.services.import_runs import ImportBusyError, ImportLostError, ImportStoppedError, finish

LINE_EVERY = 5_000
_ABSENT = gettext_lazy(
    "%(absent)d offres de cette source ne sont pas dans le fichier, plus de %(share)d %% de celles en ligne :"
    " le fichier est importé, rien n'a été retiré. Si elles doivent l'être : --accept-withdrawals %(absent)d"
)
_LABELS = {
    "read": gettext_lazy("Lues"),
    "created": gettext_lazy("Créées"),
    "updated": gettext_lazy("Mises à jour"),
    "unchanged": gettext_lazy("Inchangées"),
    "duplicates": gettext_lazy("  dont doublons masqués"),
    "flagged": gettext_lazy("  dont à relire"),
    "withdrawn": gettext_lazy("Retirées (absentes du fichier)"),
    "returned": gettext_lazy("Revenues"),
    "closed": gettext_lazy("Laissées closes"),
}


class Command(BaseCommand):
    help = "Import offers from a file; run it again to update them (an offer is never doubled)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="JSON or JSON lines, compressed by gzip or not")
        parser.add_argument("--format", choices=sorted(FORMATS), default="france-travail")
        parser.add_argument("--departements", default="", metavar="13,83,…", help="refuse offers of elsewhere")
        parser.add_argument("--complete", action="store_true", help="withdraw the offers that the file no longer holds")
        parser.add_argument(
            "--accept-withdrawals", type=int, default=0, metavar="N", help="with --complete: withdraw up to N unasked"
        )
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="write the counts there")
        parser.add_argument("--refused", type=Path, metavar="FILE.jsonl", help="write the refused rows there")

    def handle(self, *, file: Path, report: Path | None, refused: Path | None, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(_("Fichier introuvable : %(file)s") % {"file": file})
        started = time.monotonic()
        quiet = options["verbosity"] == 0
        with ExitStack() as stack:
            name = "" if refused else refused_name()
            rejects = RefusedFile(refused or folder() / name)
            stack.callback(rejects.close)
            show = stack.enter_context(_Display(file, quiet=quiet))
            run = Import(
                format_name=options["format"],
                departments=_departments(options["departements"]),
                on_batch=show.update,
                on_refusal=rejects.write,
                accept_withdrawals=options["accept_withdrawals"],
            )
            tally = _run(run, file, name, complete=options["complete"])
        seconds = time.monotonic() - started
        if report:
            _write_report(report, file, options, tally, seconds, rejects.path if rejects.count else None)
        if not quiet:
            self._print(tally, seconds, rejects)
        self._warn(tally, run.record, complete=options["complete"])

    def _print(self, tally: Tally, seconds: float, rejects: RefusedFile) -> None:
        console = Console(file=cast("IO[str]", self.stdout), highlight=False)
        console.print(_table(tally))
        rate = tally.counts["read"] / seconds if seconds else 0
        console.print(_("%(seconds).1f s, %(rate).0f offres par seconde") % {"seconds": seconds, "rate": rate})
        if rejects.count:
            console.print(_("Lignes refusées : %(path)s") % {"path": rejects.path}, soft_wrap=True)

    def _warn(self, tally: Tally, record: ImportRun | None, *, complete: bool) -> None:
        kept = _(" Rien n'a été retiré.") if complete else ""
        if tally.cut:
            where = {"where": tally.cut, "kept": kept}
            raise CommandError(_("Le fichier s'interrompt (%(where)s) : ce qui précède est importé.%(kept)s") % where)
        if not tally.counts["read"]:
            raise CommandError(_("Le fichier ne contient aucune offre.%(kept)s") % {"kept": kept})
        if tally.absent:
            raise CommandError(_ABSENT % {"absent": tally.absent, "share": settings.ABSENCE_SHARE})
        if record is not None and record.problem:
            raise CommandError(record.get_problem_display())


def _run(run: Import, file: Path, refused_file: str, *, complete: bool) -> Tally:
    try:
        record = run.open_record(file, complete=complete, refused_file=refused_file)
    except ImportBusyError as error:
        other = error.other.filename if error.other else "?"
        raise CommandError(
            _("Un autre import de la même origine est en cours (%(name)s).") % {"name": other}
        ) from error
    try:
        return run.run(file, complete=complete)
    except ImportStoppedError as error:
        raise CommandError(_("L'import a été arrêté par l'équipe : ce qui était écrit est gardé.")) from error
    except BaseException as error:  # the lock is free at once, not when somebody finds that the process is gone
        memory = isinstance(error, MemoryError)
        problem = ImportProblem.MEMORY if memory else ImportProblem.INTERRUPTED
        with suppress(ImportLostError):
            finish(run=record, problem=problem, detail=type(error).__name__, counts=run.tally.as_dict())
        raise


class _Display:
    """A progress bar on a terminal, a line now and then elsewhere."""

    def __init__(self, file: Path, *, quiet: bool) -> None:
        self.console = Console(stderr=True, quiet=quiet)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[rows]}"),
            TimeRemainingColumn(),
        )
        self.bar = Progress(*columns, console=self.console, disable=quiet or not self.console.is_terminal)
        self.task = self.bar.add_task(file.name, total=None, rows="")
        self.next_line = LINE_EVERY

    def __enter__(self) -> "_Display":
        self.bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.bar.stop()

    def update(self, tally: Tally) -> None:
        rows = _("%(rows)d lignes") % {"rows": tally.counts["read"]}
        self.bar.update(self.task, total=tally.size or None, completed=tally.position, rows=rows)
        if not self.console.is_terminal and tally.counts["read"] >= self.next_line:
            self.console.print(rows)
            self.next_line += LINE_EVERY


def _departments(text: str) -> list[str]:
    found, wrong = read_departments(text)
    if wrong:
        raise CommandError(_("Départements inconnus : %(wrong)s (attendu : 13,83,2A…)") % {"wrong": ", ".join(wrong)})
    return found


def _table(tally: Tally) -> Table:
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    counts = tally.as_dict()
    refused = counts.pop("refused")
    counts.pop("cut")
    for name, count in counts.items():
        table.add_row(str(_LABELS[name]), str(count))
    table.add_row(_("Refusées"), str(sum(refused.values())))
    for reason, count in refused.items():
        table.add_row(f"  {RefusalReason(reason).label}", str(count))
    return table


def _write_report(
    path: Path, file: Path, options: dict[str, Any], tally: Tally, seconds: float, refused: Path | None
) -> None:
    report = {
        **tally.as_dict(),
        "file": str(file),
        "format": options["format"],
        "departements": options["departements"],
        "complete": options["complete"],
        "seconds": round(seconds, 2),
        "refused_rows": str(refused) if refused else None,
    }
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

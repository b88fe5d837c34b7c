from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from search.engines import get_engine
from search.engines.base import EngineError
from search.indexing import rebuild
from search.models import IndexRefusal, PendingIndexing

ACTIONS = ("rebuild", "catch-up", "compare", "rollback", "status", "check")


class Command(BaseCommand):
    help = (
        "The search index: rebuild it beside the one in use, catch up with the database, compare, go back to the "
        "previous one, say its state, or check that the engine is what it should be."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=ACTIONS)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['action'].replace('-', '_')}")(quiet=options["verbosity"] == 0)
        except EngineError as error:
            raise CommandError(str(error)) from error

    def _rebuild(self, *, quiet: bool) -> None:
        with _progress("Indexing offers", quiet=quiet) as tell:
            count = rebuild.rebuild(progress=tell)
        self._say(f"{count} offers in the new index.", quiet=quiet)

    def _catch_up(self, *, quiet: bool) -> None:
        with _progress("Indexing offers", quiet=quiet) as tell:
            rebuild.catch_up(progress=tell)
        self._say(f"{get_engine().status().documents} offers in the index.", quiet=quiet)

    def _compare(self, *, quiet: bool) -> None:
        drift = rebuild.compare()
        self._say(f"missing {len(drift.missing)}, stale {len(drift.stale)}, ghosts {len(drift.ghosts)}", quiet=quiet)
        if drift.all:
            raise CommandError("The index differs from the database; the worker repairs it, or run: catch-up.")

    def _rollback(self, *, quiet: bool) -> None:
        self._say(f"{rebuild.rollback()} is in use again.", quiet=quiet)

    def _status(self, *, quiet: bool) -> None:
        name, documents, size = get_engine().status()
        waiting, refused = PendingIndexing.objects.count(), IndexRefusal.objects.count()
        state = f"{name}: {documents} offers, {size / 1e6:.1f} MB, {waiting} changes waiting, {refused} refused."
        self._say(state, quiet=quiet)

    def _check(self, *, quiet: bool) -> None:
        """Prints one sentence for each problem; with a problem every search would fall back to the database."""
        if problems := get_engine().problems():
            raise CommandError("\n".join(problems))
        self._say("The search engine is as it should be.", quiet=quiet)

    def _say(self, text: str, *, quiet: bool) -> None:
        if not quiet:
            self.stdout.write(text)


@contextmanager
def _progress(title: str, *, quiet: bool) -> Iterator[rebuild.Progress]:
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, disable=quiet, transient=True) as bar:
        task = bar.add_task(title)
        yield lambda done, total: bar.update(task, completed=done, total=total)

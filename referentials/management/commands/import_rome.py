from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from referentials.management.reporting import show
from referentials.services import TableError, import_rome


class Command(BaseCommand):
    help = "Update occupations or appellations from the CSV files of France Travail's ROME 4.0."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="occupations first, then appellations")
        parser.add_argument("--complete", action="store_true", help="close what the file no longer has")
        parser.add_argument(
            "--accept-closures", type=int, default=0, metavar="N", help="close up to N rows, whatever share they are"
        )

    def handle(self, *, files: list[Path], complete: bool, accept_closures: int, **_: Any) -> None:
        for path in files:
            try:
                show(self.stdout, import_rome(path=path, complete=complete, accept_closures=accept_closures))
            except TableError as error:
                raise CommandError(str(error)) from error

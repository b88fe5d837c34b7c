from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from referentials.management.reporting import show
from referentials.services import REFERENTIALS, TableError, load


class Command(BaseCommand):
    help = (
        "Load communes, occupations, appellations, sectors, commissions and skills; a file already loaded is skipped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", choices=list(REFERENTIALS), help="this referential alone")
        parser.add_argument("--file", type=Path, help="this file instead of the repository's; needs --only")
        parser.add_argument("--force", action="store_true", help="even if the file has been loaded before")
        parser.add_argument(
            "--accept-closures", type=int, default=0, metavar="N", help="close up to N rows, whatever share they are"
        )

    def handle(self, *, only: str | None, file: Path | None, force: bool, accept_closures: int, **_: Any) -> None:
        if file and not only:
            raise CommandError("--file needs --only, to know which referential it replaces")
        for name in [only] if only else REFERENTIALS:
            try:
                report = load(referential=REFERENTIALS[name], path=file, force=force, accept_closures=accept_closures)
            except TableError as error:
                raise CommandError(str(error)) from error
            show(self.stdout, report)

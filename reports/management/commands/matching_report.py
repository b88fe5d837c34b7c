import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forums.models import Edition
from forums.selectors.editions import edition_at
from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from reports.selectors.body import report_body
from reports.selectors.files import TYPES, report_file


class Command(BaseCommand):
    help = "Write the matching report of an edition, as of now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("edition", help="its slug: forum-2026")
        parser.add_argument("--format", choices=sorted(TYPES), default="json")
        parser.add_argument("--output", type=Path, metavar="FILE", help="instead of standard output")

    def handle(self, *, edition: str, output: Path | None, **options: Any) -> None:
        found = edition_at(edition)
        if found is None:
            known = ", ".join(Edition.objects.values_list("event__slug", flat=True)) or "none"
            raise CommandError(f"No edition has the slug {edition!r}. Editions: {known}.")
        content = report_file(report_body(compute(scope_of(found))), options["format"])
        if output is None:
            sys.stdout.buffer.write(content)
            return
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"Cannot write {output}: {error.strerror}.") from error

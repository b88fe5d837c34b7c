from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from medinjob.backup import BackupError
from medinjob.restoring import restore


class Command(BaseCommand):
    help = "Remet une sauvegarde dans un Medinjob vide, met la base à niveau et reconstruit l'index."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0)
        call_command("search_index", "rebuild")
        self.stdout.write(f"Sauvegarde du {manifest['made_at']} restaurée : {len(manifest['sha256'])} éléments.")

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from medinjob.backup import BackupError, backup


class Command(BaseCommand):
    help = "Écrit une sauvegarde complète (base, fichiers, clé) dans FICHIER, pendant que le site tourne."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = backup(options["file"].resolve())
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = options["file"].stat().st_size / 1e6
        self.stdout.write(f"{options['file']} : {len(manifest['sha256'])} éléments, {size:.1f} Mo.")
        self.stdout.write("Ce fichier contient des données personnelles : gardez-le chiffré et hors de cette machine.")

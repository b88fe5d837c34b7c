from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from medinjob.uploads import damaged_uploads

SHOWN = 5


class Command(BaseCommand):
    help = "All that must be done before serving on one machine: database, referentials, demo, index. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo if the database is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_referentials")
        if options["demo"]:
            call_command("load_demo", "--if-empty")
        call_command("search_index", "catch-up")
        self._tell_of_damaged_uploads()

    def _tell_of_damaged_uploads(self) -> None:
        """The site serves without them; only a backup has them."""
        if damaged := list(damaged_uploads()):
            names = ", ".join(damaged[:SHOWN]) + (", …" if len(damaged) > SHOWN else "")
            self.stderr.write(
                f"{len(damaged)} fichier(s) reçu(s) manquent ou sont altérés : {names}. Le site s'en passe ; pour les "
                "retrouver, remettez la dernière sauvegarde dans un dossier neuf : manage.py restore FICHIER"
            )

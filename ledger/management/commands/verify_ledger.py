from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ledger.models import ChainHead
from ledger.selectors.chain import breaks
from ledger.services.chain import hold_chain


class Command(BaseCommand):
    help = "Compare the rows that figures rest on with their chain; fails when one was touched behind the services."

    def handle(self, *args: Any, **options: Any) -> None:
        hold_chain()
        found = breaks()
        for one in found:
            self.stdout.write(f"{one.kind or '-'} {one.row}: {one.what.label} (maillon {one.position})")
        if found:
            raise CommandError(f"La chaîne ne tient pas : {len(found)} écart(s).")
        head = ChainHead.objects.get(pk=1)
        self.stdout.write(f"La chaîne tient : {head.position} maillons, le dernier {head.digest}.")

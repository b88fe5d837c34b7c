from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate

from medinjob.databases import DatabaseError, require_sound


class Command(migrate.Command):
    """Django's, which would change a damaged database, or fill an emptied one as if the site were new."""

    def execute(self, *args: Any, **options: Any) -> Any:
        try:
            require_sound()
        except DatabaseError as error:
            raise CommandError(str(error)) from error
        return super().execute(*args, **options)

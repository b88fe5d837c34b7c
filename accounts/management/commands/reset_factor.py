from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.errors import AccountError
from accounts.models import FactorReset, User
from accounts.services import ask_factor_reset, stop_factor_reset


class Command(BaseCommand):
    help = (
        "Lift the second factor of somebody who lost it when nobody else of the team can: in 24 hours, and the whole "
        "team gets a mail that can stop it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--stop", action="store_true", help="stop a reset that waits")

    def handle(self, *args: Any, email: str, stop: bool, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody has the address {email}.")
        self.stdout.write(self._stop(user) if stop else self._ask(user))

    def _stop(self, user: User) -> str:
        reset = FactorReset.objects.waiting().filter(user=user).first()
        if reset is None or not stop_factor_reset(reset=reset):
            raise CommandError("No reset waits for this account.")
        return "Stopped."

    def _ask(self, user: User) -> str:
        try:
            reset = ask_factor_reset(user=user)
        except AccountError as error:
            raise CommandError(str(error)) from error
        return f"The second factor goes on {timezone.localtime(reset.due_at):%d/%m/%Y at %H:%M} unless it is used."

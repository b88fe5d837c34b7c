import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.models import User
from accounts.services import create_staff, password_link


class Command(BaseCommand):
    help = "Give somebody an account of the team. On a terminal, asks for a password; else prints a link to choose one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="the name shown to others")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(email)
            password = self._ask(email, name) if sys.stdin.isatty() else None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user, created = create_staff(email=email, name=name, password=password)
        self.stdout.write(f"{user.email}: account {'created' if created else 'found'}, now of the team.")
        if not user.has_usable_password():
            self.stdout.write(f"Choose a password at: {password_link(user)}")

    def _ask(self, email: str, name: str) -> str | None:
        """None for an account that has a password already, or when nothing is typed."""
        if User.objects.filter(email__iexact=email).exists():
            return None
        password = getpass("Password (empty: print a link to choose one): ")
        if password:
            validate_password(password, User(email=email, name=name))
        return password or None

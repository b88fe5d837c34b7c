from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.enums import MailState, MailUrgency
from accounts.services import queue_mail, send_due_mails


class Command(BaseCommand):
    help = "Send a mail to ADDRESS through the outbox and say what the mail server answered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        body = f"Ce message d’essai vient de {settings.SITE_URL}.\nThis test message comes from {settings.SITE_URL}."
        mail = queue_mail(to=address, subject="Medinjob : essai d’envoi", body=body, urgency=MailUrgency.AWAITED)
        assert mail is not None
        send_due_mails()
        mail.refresh_from_db()
        if mail.state != MailState.SENT:
            raise CommandError(f"{mail.state}: {mail.error or 'not sent yet, other mails come first'}")
        self.stdout.write("Kept: this machine sends no mail." if settings.MAIL_READ_HERE else "Sent.")

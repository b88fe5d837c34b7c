from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import User
from demo.factories import PASSWORD
from demo.loading.people import CANDIDATE, RECRUITER, STAFF

_ROLES = {CANDIDATE: "candidate", RECRUITER: "recruiter", STAFF: "staff"}


class Command(BaseCommand):
    help = "Print how to sign in to the demo; nothing if its accounts are not here."

    def handle(self, **_: Any) -> None:
        known = set(User.objects.filter(email__in=_ROLES).values_list("email", flat=True))
        for email, role in _ROLES.items():
            if email in known:
                self.stdout.write(f"  {role:10} {email:28} {PASSWORD}")

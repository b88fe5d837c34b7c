from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """What an auditor says of a drawn contract. What cannot be checked weighs as a false one."""

    REAL = "real", _("Réel")
    FALSE = "false", _("Faux")
    UNCHECKED = "unchecked", _("Invérifiable")

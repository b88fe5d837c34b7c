from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

INVITATION_LIFETIME = timedelta(days=14)


class CompanyState(TextChoices):
    """How far Medinsoft knows a company: a trusted one publishes at once."""

    NEW = "new", _("À vérifier")
    TRUSTED = "trusted", _("Vérifiée")
    REFUSED = "refused", _("Refusée")


class CompanySize(TextChoices):
    ONE = "1", _("1 personne")
    MICRO = "2-9", _("2 à 9 personnes")
    SMALL = "10-49", _("10 à 49 personnes")
    MEDIUM = "50-249", _("50 à 249 personnes")
    LARGE = "250+", _("250 personnes et plus")


class MemberRole(TextChoices):
    ADMIN = "admin", _("Administration")
    RECRUITER = "recruiter", _("Recrutement")


class Mark(TextChoices):
    MEMBER = "member", _("Membre Medinsoft")
    PARTNER = "partner", _("Partenaire Medinsoft")

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

INVITATION_LIFETIME = timedelta(days=14)
# From when it was accepted or ran out: it holds the address of somebody who may have no account.
INVITATION_KEPT = timedelta(days=30)


class CompanyState(TextChoices):
    """How far Medinsoft knows a company: a trusted one publishes at once."""

    NEW = "new", _("À vérifier")
    TRUSTED = "trusted", _("Vérifiée")
    REFUSED = "refused", _("Refusée")


class Country(TextChoices):
    """Where a company is registered. Monaco has a register of its own, and no SIRET."""

    FRANCE = "FR", _("France")
    MONACO = "MC", _("Monaco")


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


class CompanyAction(TextChoices):
    """What is written down about a company."""

    CREATED = "created", _("Inscription")
    EDITED = "edited", _("Fiche modifiée")
    RENAMED = "renamed", _("Changement de nom")
    IDENTITY_PROPOSED = "identity_asked", _("Nouvelle identité proposée")
    IDENTITY_ACCEPTED = "identity_ok", _("Nouvelle identité acceptée")
    IDENTITY_DECLINED = "identity_off", _("Nouvelle identité écartée")
    VERIFIED = "verified", _("Entreprise vérifiée")
    REFUSED = "refused", _("Entreprise refusée")
    REVIEW_AGAIN = "review_again", _("Nouvelle vérification demandée")
    MARK_SET = "mark_set", _("Qualité donnée")
    MARK_ENDED = "mark_ended", _("Qualité terminée")
    INVITED = "invited", _("Invitation envoyée")
    INVITATION_CANCELLED = "invitation_off", _("Invitation annulée")
    JOIN_ASKED = "join_asked", _("Demande d’invitation")
    JOINED = "joined", _("Arrivée d’un membre")
    ROLE_CHANGED = "role_changed", _("Changement de rôle")
    MEMBER_REMOVED = "member_removed", _("Membre retiré")
    MEMBER_LEFT = "member_left", _("Départ d’un membre")

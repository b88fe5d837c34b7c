from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FOLLOW_UP_AFTER_DAYS = (7, 90, 180)

FOLLOW_UP_LINK_LIFETIME = timedelta(days=200)  # longer than the longest pause between two dates


class Outcome(TextChoices):
    """What became of a meeting, as one side says it at a follow-up date."""

    GOING_ON = "going_on", _("En cours")
    REFUSED = "refused", _("Sans suite")
    HIRED = "hired", _("Embauche")
    NO_NEWS = "no_news", _("Pas de nouvelles")


FINAL_OUTCOMES = (Outcome.REFUSED, Outcome.HIRED)


class AnswerSource(TextChoices):
    """Where an answer comes from."""

    LINK = "link", _("Lien du courriel")
    ACCOUNT = "account", _("Compte Medinjob")
    PHONE = "phone", _("Téléphone")
    MAIL = "mail", _("Courriel")
    PAPER = "paper", _("Papier")


class Evidence(TextChoices):
    """Who vouches for a contract."""

    COMPANY = "company", _("Déclaré par l'entreprise")
    CANDIDATE = "candidate", _("Déclaré par la personne")
    STAFF = "staff", _("Saisi par Medinsoft")
    DOCUMENT = "document", _("Document vu")
    DPAE = "dpae", _("DPAE donnée")


class EvidenceLevel(TextChoices):
    """What the evidence of an entry amounts to, weakest first."""

    STAFF = "staff", _("Saisi par Medinsoft")
    CANDIDATE = "candidate", _("Déclaré par la personne")
    COMPANY = "company", _("Déclaré par l'entreprise")
    BOTH = "both", _("Déclaré par les deux")
    DPAE = "dpae", _("DPAE donnée")
    DOCUMENT = "document", _("Document vu")


class LedgerAction(TextChoices):
    RECORD = "record", _("Inscrit")
    VOUCH = "vouch", _("Preuve ajoutée")
    WITHDRAW = "withdraw", _("Déclaration retirée")
    CORRECT = "correct", _("Corrigé")
    CANCEL = "cancel", _("Annulé avant le début")
    REOPEN = "reopen", _("Rétabli")
    RENEW = "renew", _("Renouvellement")
    MERGE = "merge", _("Réuni à un autre")
    ATTRIBUTE = "attribute", _("Rattaché")
    ERASE = "erase", _("Identité effacée")


class AttributionKind(TextChoices):
    """`docs/attribution.md` has the rule."""

    DIRECT = "direct", _("Directe")
    ASSISTED = "assisted", _("Assistée")


class ChainAction(TextChoices):
    """Why a row has a link of the chain. ADOPT: it was there before there was a chain."""

    ADOPT = "adopt", _("Repris")
    WRITE = "write", _("Écrit")
    CHANGE = "change", _("Changé")
    ERASE = "erase", _("Identité effacée")
    ODD = "odd", _("Changé hors de l'application")


class Break(TextChoices):
    """How the chain and the rows do not agree."""

    LINK = "link", _("maillon altéré, retiré ou déplacé")
    END = "end", _("fin de la chaîne coupée")
    ADDED = "added", _("ligne ajoutée sans maillon")
    REMOVED = "removed", _("ligne retirée")
    CHANGED = "changed", _("ligne changée sans maillon")
    REWRITTEN = "rewritten", _("ligne qui ne change jamais, réécrite")

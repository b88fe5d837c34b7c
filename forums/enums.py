from datetime import timedelta
from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

REMINDERS_BEFORE = (timedelta(days=7), timedelta(days=1))
ATTRIBUTION_DAYS = 180
UNCONFIRMED_KEPT = timedelta(days=14)
BLANK_BADGES_MOST = 500
PROPOSAL_LIFETIME = timedelta(days=14)  # for the person to confirm an application that a stand typed
ATTENDEES_FORGOTTEN_AFTER = timedelta(days=730)  # without an account: as a candidate's data (CNIL, 2023)


class Rounding(TextChoices):
    """How a share is printed with two decimals."""

    TRUNCATED = "truncated", _("Tronquée")
    HALF_UP = "half_up", _("Arrondie")


class CostKey(TextChoices):
    """How the cost of an action is allocated between its events."""

    EQUAL = "equal", _("À parts égales")
    PARTICIPANTS = "participants", _("Au prorata des participants")
    STATED = "stated", _("Parts fixées (en pour cent)")


class BudgetSide(TextChoices):
    EXPENSE = "expense", _("Charges")
    INCOME = "income", _("Produits")


class EditionState(TextChoices):
    DRAFT = "draft", _("En préparation")
    ANNOUNCED = "announced", _("Annoncée")
    CLOSED = "closed", _("Close")
    CANCELLED = "cancelled", _("Annulée")


class EditionAction(TextChoices):
    CREATE = "create", _("Créée")
    ANNOUNCE = "announce", _("Annoncée")
    CLOSE = "close", _("Close")
    REOPEN = "reopen", _("Rouverte")
    CANCEL = "cancel", _("Annulée")
    EDIT = "edit", _("Modifiée")


class LateKind(TextChoices):
    """What is added to a closed edition."""

    ENTRY = "entry", _("Entrée retrouvée")
    UNDO = "undo", _("Entrée retirée")
    MEETING = "meeting", _("Rencontre retrouvée")
    POSITIONS = "positions", _("Nombre de postes corrigé")


class VenueKind(TextChoices):
    ON_SITE = "on_site", _("Sur place")
    ONLINE = "online", _("En ligne")


class ExhibitorState(TextChoices):
    REQUESTED = "requested", _("Demandée")
    WAITING = "waiting", _("Liste d'attente")
    ACCEPTED = "accepted", _("Acceptée")
    REFUSED = "refused", _("Refusée")
    CANCELLED = "cancelled", _("Annulée")


class ExhibitorAction(TextChoices):
    REQUEST = "request", _("Demandée")
    ACCEPT = "accept", _("Acceptée")
    REFUSE = "refuse", _("Refusée")
    PUT_ON_WAITING_LIST = "wait", _("Mise en liste d'attente")
    CANCEL = "cancel", _("Annulée")
    SHOW = "show", _("Offre présentée")
    HIDE = "hide", _("Offre retirée")


class AttendeeKind(TextChoices):
    CANDIDATE = "candidate", _("Candidat")
    VISITOR = "visitor", _("Visiteur")


class AttendeeState(TextChoices):
    TO_CONFIRM = "to_confirm", _("À confirmer")
    REGISTERED = "registered", _("Inscrite")
    WAITING = "waiting", _("Liste d'attente")
    CANCELLED = "cancelled", _("Annulée")


class AttendeeAction(TextChoices):
    REGISTER = "register", _("Inscription")
    CONFIRM = "confirm", _("Adresse confirmée")
    PUT_ON_WAITING_LIST = "wait", _("Mise en liste d'attente")
    ADMIT = "admit", _("Place obtenue")
    CANCEL = "cancel", _("Annulation")
    WALK_IN = "walk_in", _("Inscription à l'entrée")


class EntrySource(TextChoices):
    """How an entry came to be known."""

    SCAN = "scan", _("Badge lu")
    NAME = "name", _("Nom cherché")
    WALK_IN = "walk_in", _("Inscription à l'entrée")
    PAPER = "paper", _("Papier")


class PassKind(TextChoices):
    DOOR = "door", _("Entrée")
    STAND = "stand", _("Stand")


class PassValidity(Enum):
    """Why a pass opens, or does not."""

    VALID = "valid"
    EARLY = "early"
    OVER = "over"
    REVOKED = "revoked"


class Tone(Enum):
    """What the door says at one glance: come in, in already, stop, or which of these."""

    IN = "in"
    AGAIN = "again"
    STOP = "stop"
    CHOOSE = "choose"


class Live(TextChoices):
    """The figures of the day as it goes."""

    PRESENT = "present", _("Personnes présentes")
    STANDS = "stands", _("Personnes des stands")
    OPENED = "opened", _("Badges lus aux stands")
    HELD = "held", _("Rencontres tenues")
    APPLICATIONS = "applications", _("Candidatures aux stands")
    REQUESTS = "requests", _("Demandes d'information")


class Shared(TextChoices):
    """What a person may share with a stand besides their name."""

    EMAIL = "email", _("Mon adresse e-mail")
    PROFILE = "profile", _("Mon profil Medinjob")
    CV = "cv", _("Mon CV, si je postule à ce stand")


class MeetingState(TextChoices):
    OPENED = "opened", _("Badge lu")
    STARTED = "started", _("Commencé")
    DONE = "done", _("Tenu")
    NO_SHOW = "no_show", _("Absence")


class MeetingAction(TextChoices):
    OPEN = "open", _("Badge lu")
    AGREE = "agree", _("Partage accepté")
    DECLINE = "decline", _("Partage refusé")
    START = "start", _("Commencé")
    FINISH = "finish", _("Tenu")
    MISS = "miss", _("Absence")
    REOPEN = "reopen", _("Rouvert")
    CONFIRM = "confirm", _("Confirmé par l'autre partie")


class MeetingSource(TextChoices):
    SCAN = "scan", _("Badge lu au stand")
    REPORTED = "reported", _("Déclaré après coup, confirmé")
    PAPER = "paper", _("Papier retrouvé après la clôture")

from datetime import timedelta

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

JOB_LIFETIME = timedelta(days=60)
REMINDER_BEFORE = timedelta(days=7)
DEADLINE_LINK_LIFETIME = timedelta(days=21)
TAKE_BACK_WITHIN = timedelta(minutes=10)  # a closing by its company; mails on it wait as long
RENEWABLE_BEFORE = timedelta(days=14)
# An import that has not moved for so long was killed.
IMPORT_SILENCE = timedelta(minutes=10)
# A source that has not changed is read again all the same: its offers count their days from when an import saw them.
IMPORT_REREAD_AFTER = timedelta(days=7)
IMPORT_FAILURES_TOLD = 3
# Refused rows are other people's offers, as they came.
REFUSED_ROWS_KEPT = timedelta(days=30)
IMPORT_RUNS_KEPT = timedelta(days=365)


class OfferKind(TextChoices):
    JOB = "job", _("Emploi")
    TRAINING = "training", _("Formation")


class OfferState(TextChoices):
    DRAFT = "draft", _("Brouillon")
    IN_REVIEW = "in_review", _("En relecture")
    PUBLISHED = "published", _("Publiée")
    PAUSED = "paused", _("En pause")
    FILLED = "filled", _("Pourvue")
    EXPIRED = "expired", _("Expirée")
    WITHDRAWN = "withdrawn", _("Retirée")
    REJECTED = "rejected", _("Refusée")


class RecruiterAction(TextChoices):
    """What a recruiter may do with offers of a list; each is an action of `jobs.transitions`."""

    RENEW = "renew", _("Prolonger")
    RESUME = "resume", _("Remettre en ligne")
    PAUSE = "pause", _("Mettre en pause")
    FILL = "fill", _("Marquer comme pourvue")
    UNSUBMIT = "unsubmit", _("Reprendre en brouillon")
    WITHDRAW = "withdraw", _("Retirer")


OPEN_STATES = (OfferState.DRAFT, OfferState.IN_REVIEW, OfferState.PUBLISHED, OfferState.PAUSED)
CLOSED_STATES = (OfferState.FILLED, OfferState.EXPIRED, OfferState.WITHDRAWN, OfferState.REJECTED)


class OfferSource(TextChoices):
    LOCAL = "local", _("Publiée ici")
    FRANCE_TRAVAIL = "france-travail", _("France Travail")


class ContractType(TextChoices):
    CDI = "cdi", _("CDI")
    CDD = "cdd", _("CDD")
    APPRENTICESHIP = "apprentissage", _("Apprentissage")
    PROFESSIONALISATION = "professionnalisation", _("Contrat de professionnalisation")
    INTERNSHIP = "stage", _("Stage")
    TEMPORARY = "interim", _("Intérim")
    TEMPORARY_CDI = "cdi-interimaire", _("CDI intérimaire")
    FREELANCE = "freelance", _("Freelance")
    SEASONAL = "saisonnier", _("Saisonnier")
    OTHER = "autre", _("Autre contrat")


class Remote(TextChoices):
    NONE = "none", _("Sur place")
    PARTIAL = "partial", _("Télétravail partiel")
    FULL = "full", _("Télétravail complet")


class PayUnit(TextChoices):
    HOUR = "hour", _("par heure")
    DAY = "day", _("par jour")
    MONTH = "month", _("par mois")
    YEAR = "year", _("par an")


class Experience(TextChoices):
    """Asked-for experience; the bounds are in years, lower one included."""

    BEGINNER = "0", _("Débutant accepté")
    JUNIOR = "1", _("1 à 3 ans")
    CONFIRMED = "3", _("3 à 5 ans")
    SENIOR = "5", _("5 ans et plus")


class EducationLevel(IntegerChoices):
    """Levels of the French framework of qualifications (décret n° 2019-14)."""

    NONE = 0, _("Sans diplôme")
    CAP = 3, _("CAP, BEP (niveau 3)")
    BAC = 4, _("Bac (niveau 4)")
    BAC2 = 5, _("Bac + 2 (niveau 5)")
    BAC3 = 6, _("Bac + 3 ou 4 (niveau 6)")
    BAC5 = 7, _("Bac + 5 (niveau 7)")
    DOCTORATE = 8, _("Doctorat (niveau 8)")


class ApplyBy(TextChoices):
    HERE = "here", _("Sur Medinjob")
    EXTERNAL = "external", _("Sur un autre site")


class Modality(TextChoices):
    ON_SITE = "on-site", _("En présentiel")
    REMOTE = "remote", _("À distance")
    MIXED = "mixed", _("Mixte")


class Funding(TextChoices):
    CPF = "cpf", _("CPF")
    REGION = "region", _("Région")
    FRANCE_TRAVAIL = "france-travail", _("France Travail")
    OPCO = "opco", _("OPCO")
    EMPLOYER = "employer", _("Employeur")


class ReportReason(TextChoices):
    DISCRIMINATORY = "discriminatory", _("Discriminatoire")
    OUTDATED = "outdated", _("Plus d'actualité")
    FAKE = "fake", _("Fausse offre")
    DISGUISED_TRAINING = "disguised-training", _("Formation présentée comme un emploi")
    SCAM = "scam", _("Arnaque")
    OTHER = "other", _("Autre")


class ReportState(TextChoices):
    RECEIVED = "received", _("À traiter")
    UPHELD = "upheld", _("Signalement retenu")
    DISMISSED = "dismissed", _("Sans suite")


class Decision(TextChoices):
    """What staff do with an offer; "both" is with its company, which is new."""

    APPROVE = "approve", _("Publier")
    APPROVE_BOTH = "approve-both", _("Vérifier l'entreprise et publier l'offre")
    REJECT = "reject", _("Renvoyer à corriger")
    REJECT_BOTH = "reject-both", _("Refuser l'entreprise et l'offre")
    CHECK = "check", _("Contrôlée, rien à redire")
    WITHDRAW = "withdraw", _("Retirer définitivement")
    RESTORE = "restore", _("Remettre en ligne")


MOTIVATED_DECISIONS = frozenset({Decision.REJECT, Decision.REJECT_BOTH, Decision.WITHDRAW})


class OfferAction(TextChoices):
    """What an event says: the actions of `jobs.transitions`, and what happens without a change of state."""

    SUBMIT = "submit", _("Envoyée en relecture")
    UNSUBMIT = "unsubmit", _("Reprise en brouillon")
    PUBLISH = "publish", _("Publiée")
    REVIEW_AGAIN = "review_again", _("À relire de nouveau")
    REJECT = "reject", _("Renvoyée à corriger")
    PAUSE = "pause", _("Mise en pause")
    RESUME = "resume", _("Remise en ligne après une pause")
    RENEW = "renew", _("Prolongée")
    FILL = "fill", _("Pourvue")
    EXPIRE = "expire", _("Expirée")
    WITHDRAW = "withdraw", _("Retirée")
    RESTORE = "restore", _("Remise en ligne par l'équipe")
    REOPEN = "reopen", _("Rendue à son brouillon")
    UNDO = "undo", _("Fermeture annulée")
    EDIT = "edit", _("Modifiée")
    CHECK = "check", _("Contrôlée")
    REPORT_DISMISS = "report_dismiss", _("Signalement sans suite")
    REPORT_REJECT = "report_reject", _("Signalement retenu : à corriger")
    REPORT_WITHDRAW = "report_withdraw", _("Signalement retenu : retirée")
    REPORT_NOTE = "report_note", _("Signalement retenu")


class ReportOutcome(TextChoices):
    """What staff make of an offer's reports: all but the first uphold them."""

    DISMISS = "dismiss", _("Classer sans suite")
    REJECT = "reject", _("Retenir : renvoyer l'offre à corriger")
    WITHDRAW = "withdraw", _("Retenir : retirer l'offre")
    NOTE = "note", _("Retenir : l'offre n'est plus en ligne")


class ModerationQueue(TextChoices):
    """Where an offer waits for staff. Imports wait apart: there may be thousands."""

    OFFERS = "offers", _("À relire")
    IMPORTS = "imports", _("Imports signalés")
    CHECK = "check", _("À contrôler")


class Flag(TextChoices):
    """Why an offer waits for a moderator."""

    NOT_DIGITAL = "not-digital", _("Hors du numérique ?")
    NO_PAY = "no-pay", _("Sans rémunération")
    NEW_COMPANY = "new-company", _("Première offre de l'entreprise")
    SUSPICIOUS = "suspicious", _("Contenu à vérifier")
    GRAVE = "grave", _("Mots graves")
    SAMPLED = "sampled", _("Contrôle par sondage")


class ImportState(TextChoices):
    RUNNING = "running", _("En cours")
    DONE = "done", _("Terminé")
    UNCHANGED = "unchanged", _("Inchangé")
    FAILED = "failed", _("En échec")
    HELD = "held", _("À confirmer")


class AbsenceAnswer(TextChoices):
    """What became of the question whether the many offers that a file lacks are withdrawn."""

    ACCEPTED = "accepted", _("Retrait confirmé par l'équipe")
    KEPT = "kept", _("Rien n'a été retiré, par décision de l'équipe")
    OUTDATED = "outdated", _("Question dépassée : un import plus récent a eu lieu")


class SourceState(TextChoices):
    """What staff see of a source of imports."""

    RUNNING = "running", _("Import en cours")
    ASKED = "asked", _("Import demandé")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("En pause")


class ImportProblem(TextChoices):
    """Why an import failed, in a sentence for staff; `ImportRun.detail` may say more."""

    ADDRESS = "address", _("Cette adresse n'est pas permise : il faut une adresse https:// d'un site public.")
    FILE_OUTSIDE = "file-outside", _("Ce nom sort du dossier des imports.")
    FILE_MISSING = "file-missing", _("Ce fichier n'est pas dans le dossier des imports.")
    NOT_FOUND = "not-found", _("Il n'y a pas (ou plus) de fichier à cette adresse.")
    STATUS = "status", _("Le serveur de la source a répondu par une erreur.")
    REDIRECT = "redirect", _("L'adresse renvoie vers une autre qui n'est pas permise.")
    UNREACHABLE = "unreachable", _("Le serveur de la source ne répond pas.")
    TOO_SLOW = "too-slow", _("Le téléchargement a duré trop longtemps.")
    BROKEN = "broken", _("Le téléchargement s'est interrompu : rien n'a été importé.")
    TOO_LARGE = "too-large", _("Le fichier est trop gros : rien n'a été importé.")
    CUT = "cut", _("Le fichier s'interrompt : ce qui précède est importé, rien n'a été retiré.")
    EMPTY = "empty", _("Le fichier ne contient aucune offre : rien n'a été retiré.")
    NOT_OFFERS = "not-offers", _("Aucune ligne du fichier ne se lit comme une offre : rien n'a été retiré.")
    PARTIAL = "partial", _("Une partie du fichier n'est pas des offres : le reste est importé, rien n'a été retiré.")
    ALL_REFUSED = "all-refused", _("Toutes les lignes du fichier sont refusées : rien n'a été retiré.")
    MEMORY = "memory", _("L'import demandait trop de mémoire : il a été arrêté, rien n'a été retiré.")
    STOPPED = "stopped", _("Arrêté par l'équipe : ce qui était écrit est gardé, rien n'a été retiré.")
    INTERRUPTED = "interrupted", _("L'import a été tué avant la fin ; le suivant reprend tout.")
    UNEXPECTED = "unexpected", _("Une erreur imprévue a arrêté l'import ; le journal du serveur la décrit.")

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from jobs.enums import ContractType

DRAFT_LIFETIME = timedelta(days=14)
CV_LINK_LIFETIME = timedelta(minutes=15)
SILENCE_AFTER = timedelta(days=14)  # the candidate is told that the company has not answered
DIGESTS_AFTER = (timedelta(days=7), timedelta(days=14))
AUTOMATIC_CLOSE_AFTER = timedelta(days=60)
CLOSE_WARNING_BEFORE = timedelta(days=7)
# A company's answers are counted over this period, once this many applications have had time to be answered.
FIGURES_PERIOD = timedelta(days=365)
FIGURES_MINIMUM = 5
CONTRACT_START_BEFORE = timedelta(days=31)  # one may begin work and sign a little later
CONTRACT_START_AFTER = timedelta(days=366)
BULK_LIMIT = 100
SAVED_SEARCHES_MOST = 50
INVITATIONS_A_DAY = 30  # of one company
# Alerts told at once gather: an hour between two mails to a person. While an import runs, or the index is behind, what
# is found waits for the rest; but not for ever.
ALERT_GAP = timedelta(hours=1)
# An imported offer that its source published longer ago is told to nobody as new.
ALERT_OF_SOURCE = timedelta(days=14)
ALERT_WAITS_FOR_IMPORT = timedelta(hours=6)
ALERT_WAITS_FOR_INDEX = timedelta(hours=1)
ALERT_HOUR = 8  # when daily alerts leave, and weekly ones on Monday
# Recruitment data: two years after the last contact (CNIL, guide du recrutement, 2023).
NOTICE_AFTER = timedelta(days=23 * 365 // 12)
ANONYMISED_AFTER = timedelta(days=24 * 365 // 12)
COMPANY_INTEREST_KEPT = timedelta(days=365)  # invitations to apply, and who opened a profile


class Channel(TextChoices):
    SITE = "site", _("Medinjob")
    FORUM = "forum", _("Forum Medinjob")


class ApplicationState(TextChoices):
    SENT = "sent", _("Envoyée")
    SEEN = "seen", _("Vue")
    SHORTLISTED = "shortlisted", _("Présélectionnée")
    INTERVIEW = "interview", _("Entretien")
    OFFER_MADE = "offer_made", _("Proposition faite")
    HIRED = "hired", _("Embauche")
    REFUSED = "refused", _("Refusée")
    WITHDRAWN = "withdrawn", _("Retirée")
    CLOSED = "closed", _("Close sans réponse")


# What a request for information about a training calls some states.
REQUEST_STATES = {
    ApplicationState.INTERVIEW: _("Rendez-vous"),
    ApplicationState.REFUSED: _("Sans suite"),
}
OPEN_STATES = (
    ApplicationState.SENT,
    ApplicationState.SEEN,
    ApplicationState.SHORTLISTED,
    ApplicationState.INTERVIEW,
    ApplicationState.OFFER_MADE,
)
# What counts as an answer of the company: opening the page does not.
ANSWERED_STATES = (
    ApplicationState.SHORTLISTED,
    ApplicationState.INTERVIEW,
    ApplicationState.OFFER_MADE,
    ApplicationState.HIRED,
    ApplicationState.REFUSED,
)


# Nobody has answered yet.
WAITING_STATES = (ApplicationState.SENT, ApplicationState.SEEN)


class Stage(TextChoices):
    """The tabs of an inbox."""

    TODO = "todo", _("À traiter")
    ONGOING = "ongoing", _("En cours")
    DONE = "done", _("Terminées")


STAGES: dict[str, tuple[ApplicationState, ...]] = {
    Stage.TODO: WAITING_STATES,
    Stage.ONGOING: (ApplicationState.SHORTLISTED, ApplicationState.INTERVIEW, ApplicationState.OFFER_MADE),
    Stage.DONE: (
        ApplicationState.HIRED,
        ApplicationState.REFUSED,
        ApplicationState.WITHDRAWN,
        ApplicationState.CLOSED,
    ),
}


class ApplicationAction(TextChoices):
    """What happens to an application, as its history says it."""

    SEND = "send", _("Envoyée")
    COMPLETE = "complete", _("Complétée")
    SEE = "see", _("Vue par l'entreprise")
    SHORTLIST = "shortlist", _("Présélectionnée")
    INVITE = "invite", _("Invitation à un entretien")
    MAKE_OFFER = "make_offer", _("Proposition faite")
    HIRE = "hire", _("Embauche décidée")
    REFUSE = "refuse", _("Refusée")
    REOPEN = "reopen", _("Rouverte par l'entreprise")
    WITHDRAW = "withdraw", _("Retirée par la personne candidate")
    CLOSE = "close", _("Close sans réponse")
    OFFER_CLOSED = "offer_closed", _("L'offre est close")


class AnswerAction(TextChoices):
    """The answers that go with words of the company."""

    SHORTLIST = "shortlist", _("Présélectionner")
    INVITE = "invite", _("Inviter à un entretien")
    MAKE_OFFER = "make_offer", _("Faire une proposition")
    HIRE = "hire", _("Embaucher")
    REFUSE = "refuse", _("Refuser")


REQUEST_ANSWERS = {
    AnswerAction.INVITE: _("Proposer un rendez-vous"),
    AnswerAction.REFUSE: _("Ne pas donner suite"),
}


class Side(TextChoices):
    CANDIDATE = "candidate", _("Candidat")
    COMPANY = "company", _("Entreprise")
    SYSTEM = "system", _("Medinjob")


class ContractKind(TextChoices):
    """What a signed contract is counted as."""

    EMPLOYMENT = "employment", _("Contrat de travail")
    INTERNSHIP = "internship", _("Stage")
    FREELANCE = "freelance", _("Mission d'indépendant")


# A contrat de travail: Code du travail, L1221-1 and following; an internship is none (Code de l'éducation, L124-7).
CONTRACT_KINDS: dict[str, ContractKind] = {
    ContractType.CDI: ContractKind.EMPLOYMENT,
    ContractType.CDD: ContractKind.EMPLOYMENT,
    ContractType.APPRENTICESHIP: ContractKind.EMPLOYMENT,
    ContractType.PROFESSIONALISATION: ContractKind.EMPLOYMENT,
    ContractType.TEMPORARY: ContractKind.EMPLOYMENT,
    ContractType.TEMPORARY_CDI: ContractKind.EMPLOYMENT,
    ContractType.SEASONAL: ContractKind.EMPLOYMENT,
    ContractType.INTERNSHIP: ContractKind.INTERNSHIP,
    ContractType.FREELANCE: ContractKind.FREELANCE,
}


class Frequency(TextChoices):
    AT_ONCE = "at-once", _("Dès qu'une offre paraît")
    DAILY = "daily", _("Chaque jour")
    WEEKLY = "weekly", _("Chaque semaine")


class Access(TextChoices):
    """What somebody opened of a candidate."""

    CV = "cv", _("CV ouvert")
    MESSAGES = "messages", _("Messages lus par l’équipe de Medinsoft")
    PROFILE = "profile", _("Profil ouvert")

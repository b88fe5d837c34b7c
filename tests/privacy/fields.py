"""Every column of ours, and of the packages whose tables we fill, that may hold words: each is filled by the test with
the person's name, address and telephone number, or has its reason here why it holds none of them."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import BinaryField, CharField, Field, FileField, JSONField, Model, TextField

HOLDING = (BinaryField, CharField, FileField, JSONField, TextField)
PACKAGES = {"account", "auth", "contenttypes", "mfa", "sessions"}

OFFER = "the company's published words about an offer; its author is no part of it"
COMPANY = "a company's own face: not of a person"
TEAM = "the team's public words about the forum"
FACT = "chosen from a list, or a fact of a public referential"
TECHNICAL = "written by the program: a number, a digest, a random word"

# By model, or by field.
REASONS = {
    **dict.fromkeys(
        [f"referentials.{name}" for name in ("ReferentialVersion", "Commune", "Occupation", "Appellation", "Sector")],
        FACT,
    ),
    **dict.fromkeys(["referentials.Commission", "referentials.Skill", "contenttypes.ContentType"], FACT),
    **dict.fromkeys(["auth.Permission", "auth.Group"], "names of rights"),
    **dict.fromkeys(["accounts.Heartbeat", "accounts.Incident"], TECHNICAL),
    "accounts.User.password": TECHNICAL,
    "accounts.OpenSession.session_key": TECHNICAL,
    "accounts.UnsentForm.token": TECHNICAL,
    "accounts.OutgoingMail.key": "ids and dates: tests/accounts/test_mail.py",
    "account.EmailConfirmation.key": TECHNICAL,
    "sessions.Session.session_key": TECHNICAL,
    **dict.fromkeys(
        [
            f"companies.Company.{name}"
            for name in ("name", "name_folded", "slug", "siret", "description", "website", "logo")
        ],
        COMPANY,
    ),
    "companies.ProposedIdentity": COMPANY,
    "companies.Invitation.token": TECHNICAL,
    **dict.fromkeys(
        [
            *(
                f"jobs.Offer.{name}"
                for name in ("employer_name", "title", "text", "other_skills", "apply_url", "flags")
            ),
            *(
                f"jobs.Offer.{name}"
                for name in (
                    "source_id",
                    "source_url",
                    "source_hash",
                    "employer_siret",
                    "employer_folded",
                    "title_folded",
                )
            ),
            "jobs.OfferPlace",
            "jobs.JobDetails",
            "jobs.TrainingDetails",
            "jobs.OfferCollection",
        ],
        OFFER,
    ),
    **dict.fromkeys(["jobs.OfferEvent.before", "jobs.OfferEvent.after"], "states"),
    **dict.fromkeys(["jobs.ImportSource", "jobs.ImportRun"], "files of offers, and the process that reads them"),
    "jobs.OfferReport.language": FACT,
    "jobs.ReasonTemplate": "the team's models of answers, before anybody is concerned",
    "search.IndexRefusal": OFFER,
    **dict.fromkeys(
        [f"candidates.ApplicationEvent.{name}" for name in ("before", "after")]
        + [
            f"forums.{model}Event.{name}"
            for model in ("Edition", "Exhibitor", "Attendee", "Meeting")
            for name in ("before", "after")
        ],
        "states",
    ),
    "candidates.ApplicationDraft.token": TECHNICAL,
    "candidates.CV.content_type": TECHNICAL,
    "candidates.CV.sha256": TECHNICAL,
    "candidates.CV.file": "a random name; the files themselves are searched",
    "candidates.DataAccess.what": FACT,
    "candidates.RetentionEvent": FACT,
    "accounts.MailAttachment.content_type": TECHNICAL,
    **dict.fromkeys(
        [f"forums.{name}" for name in ("Action", "BudgetLine", "Grant", "Event", "DeclaredFigure", "Venue")], TEAM
    ),
    **dict.fromkeys(["forums.Edition", "forums.ProgrammeItem"], TEAM),
    "forums.Exhibitor.stand": TECHNICAL,
    "forums.Exhibitor.frozen": "what the company was when the edition closed",
    "forums.ShownOffer": "what the offer was when the edition closed",
    "forums.Badge": TECHNICAL,
    "forums.Attendee.person": "a pseudonym",
    "forums.Attendee.language": FACT,
    "ledger.LedgerEntry.person": "a pseudonym",
    **dict.fromkeys(["ledger.ChainHead", "ledger.ChainLink"], "digests and salted commitments"),
    "ledger.Attribution": "ids and dates of the facts that decided",
    **dict.fromkeys(
        [f"reports.Snapshot.{name}" for name in ("token", "body", "sha256", "detail", "key", "signature")],
        "figures, companies and offers; a snapshot names no person (tests/reports)",
    ),
    "reports.TimeStamp": TECHNICAL,
    "reports.PortalOffer": "what the offer was when the edition closed",
    **dict.fromkeys(
        ["reports.AuditLink.sample", "reports.AuditLink.seed", "reports.AuditVisit", "reports.AuditDraw"], TECHNICAL
    ),
}


def fields() -> Iterator[tuple[str, type[Model], Field]]:
    """Each with its name, as "accounts.User.email"."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, HOLDING) and not field.choices:
                yield f"{model._meta.label}.{field.name}", model, field


def to_fill() -> dict[str, tuple[type[Model], Field]]:
    return {
        name: (model, field)
        for name, model, field in fields()
        if name not in REASONS and name.rpartition(".")[0] not in REASONS
    }

"""All that is held of a person, as plain values for a file they take away (RGPD, articles 15 and 20)."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import F, Prefetch

from accounts.models import FactorReset, OpenSession, OutgoingMail, UnsentForm
from candidates.models import CV, Application, CandidateProfile, Contract, DataAccess, SavedSearch
from candidates.selectors.invitations import received_invitations
from candidates.selectors.own import own_drafts
from candidates.selectors.snapshots import frozen_profile
from candidates.signals import export_asked
from companies.models import Membership


def everything_about(user: Any) -> dict[str, Any]:
    """JSON but for its dates. What others wrote of this person is in it; who of a company wrote it is not."""
    profile = CandidateProfile.objects.filter(user=user).first()
    sections: dict[str, Any] = {
        "account": _fields(user, "email", "name", "language", "date_joined", "last_login"),
        **_signing_in(user),
        "profile": _profile(profile) if profile else None,
        "cvs": [_cv(cv) for cv in CV.objects.filter(owner=user)],
        "applications": [_application(row) for row in _applications(user)],
        "drafts": [
            {"offer": draft.offer.title, **_fields(draft, "name", "email", "message", "created_at", "expires_at")}
            for draft in own_drafts(user)
        ],
        **_interest_of_companies(user),
        "saved_searches": [
            _fields(row, "label", "query", "frequency", "active", "created_at", "last_sent_at")
            for row in SavedSearch.objects.filter(user=user)
        ],
        "mails": [
            _fields(mail, "subject", "body", "state", "created_at", "sent_at")
            for mail in OutgoingMail.objects.filter(to=user.email)
        ],
        "unsent_forms": [_fields(row, "page", "words", "created_at") for row in UnsentForm.objects.of(user)],
        "memberships": [
            {"company": row.company.name, **_fields(row, "role", "since")}
            for row in Membership.objects.filter(user=user).select_related("company")
        ],
    }
    answers: Any = export_asked.send(sender=CandidateProfile, user=user)
    for _receiver, more in answers:
        sections |= more
    return sections


def _signing_in(user: Any) -> dict[str, Any]:
    """No secret of a session or a factor, nor who of the team lifted one."""
    sessions, resets = OpenSession.objects.filter(user=user), FactorReset.objects.filter(user=user)
    return {
        "addresses": list(EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified", "primary")),
        "sessions": list(sessions.values("browser", "system", "network", "created_at", "seen_at")),
        "factor_resets": list(resets.values("asked_at", "due_at", "done_at", "stopped_at")),
    }


def _interest_of_companies(user: Any) -> dict[str, Any]:
    openings = DataAccess.objects.filter(profile__user=user).values("what", "at", company_name=F("company__name"))
    return {
        "invitations": [
            {
                "offer": row.offer.title,
                "company": row.offer.employer,
                **_fields(row, "message", "sent_at", "declined_at"),
            }
            for row in received_invitations(user)
        ],
        "profile_accesses": list(openings),
    }


def cv_path(cv: CV) -> str:
    """Where the export keeps a file."""
    return f"cv/{cv.pk}-{cv.filename}"


def _applications(user: Any) -> Any:
    contracts = Prefetch("contracts", Contract.objects.select_related("cancellation"))
    accesses = Prefetch("accesses", DataAccess.objects.order_by("pk"))
    rows = Application.objects.of_candidate(user).select_related("offer", "company", "cv")
    return rows.prefetch_related("events", "messages", "notes", contracts, accesses)


def _application(row: Application) -> dict[str, Any]:
    dates = ("sent_at", "seen_at", "answered_at", "closed_at")
    return {
        "offer": row.offer.title,
        "company": row.company.name if row.company else row.offer.employer,
        **_fields(row, "channel", "state", "name", "email", "message", "refusal", "profile", *dates),
        "cv": cv_path(row.cv) if row.cv else None,
        "history": [_fields(event, "action", "before", "after", "side", "at") for event in row.events.all()],
        "messages": [_fields(message, "side", "text", "at") for message in row.messages.all()],
        "notes_of_the_company": [_fields(note, "text", "at") for note in row.notes.all()],
        "accesses": [_fields(access, "what", "reason", "at") for access in row.accesses.all()],
        "contracts": [_contract(contract) for contract in row.contracts.all()],
    }


def _contract(row: Contract) -> dict[str, Any]:
    end = getattr(row, "cancellation", None)
    return {
        **_fields(row, "id", "type", "job_title", "signed_on", "starts_on", "declared_side", "declared_at", "reason"),
        "corrects": row.corrects_id,
        "cancelled": _fields(end, "reason", "at") if end else None,
    }


def _profile(profile: CandidateProfile) -> dict[str, Any]:
    hidden_from = list(profile.hidden_from.values_list("name", flat=True))
    facts = {**frozen_profile(profile), "hidden_from": hidden_from}
    return {**facts, **_fields(profile, "visible", "dismissed", "created_at", "last_contact_at")}


def _cv(cv: CV) -> dict[str, Any]:
    facts = _fields(cv, "filename", "content_type", "size", "sha256", "text", "uploaded_at", "removed_at")
    return {"file": cv_path(cv), **facts}


def _fields(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}

"""A person everywhere: a row of every table that may hold their words, and these words in every column."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import BinaryField, EmailField, FileField, JSONField
from django.test import Client
from django.utils import timezone

from accounts.models import FactorReset, MailAttachment, OpenSession, OutgoingMail, UnsentForm
from candidates import models as candidates
from companies.models import CompanyEvent
from demo.factories import (
    ActionFactory,
    ApplicationFactory,
    ApplyInvitationFactory,
    AttendeeFactory,
    AuditLinkFactory,
    CompanyFactory,
    ContractFactory,
    CVFactory,
    DraftFactory,
    EditionFactory,
    EntryFactory,
    ExhibitorFactory,
    GrantFactory,
    InvitationFactory,
    LedgerEntryFactory,
    MeetingFactory,
    MembershipFactory,
    OfferFactory,
    PassFactory,
    ProfileFactory,
    ReportedMeetingFactory,
    ReportFactory,
    RepresentativeFactory,
    UserFactory,
)
from forums import models as forums
from jobs.models import OfferEvent
from ledger import models as ledger
from reports import models as reports
from tests.privacy.fields import to_fill

NAME, EMAIL, PHONE = "Zélie Marqueurel", "zelie.marqueurel@medinjob.example", "06 39 98 12 34"
SAID = f"{NAME}, {EMAIL}, {PHONE}"
NEEDLES = ("marqueurel", "zélie", "zelie", "z\\u00e9lie", "39 98 12 34", "0639981234")
NOT_BY_UPDATE = {"sessions.Session.session_data", "accounts.OutgoingMail.to"}


def build(*, account: bool, audit_in: int = 400) -> dict[str, Any]:
    """With an `account`, a candidate who recruits for a company with a colleague; without, a visitor of the forum."""
    user = UserFactory(email=EMAIL, name=NAME) if account else None
    offer = OfferFactory(published=True, company=CompanyFactory(recruiter=UserFactory()))
    application = ApplicationFactory(candidate=user, offer=offer, hired=True, name=NAME, email=EMAIL)
    _mails()
    _forum(user, application, audit_in)
    CompanyEvent.objects.create(company=offer.company, action="edited")
    OfferEvent.objects.create(offer=offer, action="edit", after="published")
    InvitationFactory(email=EMAIL.upper())
    DraftFactory(email=EMAIL)
    ReportFactory(email=EMAIL, user=user)
    if user:
        _candidate(user, application)
        _signed_in(user)
        MembershipFactory(company=CompanyFactory(admin=UserFactory()), user=user)
    store = SessionStore()
    store["account_verified_email"] = EMAIL
    store.save()
    return {"user": user, "application": application}


def fill() -> list[str]:
    """Write the words; the columns of which there is no row."""
    empty = []
    for name, (model, field) in to_fill().items():
        rows = model._default_manager.all()
        if not rows.exists():
            empty.append(name)
        elif name not in NOT_BY_UPDATE and name not in OWN_ROWS:
            rows.update(**{field.name: words_for(field)})
    return empty


def words_for(field: Any) -> Any:
    if isinstance(field, EmailField):
        return EMAIL
    if isinstance(field, JSONField):
        return [SAID] if field.default is list else {"said": SAID}
    if isinstance(field, BinaryField):
        return SAID.encode()
    if isinstance(field, FileField) or field.name in ("name", "author"):
        return NAME
    longest = field.max_length or len(SAID)
    return SAID if longest >= len(SAID) else NAME[:longest]


# There the others are also rows of other people.
OWN_ROWS = {
    "accounts.User.email",
    "accounts.User.name",
    "account.EmailAddress.email",
    *(f"accounts.OutgoingMail.{name}" for name in ("subject", "body", "headers", "error")),
    "companies.Invitation.email",
}


def _mails() -> None:
    own = OutgoingMail.objects.create(to=EMAIL.upper(), subject=SAID, body=SAID)
    MailAttachment.objects.create(mail=own, name="x", content_type="text/plain", content=b"x")
    for state in ("waiting", "sending", "failed", "uncertain", "sent"):
        sent_at = timezone.now() if state == "sent" else None
        for field, said in {"subject": SAID, "body": SAID, "headers": {"X": SAID}, "error": SAID}.items():
            mail = {"to": "autre@medinjob.example", "subject": "x", "body": "x", "state": state, "sent_at": sent_at}
            held = OutgoingMail.objects.create(**(mail | {field: said}))
            MailAttachment.objects.create(mail=held, name="x", content_type="text/plain", content=b"x")


def _forum(user: Any, application: Any, audit_in: int) -> None:
    action = ActionFactory()
    GrantFactory(action=action)
    edition = EditionFactory(over=True, event__action=action)
    stand = ExhibitorFactory(edition=edition, accepted=True, company=application.company)
    person = {"user": user} if user else {"visitor": True}
    attendee = AttendeeFactory(edition=edition, name=NAME, email=EMAIL, **person)
    meeting = MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    entry = EntryFactory(attendee=attendee)
    LedgerEntryFactory(attendee=attendee, user=user, company=stand.company, application=application)
    ledger.LedgerEntry.objects.update(keep_until=timezone.localdate() + timedelta(days=audit_in))
    follow_up = ledger.FollowUp.objects.create(
        date=ledger.FollowUpDate.objects.create(edition=edition, due_on=timezone.localdate()), attendee=attendee
    )
    pair = {"exhibitor": stand, "attendee": attendee}
    ledger.FollowUpAnswer.objects.create(follow_up=follow_up, outcome="hired", **pair)
    forums.StandProposal.objects.create(meeting=meeting, offer=application.offer)
    forums.StandApplication.objects.create(application=application, **pair)
    forums.LateFact.objects.create(edition=edition, kind="entry", source="s", detail="d", entry=entry)
    forums.EditionEvent.objects.create(edition=edition, action="close", after="closed")
    forums.ExhibitorEvent.objects.create(exhibitor=stand, action="accept", after="accepted")
    ledger.LedgerEvent.objects.create(entry=ledger.LedgerEntry.objects.get(), action="vouch")
    frozen = reports.Snapshot.objects.create(
        edition=edition, token="t", as_of=timezone.now(), body="{}", sha256="0"
    )  # fmt: skip
    _audit(edition, frozen)
    RepresentativeFactory(exhibitor=stand)
    ReportedMeetingFactory(exhibitor=stand)
    PassFactory(edition=edition)
    assert entry.attendee == attendee


def _audit(edition: Any, frozen: Any) -> None:
    of_draw = {"link": AuditLinkFactory(edition=edition), "draw": None}
    of_draw["draw"] = reports.AuditDraw.objects.create(
        snapshot=frozen, link=of_draw["link"], number=1, seed="0", population=1, sample=[1]
    )
    reports.AuditVerdict.objects.create(**of_draw, entry_number=1, verdict="real", reason="x")
    reports.AuditAnswer.objects.create(snapshot=frozen, entry_number=1, text="x")


def _candidate(user: Any, application: Any) -> None:
    ProfileFactory(user=user)
    cv = CVFactory(owner=user, text=SAID)
    candidates.Application.objects.filter(pk=application.pk).update(cv=cv)
    contract = ContractFactory(application=application)
    candidates.ContractCancellation.objects.create(contract=contract, reason="x")
    for model in (candidates.ApplicationMessage, candidates.ApplicationNote):
        model.objects.create(application=application, by=user, text="x", **_side(model))
    candidates.DataAccess.objects.create(application=application, what="cv")
    candidates.SavedSearch.objects.create(user=user, label="x", query="q=x")
    candidates.AnswerTemplate.objects.create(company=application.company, action="refuse", label="x", text="x")
    ApplyInvitationFactory(candidate=user)


def _side(model: Any) -> dict[str, str]:
    return {"side": "candidate"} if model is candidates.ApplicationMessage else {}


def _signed_in(user: Any) -> None:
    Client().force_login(user)
    OpenSession.objects.update_or_create(session_key="elsewhere", defaults={"user": user})
    FactorReset.objects.create(user=user)
    UnsentForm.objects.create(user=user)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    EmailConfirmation.objects.create(email_address=user.emailaddress_set.get(), key="k", sent=timezone.now())

"""What became of the meetings: both sides are asked once a date, and what they say goes to the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts.enums import MailUrgency
from accounts.models import User
from accounts.services import queue_template_mail
from companies.enums import MemberRole
from forums.enums import EditionState
from forums.guard import Part, must_be_open
from forums.models import Attendee, Edition, Exhibitor
from ledger.declarations import Facts
from ledger.enums import FINAL_OUTCOMES, AnswerSource, Evidence, Outcome
from ledger.links import follow_up_url
from ledger.models import FollowUp, FollowUpAnswer, FollowUpDate
from ledger.selectors.follow_up import Side, met_of, sides_to_ask
from ledger.services.chain import write
from ledger.services.entries import Declaration, declare, withdraw


@dataclass(frozen=True)
class Answer:
    """What one side says of one pair; `facts` of a hiring."""

    exhibitor: Exhibitor
    attendee: Attendee
    outcome: Outcome
    facts: Facts | None = None
    renewal: bool | None = None


def facts_of(said: FollowUpAnswer) -> Facts | None:
    """Of a hiring."""
    if said.signed_on is None:
        return None
    return Facts(said.contract, said.job_title, said.signed_on, said.starts_on)


def ask_due() -> int:
    """Write the mails of the dates that have come; how many. Run twice, or by two workers at once, each side is asked
    once a date; a run that was interrupted is finished by the next. Of several dates that have passed, the latest."""
    due = FollowUpDate.objects.filter(
        asked_at=None,
        due_on__lte=timezone.localdate(),
        edition__event__ends_on__lt=timezone.localdate(),
        edition__declared=False,
        edition__state__in=(EditionState.ANNOUNCED, EditionState.CLOSED),
    )
    latest = {row.edition_id: row for row in due.select_related("edition__event").order_by("due_on")}
    mails = sum(_ask(row) for row in latest.values())
    due.update(asked_at=timezone.now())
    return mails


@transaction.atomic
def answer(
    *,
    follow_up: FollowUp,
    answers: Sequence[Answer],
    by: Any = None,
    source: AnswerSource = AnswerSource.LINK,
    said_on: date | None = None,
) -> int:
    """How many were new: the same page sent twice says nothing twice. Raises `LedgerError`, and nothing is written."""
    must_be_open(follow_up.date.edition, Part.AFTERWARDS)
    FollowUp.objects.select_for_update(of=("self",), no_key=True).get(pk=follow_up.pk)
    standing = {(line.exhibitor.pk, line.attendee.pk): line.answer for line in met_of(follow_up) if line.answer}
    origin = {"source": source, "said_on": said_on or timezone.localdate(), "by": by}
    new = 0
    for said in answers:
        before = standing.get((said.exhibitor.pk, said.attendee.pk))
        if not _repeats(said, before, follow_up):
            _record(follow_up, said, before, origin)
            new += 1
    if all(line.is_settled for line in met_of(follow_up)):
        FollowUp.objects.filter(pk=follow_up.pk, answered_at=None).update(answered_at=timezone.now())
    return new


def address_of(follow_up: FollowUp) -> tuple[str, str, int]:
    """To whom the question goes, in which language, and their account (0: none); empty when there is nobody. A company
    is written to once: to who asked for the stand, while a member, else to its first administrator, else to who held
    the stand."""
    if follow_up.attendee:
        return follow_up.attendee.email, follow_up.attendee.language, 0
    assert follow_up.exhibitor is not None
    members = User.objects.filter(memberships__company=follow_up.exhibitor.company_id, is_active=True)
    asked = members.filter(pk=follow_up.exhibitor.requested_by_id).first()
    admin = members.filter(memberships__role=MemberRole.ADMIN).order_by("memberships__pk").first()
    member = asked or admin or members.order_by("memberships__pk").first()
    if member:
        return member.email, member.language, member.pk
    held = follow_up.exhibitor.representatives.exclude(email="").first()
    return (held.email if held else "", "fr", 0)


def _ask(row: FollowUpDate) -> int:
    return sum(_ask_side(row, side) for side in sides_to_ask(row))


def _ask_side(row: FollowUpDate, side: Side) -> bool:
    """One short transaction each: hundreds of mails must not keep other writers waiting."""
    try:
        with transaction.atomic():
            follow_up = FollowUp.objects.create(date=row, exhibitor=side.exhibitor, attendee=side.attendee)
            return _write_mail(follow_up, row.edition, side.open)
    except IntegrityError:  # another worker has just asked
        return False


def _write_mail(follow_up: FollowUp, edition: Edition, open_: int) -> bool:
    """Names stay behind the link."""
    to, language, user_id = address_of(follow_up)
    if not to:
        return False
    with translation.override(language):
        link = settings.SITE_URL + follow_up_url(follow_up.pk, user_id)
    template = f"ledger/mail/{'company' if follow_up.exhibitor else 'person'}.txt"
    context = {"follow_up": follow_up, "edition": edition, "open": open_, "link": link}
    key = f"follow-up-{follow_up.pk}"
    mail = queue_template_mail(
        to=to, template=template, context=context, language=language, key=key, urgency=MailUrgency.BULK
    )
    return mail is not None


def _repeats(said: Answer, before: FollowUpAnswer | None, follow_up: FollowUp) -> bool:
    """The latest word already says so: at this date, or for good."""
    if before is None or before.outcome != said.outcome or (said.facts and facts_of(before) != said.facts):
        return False
    return before.follow_up_id == follow_up.pk or before.outcome in FINAL_OUTCOMES


def _record(follow_up: FollowUp, said: Answer, before: FollowUpAnswer | None, origin: dict[str, Any]) -> None:
    fields: dict[str, Any] = {"exhibitor": said.exhibitor, "attendee": said.attendee, "outcome": said.outcome}
    if facts := said.facts:
        fields |= {"contract": facts.type, "job_title": facts.job_title}
        fields |= {"signed_on": facts.signed_on, "starts_on": facts.starts_on}
    row = write(FollowUpAnswer(follow_up=follow_up, **fields, **origin))
    declared = getattr(before, "evidence", None)
    if facts:
        entry = declared.entry if declared else None
        declare(declaration=_declaration(row, said), by=origin["by"], entry=entry)
    elif declared:
        withdraw(evidence=declared, by=origin["by"])


def _declaration(row: FollowUpAnswer, said: Answer) -> Declaration:
    """In the words of one side only when that side wrote them: what staff were told, staff enter."""
    assert said.facts is not None
    kind = Evidence.COMPANY if row.follow_up.exhibitor_id else Evidence.CANDIDATE
    return Declaration(
        company=said.exhibitor.company,
        facts=said.facts,
        kind=kind if row.source in (AnswerSource.LINK, AnswerSource.ACCOUNT) else Evidence.STAFF,
        name=said.attendee.name,
        attendee=said.attendee,
        answer=row,
        on=row.said_on,
        renewal=said.renewal,
    )

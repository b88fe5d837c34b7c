"""What was said a week after the past edition."""

from datetime import date, timedelta
from random import Random

from demo.loading.forum.settings import at
from demo.loading.people import People
from forums.models import Edition
from jobs.enums import ContractType
from ledger.declarations import Facts
from ledger.enums import Outcome
from ledger.models import FollowUp, FollowUpAnswer, FollowUpDate
from ledger.selectors.follow_up import Met, met_of, sides_to_ask
from ledger.services.contracts import record_missing_contracts
from ledger.services.follow_up import Answer, answer

HIRED_BY_WORD = 6  # contracts that only the follow-up tells of
_OUTCOMES = (Outcome.GOING_ON, Outcome.REFUSED, Outcome.REFUSED, Outcome.NO_NEWS)
_TYPES = (ContractType.CDI, ContractType.CDD, ContractType.APPRENTICESHIP, ContractType.CDI, ContractType.INTERNSHIP)


def follow_up(rng: Random, edition: Edition, people: People) -> None:
    """The first date has come: two of three have answered. The ledger has all contracts of the site by then."""
    first = edition.follow_up_dates.order_by("due_on")[0]
    asked = at(first.due_on, 8)
    FollowUpDate.objects.filter(pk=first.pk).update(asked_at=asked)
    rows = [
        FollowUp.objects.create(date=first, exhibitor=side.exhibitor, attendee=side.attendee, asked_at=asked)
        for side in sides_to_ask(first)
    ]
    hired = 0
    for row in rows:
        if rng.random() < 0.66:
            hired += _answer(rng, row, first.due_on, HIRED_BY_WORD - hired)
    said = at(first.due_on + timedelta(days=2), 17)
    FollowUpAnswer.objects.filter(follow_up__date=first).update(at=said, said_on=said.date())
    FollowUp.objects.filter(date=first, answered_at__isnull=False).update(answered_at=said)
    record_missing_contracts()


def _answer(rng: Random, row: FollowUp, day: date, hirings: int) -> int:
    """All that one side has to say; how many hirings it tells of, `hirings` at most and one each."""
    lines = [line for line in met_of(row) if line.answer is None]
    said = [Answer(line.exhibitor, line.attendee, rng.choice(_OUTCOMES)) for line in lines]
    new = [line for line in lines if line.attendee.user_id is None]
    if row.exhibitor and hirings > 0 and new:
        said.append(_hiring(rng, new[0], day))
        said = [one for one in said if one.attendee != new[0].attendee or one.outcome == Outcome.HIRED]
    answer(follow_up=row, answers=said)
    return sum(one.outcome == Outcome.HIRED for one in said)


def _hiring(rng: Random, line: Met, day: date) -> Answer:
    facts = Facts(
        rng.choice(_TYPES), "Développement et exploitation", day - timedelta(days=1), day + timedelta(days=40)
    )
    return Answer(line.exhibitor, line.attendee, Outcome.HIRED, facts)

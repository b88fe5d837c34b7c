"""What the editions know of the pairs that signed contracts, for `forums.attribution`: a fixed number of queries for
any number of entries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, Max, Min, OuterRef, Q
from django.utils import timezone

from candidates.enums import ApplicationAction
from candidates.models import Application, ApplicationEvent
from forums.enums import EditionState, ExhibitorState, MeetingSource
from forums.models import Edition, Entry, Exhibitor, Meeting, StandApplication
from jobs.enums import OfferKind
from ledger.attribution_rule import Fact, FactKind, Window
from ledger.models import Attribution, LedgerEntry
from ledger.selectors.persons import identities_of

UNDER_WAY = frozenset({ApplicationAction.INVITE, ApplicationAction.MAKE_OFFER, ApplicationAction.HIRE})
# They leave an application where it was.
NEUTRAL = frozenset({ApplicationAction.OFFER_CLOSED, ApplicationAction.SEE, ApplicationAction.COMPLETE})

Pair = tuple[str, int]
"""A person's pseudonym and a company."""


class Found(NamedTuple):
    pair: Pair
    fact: Fact


class Grounds(NamedTuple):
    """What decides of one entry."""

    entry: LedgerEntry
    facts: list[Fact]


def windows() -> list[tuple[Window, date | None]]:
    """Of every edition that was held with us, with the last audit date of its grants."""
    rows = Edition.objects.filter(declared=False, state__in=(EditionState.ANNOUNCED, EditionState.CLOSED))
    rows = rows.annotate(audit_until=Max("event__action__grants__audit_until")).select_related("event")
    return [
        (Window(row.pk, row.event.starts_on, row.event.ends_on, row.attribution_days), row.audit_until)
        for row in rows.order_by("pk")
    ]


def grounds(entries: Sequence[LedgerEntry], held: Iterable[Window]) -> list[Grounds]:
    """The facts of each entry at all the editions `held`."""
    search = _Search(entries)
    by_pair: dict[Pair, list[Found]] = defaultdict(list)
    for found in (*search.meetings(), *search.stand_applications(), *search.other_applications(), *search.presence()):
        by_pair[found.pair].append(found)
    known = search.remembered()
    under_way = _UnderWay(search, list(held))
    return [
        Grounds(
            entry,
            sorted(
                {found.fact for found in by_pair[entry.person, entry.company_id]}
                | known[entry.pk]
                | under_way.facts(entry)
            ),
        )
        for entry in entries
    ]


class _Search:
    """The rows of the persons and companies of some entries. A merge of two entries says that their persons are one:
    what is known under one pseudonym is known under the other, whichever entries are asked about."""

    def __init__(self, entries: Sequence[LedgerEntry]) -> None:
        self.entries = entries
        self.identities = identities_of(entries)
        self.companies = {entry.company_id for entry in entries}
        self.by_attendee = self._index("attendees")
        self.by_user = self._index("users")
        by_pseudonym = self._index("persons")
        own = LedgerEntry.objects.filter(person__in=by_pseudonym.keys(), company__in=self.companies)
        own = own.filter(application__isnull=False).order_by("pk")
        self.own = {pk: by_pseudonym[person] for pk, person in own.values_list("application", "person")}

    def _index(self, what: str) -> dict[Any, set[str]]:
        index: dict[Any, set[str]] = defaultdict(set)
        for person, identity in self.identities.items():
            for key in getattr(identity, what):
                index[key].add(person)
        return index

    def meetings(self) -> Iterator[Found]:
        rows = Meeting.objects.held().filter(
            attendee__in=self.by_attendee.keys(),
            exhibitor__company__in=self.companies,
            exhibitor__state=ExhibitorState.ACCEPTED,
        )
        for row in rows.select_related("exhibitor__edition__event").order_by("pk"):
            edition = row.exhibitor.edition
            reported = row.source == MeetingSource.REPORTED
            on = edition.event.starts_on if reported else timezone.localdate(row.started_at or row.opened_at)
            yield from self._found(row.attendee_id, row.exhibitor, FactKind.MEETING, row.pk, on)

    def stand_applications(self) -> Iterator[Found]:
        rows = StandApplication.objects.filter(
            attendee__in=self.by_attendee.keys(),
            exhibitor__company__in=self.companies,
            exhibitor__state=ExhibitorState.ACCEPTED,
            application__offer__kind=OfferKind.JOB,
        )
        for row in rows.select_related("exhibitor", "application").order_by("pk"):
            on = timezone.localdate(row.application.sent_at)
            yield from self._found(row.attendee_id, row.exhibitor, FactKind.APPLICATION, row.pk, on)

    def other_applications(self) -> Iterator[Found]:
        """On the site, on a day of an edition, to an offer that the company, accepted there, showed by then."""
        for row in self.applications().prefetch_related("offer__shown_at__exhibitor__edition__days"):
            on = timezone.localdate(row.sent_at)
            for shown in row.offer.shown_at.all():
                exhibitor = shown.exhibitor
                accepted = exhibitor.state == ExhibitorState.ACCEPTED and exhibitor.company_id == row.company_id
                days = {day.date for day in exhibitor.edition.days.all()}
                if not accepted or shown.shown_at > row.sent_at or on not in days:
                    continue
                fact = Fact(exhibitor.edition_id, FactKind.APPLICATION, row.pk, on)
                yield from (Found((person, row.company_id), fact) for person in self.persons_of(row))

    def presence(self) -> Iterator[Found]:
        """The person came in, and somebody of the company was at its stand."""
        came = Entry.objects.standing().filter(attendee__in=self.by_attendee.keys())
        first: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in came.order_by().values("attendee", "edition").annotate(ref=Min("pk"), on=Min("day")):
            first[row["edition"]].append(row)
        there = _staffed(Exhibitor.objects.accepted()).filter(company__in=self.companies, edition__in=first.keys())
        for exhibitor in there.order_by("pk"):
            for row in first[exhibitor.edition_id]:
                yield from self._found(row["attendee"], exhibitor, FactKind.BOTH_PRESENT, row["ref"], row["on"])

    def applications(self) -> Any:
        """For jobs: of these persons to these companies, and those of the entries, whoever is forgotten."""
        rows = Application.objects.filter(
            Q(candidate__in=self.by_user.keys(), company__in=self.companies) | Q(pk__in=self.own.keys()),
            offer__kind=OfferKind.JOB,
        )
        return rows.order_by("pk")

    def persons_of(self, application: Application) -> set[str]:
        return self.own.get(application.pk, set()) | self.by_user.get(application.candidate_id or 0, set())

    def remembered(self) -> dict[int, set[Fact]]:
        """What an attribution says of applications whose account is deleted: nothing else ties them to the person."""
        known: dict[int, set[Fact]] = defaultdict(set)
        for row in Attribution.objects.filter(entry__in=[entry.pk for entry in self.entries]):
            facts = [Fact.from_json(said) for said in row.why.get("facts", ())]
            known[row.entry_id] = {fact for fact in facts if fact.kind in (FactKind.APPLICATION, FactKind.UNDER_WAY)}
        refs = {fact.ref for facts in known.values() for fact in facts}
        forgotten = set(
            Application.objects.filter(pk__in=refs, forgotten_at__isnull=False).values_list("pk", flat=True)
        )
        return defaultdict(set, {pk: {fact for fact in facts if fact.ref in forgotten} for pk, facts in known.items()})

    def _found(self, attendee: int, exhibitor: Exhibitor, kind: FactKind, ref: int, on: date) -> Iterator[Found]:
        fact = Fact(exhibitor.edition_id, kind, ref, on)
        yield from (Found((person, exhibitor.company_id), fact) for person in self.by_attendee[attendee])


class _UnderWay:
    """Applications that were at interview, or further, when an edition began: any of the pair, whichever led to the
    contract, for one that was under way is no fruit of the forum."""

    def __init__(self, search: _Search, held: list[Window]) -> None:
        self.facts_of: dict[int, list[Fact]] = defaultdict(list)
        self.of_pair: dict[Pair, set[int]] = defaultdict(set)
        for row in search.applications():
            for person in search.persons_of(row):
                self.of_pair[person, row.company_id].add(row.pk)
        self._read(held)

    def _read(self, held: list[Window]) -> None:
        ids = set().union(*self.of_pair.values())
        moves = ApplicationEvent.objects.filter(application__in=ids).exclude(action__in=NEUTRAL)
        by_application: dict[int, list[ApplicationEvent]] = defaultdict(list)
        for move in moves.order_by("at", "pk"):
            by_application[move.application_id].append(move)
        for application, history in by_application.items():
            for window in held:
                before = [move for move in history if timezone.localdate(move.at) < window.first_day]
                if before and before[-1].action in UNDER_WAY:
                    on = timezone.localdate(before[-1].at)
                    fact = Fact(window.edition, FactKind.UNDER_WAY, application, on)
                    self.facts_of[application].append(fact)

    def facts(self, entry: LedgerEntry) -> set[Fact]:
        ids = self.of_pair[entry.person, entry.company_id]
        return {fact for application in ids for fact in self.facts_of[application]}


def _staffed(exhibitors: Any) -> Any:
    """Stands at which somebody was: who entered, or what was done there."""
    at_stand = OuterRef("pk")
    entered = Entry.objects.standing().filter(representative__exhibitor=at_stand)
    met = Meeting.objects.held().filter(exhibitor=at_stand).exclude(source=MeetingSource.REPORTED)
    applied = StandApplication.objects.filter(exhibitor=at_stand)
    return exhibitors.filter(Exists(entered) | Exists(met) | Exists(applied))

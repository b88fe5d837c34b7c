"""The rows that indicators count: for each kind, the rows of an edition and by which columns they are told apart."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import ApplicationAction, Channel
from candidates.models import Application, ApplicationEvent
from forums.enums import (
    AttendeeAction,
    AttendeeKind,
    AttendeeState,
    EntrySource,
    ExhibitorState,
    MeetingSource,
    MeetingState,
)
from forums.models import AttendeeEvent, Entry, Exhibitor, Meeting, ShownOffer
from forums.selectors.presence import at_stands, holders, participants
from jobs.enums import CLOSED_STATES, ContractType, OfferKind, OfferSource, OfferState
from jobs.models import Offer, OfferAudience, OfferEvent
from ledger.enums import AttributionKind, EvidenceLevel
from ledger.models import LedgerEntry
from reports.indicators.dimensions import (
    JOB_DEPARTMENT,
    OCCUPATION,
    OF_COMPANY,
    Column,
    Day,
    Dimension,
    Fact,
    Flag,
    Link,
)
from reports.indicators.enums import Phase
from reports.indicators.scope import Scope
from reports.models import PortalOffer


@dataclass(frozen=True)
class Basis:
    """`rows` has every column that `dimensions` read. `value` is the column that sums add up."""

    slug: str
    label: str | Promise
    rows: Callable[[Scope], QuerySet[Any]]
    dimensions: tuple[Dimension, ...]
    exhibitor: Link | None = None
    offer: Link | None = None
    value: str = ""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(dimension.column(self) for dimension in self.dimensions))

    @cached_property
    def _by_slug(self) -> dict[str, Dimension]:
        return {dimension.slug: dimension for dimension in self.dimensions}

    def dimension(self, slug: str) -> Dimension:
        """KeyError when these rows are not told apart by it."""
        return self._by_slug[slug]


ACCEPTED = {"exhibitor__state": ExhibitorState.ACCEPTED}
SEEN = Fact("seen", _("Vue du public"), fact="seen", of_offer=True)
DOUBLE = Fact("double", _("Offre déjà comptée"), fact="double", of_offer=True)
OFFER_KIND = Fact("kind", _("Nature de l’offre"), OfferKind, fact="kind", of_offer=True)
OFFERED_CONTRACT = Fact("contract", _("Contrat proposé"), ContractType, fact="contract", of_offer=True)
OF_OFFER = (OFFER_KIND, SEEN, OFFERED_CONTRACT, OCCUPATION, JOB_DEPARTMENT)


def _attendees(scope: Scope) -> QuerySet[Any]:
    walked_in = AttendeeEvent.objects.filter(attendee=OuterRef("pk"), action=AttendeeAction.WALK_IN)
    return participants(scope.edition).annotate(
        present=Exists(Entry.objects.standing().filter(attendee=OuterRef("pk"))), walk_in=Exists(walked_in)
    )


def _entries(scope: Scope) -> QuerySet[Any]:
    rows = Entry.objects.standing().filter(edition=scope.edition, attendee__isnull=False)
    return rows.exclude(attendee__in=holders(scope.edition).values("pk"))


def _exhibitors(scope: Scope) -> QuerySet[Any]:
    return Exhibitor.objects.filter(edition=scope.edition)


def _representatives(scope: Scope) -> QuerySet[Any]:
    came = Entry.objects.standing().filter(representative=OuterRef("pk"))
    return at_stands(scope.edition).annotate(present=Exists(came))


def _shown(scope: Scope) -> QuerySet[Any]:
    rows = ShownOffer.objects.filter(exhibitor__edition=scope.edition, **ACCEPTED)
    return rows.annotate(open_positions=Coalesce("positions", "offer__job__open_positions", Value(0)))


def _portal(scope: Scope) -> QuerySet[Any]:
    """As kept when the edition was closed for the first time, as they are until then."""
    kept = PortalOffer.objects.filter(edition=scope.edition)
    return kept if kept.exists() else live_portal(scope)


def live_portal(scope: Scope) -> QuerySet[Any]:
    """Job offers that were online at some moment of the edition's days, shown at it or not."""
    ended = OfferEvent.objects.filter(offer=OuterRef("pk"), after__in=CLOSED_STATES, at__lt=scope.starts_at)
    rows = Offer.objects.filter(kind=OfferKind.JOB, duplicate_of=None, published_at__lt=scope.ends_at)
    open_then = rows.filter(Q(expires_at=None) | Q(expires_at__gte=scope.starts_at)).exclude(state=OfferState.DRAFT)
    return (
        open_then.filter(~Exists(ended))
        .select_related("company")
        .annotate(open_positions=Coalesce("job__open_positions", Value(0)))
    )


def _applications(scope: Scope) -> QuerySet[Any]:
    """Those for an offer shown, since it is, until the end of the attribution window."""
    counting = LedgerEntry.objects.counting().values("pk")
    rows = Application.objects.filter(
        offer__shown_at__exhibitor__edition=scope.edition,
        offer__shown_at__exhibitor__state=ExhibitorState.ACCEPTED,
        sent_at__gte=F("offer__shown_at__shown_at"),
        sent_at__lt=scope.window_ends_at,
    )
    return rows.annotate(
        shown=F("offer__shown_at__id"),
        phase=Case(
            When(sent_at__lt=scope.starts_at, then=Value(Phase.BEFORE.value)),
            When(sent_at__lt=scope.ends_at, then=Value(Phase.ON_THE_DAY.value)),
            default=Value(Phase.AFTER.value),
            output_field=CharField(),
        ),
        interviewed=Exists(
            ApplicationEvent.objects.filter(application=OuterRef("pk"), action=ApplicationAction.INVITE)
        ),
        # Also of an entry that is part of another: its contract counts there.
        signed=Exists(LedgerEntry.objects.counting().filter(application=OuterRef("pk")))
        | Exists(LedgerEntry.objects.filter(application=OuterRef("pk"), merged_into__in=counting)),
    )


def _clicks(scope: Scope) -> QuerySet[Any]:
    return OfferAudience.objects.filter(
        offer__shown_at__exhibitor__edition=scope.edition,
        offer__shown_at__exhibitor__state=ExhibitorState.ACCEPTED,
        day__gte=TruncDate("offer__shown_at__shown_at"),
        day__lte=scope.last_counted_day,
        external_clicks__gt=0,
    ).annotate(shown=F("offer__shown_at__id"))


def _meetings(scope: Scope) -> QuerySet[Any]:
    return Meeting.objects.filter(exhibitor__edition=scope.edition, **ACCEPTED)


def _contracts(scope: Scope) -> QuerySet[Any]:
    """Channel and offer are the entry's own or, where it has none, those of the first one merged into it."""
    rows = LedgerEntry.objects.counting().filter(attribution__edition=scope.edition)
    merged = LedgerEntry.objects.filter(merged_into=OuterRef("pk")).order_by("pk")
    applied, offered = merged.filter(application__isnull=False), merged.filter(offer__isnull=False)
    return rows.annotate(
        attribution_kind=F("attribution__kind"),
        channel=Coalesce("application__channel", Subquery(applied.values("application__channel")[:1])),
        counted_offer=Coalesce("offer_id", Subquery(offered.values("offer_id")[:1]), output_field=BigIntegerField()),
    )


ATTENDEES = Basis(
    "attendees",
    _("Inscriptions"),
    _attendees,
    (
        Column("kind", _("Nature du participant"), AttendeeKind),
        Column("state", _("État de l’inscription"), AttendeeState),
        Flag("present", _("Présence")),
        Flag("walk-in", _("Inscription à l’entrée"), name="walk_in"),
    ),
)
ENTRIES = Basis(
    "entries",
    _("Entrées"),
    _entries,
    (
        Day("day", _("Jour")),
        Column("venue", _("Lieu"), name="venue__name"),
        Column("source", _("Mode d’entrée"), EntrySource),
    ),
)
EXHIBITORS = Basis(
    "exhibitors",
    _("Exposants"),
    _exhibitors,
    (*OF_COMPANY, Column("state", _("État de la demande"), ExhibitorState)),
    exhibitor=("exhibitors", "id"),
    value="tables",
)
REPRESENTATIVES = Basis(
    "representatives",
    _("Personnes aux stands"),
    _representatives,
    (*OF_COMPANY, Flag("present", _("Présence"))),
    exhibitor=("exhibitors", "exhibitor_id"),
)
SHOWN = Basis(
    "shown",
    _("Offres présentées"),
    _shown,
    (*OF_COMPANY, *OF_OFFER, DOUBLE),
    exhibitor=("shown", "id"),
    offer=("shown", "id"),
    value="open_positions",
)
PORTAL = Basis(
    "portal",
    _("Offres du portail"),
    _portal,
    (Column("source", _("Source"), OfferSource),),
    value="open_positions",
)
APPLICATIONS = Basis(
    "applications",
    _("Candidatures"),
    _applications,
    (
        *OF_COMPANY,
        *OF_OFFER,
        Column("phase", _("Moment"), Phase),
        Column("channel", _("Canal"), Channel),
        Flag("incomplete", _("Incomplète")),
        Flag("interviewed", _("Entretien proposé")),
        Flag("signed", _("Contrat signé")),
    ),
    exhibitor=("shown", "shown"),
    offer=("shown", "shown"),
)
CLICKS = Basis(
    "clicks",
    _("Clics vers un autre site"),
    _clicks,
    (*OF_COMPANY, *OF_OFFER),
    exhibitor=("shown", "shown"),
    offer=("shown", "shown"),
    value="external_clicks",
)
MEETINGS = Basis(
    "meetings",
    _("Rencontres"),
    _meetings,
    (
        *OF_COMPANY,
        Column("state", _("État de la rencontre"), MeetingState),
        Column("source", _("Origine"), MeetingSource),
    ),
    exhibitor=("exhibitors", "exhibitor_id"),
)
CONTRACTS = Basis(
    "contracts",
    _("Contrats signés"),
    _contracts,
    (
        *OF_COMPANY,
        OCCUPATION,
        JOB_DEPARTMENT,
        Column("type", _("Type de contrat"), ContractType),
        Column("attribution", _("Attribution"), AttributionKind, name="attribution_kind"),
        Column("evidence", _("Preuve"), EvidenceLevel, name="level"),
        Column("channel", _("Canal"), Channel),
        Day("signed-on", _("Date de signature"), name="signed_on"),
    ),
    exhibitor=("companies", "company_id"),
    offer=("offers", "counted_offer"),
)

BASES = (
    SHOWN, PORTAL, EXHIBITORS, REPRESENTATIVES, ATTENDEES, ENTRIES, MEETINGS, APPLICATIONS, CLICKS, CONTRACTS,
)  # fmt: skip

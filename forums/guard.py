"""What of an edition may still be written, in which phase of its life: said here and nowhere else. Every service that
writes to an edition asks `must_be_open` first, in its transaction; `tests/closed/` lists them all, phase by phase."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.errors import ClosedError
from forums.models import Edition


class Phase(StrEnum):
    """The states of an edition; an announced one is over from the day after its last one."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OVER = "over"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Part(StrEnum):
    """What is written, by what it does to the figures."""

    FACTS = "facts"  # name, days, venues, windows, programme: what staff write of it
    STANDS = "stands"  # requests, decisions, who holds them
    OFFERS = "offers"  # which offers a stand shows
    REGISTRATIONS = "registrations"  # who comes
    ENTRIES = "entries"  # who came in
    MEETINGS = "meetings"  # badges read at stands, steps, applications made there
    TOOLS = "tools"  # blank badges, passes: nothing is counted from them
    SHARING = "sharing"  # what a person shows a stand, and its notes
    AFTERWARDS = "afterwards"  # answers, contracts, attributions: open until the last follow-up, and counted live
    LATE = "late"  # what is added to a closed edition, with its source


P = Phase
OPEN: Mapping[Part, frozenset[Phase]] = {
    Part.FACTS: frozenset({P.DRAFT, P.ANNOUNCED, P.OVER}),
    Part.STANDS: frozenset({P.DRAFT, P.ANNOUNCED, P.OVER}),
    Part.OFFERS: frozenset({P.DRAFT, P.ANNOUNCED}),
    Part.REGISTRATIONS: frozenset({P.DRAFT, P.ANNOUNCED}),
    Part.ENTRIES: frozenset({P.ANNOUNCED, P.OVER}),
    Part.MEETINGS: frozenset({P.ANNOUNCED, P.OVER}),
    Part.TOOLS: frozenset({P.DRAFT, P.ANNOUNCED, P.OVER}),
    Part.SHARING: frozenset({P.ANNOUNCED, P.OVER, P.CLOSED}),
    Part.AFTERWARDS: frozenset({P.ANNOUNCED, P.OVER, P.CLOSED}),
    Part.LATE: frozenset({P.CLOSED}),
}


def phase_of(edition: Edition, state: str | None = None) -> Phase:
    known = Phase(state or edition.state)
    over = known == Phase.ANNOUNCED and timezone.localdate() > edition.event.ends_on
    return Phase.OVER if over else known


def is_open(edition: Edition, part: Part) -> bool:
    """For pages, that show what can be done; services ask `must_be_open`."""
    return phase_of(edition) in OPEN[part]


def must_be_open(edition: Edition, part: Part) -> None:
    """Raise `ClosedError`, with what to do instead, unless `part` may be written now. Within a transaction: the state
    is read from its row, which stays as it is until the end, so that a closing at the same moment waits or is seen."""
    rows: Any = Edition.objects.select_for_update(of=("self",), no_key=True).filter(pk=edition.pk)
    phase = phase_of(edition, rows.values_list("state", flat=True).get())
    if phase not in OPEN[part]:
        raise ClosedError(_why(part, phase))


def _why(part: Part, phase: Phase) -> str:
    if part == Part.LATE:
        return _("L'édition n'est pas close : ce qui manque s'écrit à sa place, sans fait tardif.")
    if phase == Phase.DRAFT:
        return _("L'édition est en préparation : annoncez-la d'abord.")
    if phase == Phase.CANCELLED:
        return _("L'édition est annulée : plus rien ne s'y écrit.")
    if phase == Phase.OVER:
        return _("L'édition est passée : ce qui y était présenté et les inscriptions ne changent plus.")
    return _(
        "L'édition est close : ses chiffres sont arrêtés. Ce qui manque est ajouté par l'équipe comme fait tardif, "
        "avec sa source ; pour corriger, elle rouvre l'édition avec un motif."
    )

"""What an event of an action cost: the action's budget by its written key, so that one event's contracts never divide
the budget of three, or another year's."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count

from forums.enums import CostKey
from forums.models import Action, Attendee, DeclaredFigure, Event

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Allocation:
    """`weight` of `weights` of `base` euros. `cost` is None where no budget is known or the key gives nothing."""

    event: Event
    base: Decimal | None
    actual: bool
    weight: Decimal
    weights: Decimal

    @property
    def cost(self) -> Decimal | None:
        if self.base is None or not self.weights:
            return None
        return (self.base * self.weight / self.weights).quantize(CENT, rounding=ROUND_HALF_UP)


def allocate(action: Action) -> list[Allocation]:
    """For each event, earliest first. Stated shares are percents of the whole: what they leave is nobody's."""
    events = list(action.events.order_by("starts_on", "id"))
    weights = _weights(action, events)
    total = Decimal(100) if action.cost_key == CostKey.STATED else sum(weights.values(), Decimal(0))
    actual = action.budget_actual is not None
    base = action.budget_actual if actual else action.budget_forecast
    return [Allocation(event, base, actual, weights[event.pk], total) for event in events]


def cost_of(event: Event) -> Decimal | None:
    if event.action is None:
        return None
    return next(allocation.cost for allocation in allocate(event.action) if allocation.event == event)


def _weights(action: Action, events: Iterable[Event]) -> dict[int, Decimal]:
    if action.cost_key == CostKey.STATED:
        return {event.pk: event.cost_share or Decimal(0) for event in events}
    if action.cost_key == CostKey.PARTICIPANTS:
        return _participants(action, events)
    return {event.pk: Decimal(1) for event in events}


def _participants(action: Action, events: Iterable[Event]) -> dict[int, Decimal]:
    """Counted where there is an edition with rows, declared elsewhere."""
    declared = dict(
        DeclaredFigure.objects.filter(event__action=action, indicator="participants").values_list("event", "value")
    )
    present = Attendee.objects.filter(edition__event__action=action).present().order_by()
    counted = dict(present.values_list("edition").annotate(Count("pk", distinct=True)))
    return {event.pk: Decimal(counted.get(event.pk) or declared.get(event.pk) or 0) for event in events}

from django import template

from reports.indicators.readings import Value
from reports.indicators.report import Figure
from reports.indicators.wording import worded
from reports.selectors.closed import Closing

register = template.Library()


@register.filter
def at_closing(figure: Figure, closing: Closing | None) -> str:
    """What the closing said of a figure, in words; empty when it says the same today, or there was none."""
    if closing is None or figure.indicator.slug not in closing.values:
        return ""
    then = closing.values[figure.indicator.slug]
    return "" if then == figure.value else worded(then, figure.indicator.unit)


@register.filter
def in_unit(value: Value, unit: str) -> str:
    """A figure in words: `{{ figure.value|in_unit:figure.indicator.unit }}`."""
    return worded(value, unit)

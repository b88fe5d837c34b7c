from django import template

from reports.indicators.readings import Value
from reports.indicators.wording import worded

register = template.Library()


@register.filter
def in_unit(value: Value, unit: str) -> str:
    """A figure in words: `{{ figure.value|in_unit:figure.indicator.unit }}`."""
    return worded(value, unit)

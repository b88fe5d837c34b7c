"""`date` and `filesizeformat` for every template, in place of Django's: see `medinjob.lib.written`."""

from typing import Any

from django import template

from medinjob.lib import written

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> str:
    return written.date(value, form)


@register.filter(is_safe=True)
def filesizeformat(count: Any) -> str:
    return written.file_size(count)

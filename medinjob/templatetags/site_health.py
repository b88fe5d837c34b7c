"""What is wrong with the site, for staff."""

from django import template

from medinjob.health import troubles
from medinjob.watch import TROUBLES, Trouble

register = template.Library()


@register.simple_tag
def site_troubles() -> list[Trouble]:
    return [TROUBLES[name] for name in troubles()]

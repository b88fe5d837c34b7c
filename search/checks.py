"""Adds the engine to `manage.py check --deploy`: with a wrong engine every search would fall back to the database."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from search.engines import get_engine


@register(deploy=True)
def search_engine(**_: Any) -> list[CheckMessage]:
    return [Error(problem, id="search.E001") for problem in get_engine().problems()]

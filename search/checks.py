"""`manage.py check --deploy` asks the engine too: a site that starts on a wrong one would answer from the database."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from search.engines import get_engine


@register(deploy=True)
def search_engine(**_: Any) -> list[CheckMessage]:
    return [Error(problem, id="search.E001") for problem in get_engine().problems()]

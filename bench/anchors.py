"""What a page is measured beside: the list that one would write first, and an answer that costs nothing."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine

SIZE = 39_000
ROWS = """<!doctype html><title>Offres</title><h1>{{ total }} offres</h1>
{% for offer in offers %}<article><h2><a href="{{ offer.get_absolute_url }}">{{ offer.title }}</a></h2>
<p>{{ offer.employer }}{% for place in offer.places.all %} · {{ place.label }}{% endfor %}</p>
<p>{{ offer.job.get_contract_display }} {{ offer.published_at|date }}</p><p>{{ offer.text|truncatechars:200 }}</p>
</article>{% endfor %}"""


def bare(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """As many bytes as a page of results."""
    start("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(SIZE))])
    return [b"x" * SIZE]


@lru_cache
def _django() -> Any:
    import django
    from django.core.handlers.wsgi import WSGIHandler

    django.setup()

    class Plain(WSGIHandler):
        """Django without middleware and with one view."""

        def load_middleware(self, is_async: bool = False) -> None:
            self._middleware_chain = plain_list

    return Plain()


def plain(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The same list by `icontains`, with its total, twenty rows and Django's own templates."""
    answer: Iterable[bytes] = _django()(environ, start)
    return answer


def plain_list(request: HttpRequest) -> HttpResponse:
    from jobs.models import Offer

    offers = Offer.objects.visible().select_related("company", "job").prefetch_related("places")
    for word in request.GET.get("q", "").split():
        offers = offers.filter(title__icontains=word)
    rows = offers.order_by("-published_at")[:20]
    context = Context({"total": offers.count(), "offers": rows})
    return HttpResponse(_template().render(context))


@lru_cache
def _template() -> Any:
    return Engine().from_string(ROWS)

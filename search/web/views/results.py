"""The result page, whole or in part."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import push_url, replace_url
from django_htmx.middleware import HtmxDetails

from jobs.enums import OfferKind
from medinjob.lib.public_pages import answer_by_version
from search.criteria import SearchCriteria
from search.service.search import relaxations, revision, search
from search.signals import applied_asked
from search.web.page import ResultsView, parts_of, search_url


@require_safe
def results(request: HttpRequest, kind: str = "") -> HttpResponse:
    return answer_by_version(request, revision(), lambda: _results(request, kind))


def _results(request: HttpRequest, kind: str) -> HttpResponse:
    """`kind` is that of a page of its own (trainings); a page beyond the end leads to the last one; half a
    word that finds nothing leaves the page as it is."""
    criteria = SearchCriteria.from_query(request.GET)
    if kind:
        criteria = criteria.with_(kind=(kind,), page=criteria.page)
    result = search(criteria, left_out=_left_out(request, criteria))
    if criteria.page > result.pages:
        return redirect(search_url(criteria.with_(page=result.pages)))
    if not result.total and "X-Typing" in request.headers:
        return HttpResponse(status=204)
    criteria = result.criteria
    ways = relaxations(criteria) if not result.total else ()
    view = ResultsView(result, ways, signed_in=request.user.is_authenticated)
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    in_part = bool(htmx) and not htmx.history_restore_request
    nav = "trainings" if criteria.kind == (OfferKind.TRAINING,) else "offers"
    context = {"view": view, "result": result, "criteria": criteria, "nav": nav}
    response = render(request, "search/answer.html" if in_part else "search/results.html", context)
    patch_vary_headers(response, ["HX-Request"])
    if result.degraded:
        patch_cache_control(response, no_cache=True)
    return _with_address(response, htmx, view) if in_part else response


def _left_out(request: HttpRequest, criteria: SearchCriteria) -> list[int]:
    """The offers to which the person has applied, when the search leaves them out."""
    if not criteria.applied or not request.user.is_authenticated:
        return []
    answers: list[tuple[Any, Any]] = applied_asked.send(sender=SearchCriteria, user=request.user)
    return [offer for _receiver, offers in answers for offer in offers]


def _with_address(response: HttpResponse, htmx: HtmxDetails, view: ResultsView) -> HttpResponse:
    """Sets the address of the page. A change of filters is a step of the browser's history; a letter typed is not."""
    before = SearchCriteria.from_query(QueryDict(parts_of(htmx.current_url or "").query))
    same_but_words = before.with_(q="", kind=()) == view.criteria.with_(q="", kind=())
    return replace_url(response, view.url) if same_but_words else push_url(response, view.url)

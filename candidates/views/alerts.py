"""Saved searches: follow one from its results, change them, stop one by the link of a mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import Frequency
from candidates.errors import SavedSearchError
from candidates.forms.alerts import SavedSearchForm
from candidates.links import read_stop, read_stop_all
from candidates.models import SavedSearch
from candidates.selectors.saved_searches import label_of, own_searches
from candidates.services import saved_searches
from search.criteria import SearchCriteria
from search.service.search import search
from search.web.page import search_url


@login_required
@require_safe
def saved_search_list(request: HttpRequest) -> HttpResponse:
    context = {"searches": own_searches(request.user), "frequencies": Frequency.choices, "nav": "candidate"}
    return render(request, "candidates/saved_searches.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search_new(request: HttpRequest) -> HttpResponse:
    """The query string is the search's; whoever is not signed in comes back here."""
    criteria = SearchCriteria.from_query(request.GET)
    result = search(criteria, size=1)
    form = SavedSearchForm(request.POST or None, initial={"label": label_of(result)})
    if request.method == "POST" and form.is_valid() and _save(request, criteria, form):
        return redirect("saved-searches")
    context = {"form": form, "result": result, "back": search_url(criteria), "nav": "candidate"}
    return render(request, "candidates/saved_search_new.html", context)


@login_required
@require_POST
def saved_search(request: HttpRequest, search_id: int) -> HttpResponse:
    """One step: another frequency, paused, resumed or deleted."""
    row = get_object_or_404(SavedSearch, pk=search_id, user=request.user)
    action = request.POST.get("action", "")
    if action == "delete":
        saved_searches.delete_search(search=row)
        messages.success(request, _("L’alerte « %(label)s » est supprimée.") % {"label": row.label})
    elif action == "pause":
        saved_searches.pause_search(search=row)
        messages.success(request, _("L’alerte « %(label)s » est en pause.") % {"label": row.label})
    elif action == "resume":
        saved_searches.resume_search(search=row)
        messages.success(request, _("L’alerte « %(label)s » reprend.") % {"label": row.label})
    elif request.POST.get("frequency") in Frequency.values:
        saved_searches.change_frequency(search=row, frequency=request.POST["frequency"])
        messages.success(request, _("La fréquence est enregistrée."))
    return redirect("saved-searches")


# The signature is what allows it: a mail program posts here by itself (RFC 8058), without any page of ours.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_stop(request: HttpRequest, token: str) -> HttpResponse:
    row = _followed(token)
    if request.method == "POST" and row is not None:
        saved_searches.pause_search(search=row)
    return render(request, "candidates/alert_stop.html", {"search": row})


# The same for all of a person's.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alerts_stop(request: HttpRequest, token: str) -> HttpResponse:
    try:
        active = SavedSearch.objects.filter(user=read_stop_all(token), active=True)
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Http404 from error
    if request.method == "POST":
        for row in active:
            saved_searches.pause_search(search=row)
    return render(request, "candidates/alerts_stop.html", {"searches": active.all()})


def _save(request: HttpRequest, criteria: SearchCriteria, form: SavedSearchForm) -> bool:
    try:
        row = saved_searches.save_search(user=request.user, criteria=criteria, **form.cleaned_data)
    except SavedSearchError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("L’alerte « %(label)s » est enregistrée.") % {"label": row.label})
    return True


def _followed(token: str) -> Any:
    try:
        return SavedSearch.objects.filter(pk=read_stop(token)).first()
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Http404 from error

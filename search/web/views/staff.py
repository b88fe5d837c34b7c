"""The team's view of the index."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from search.indexing.status import index_state


@staff_required
@never_cache
@require_safe
def staff_index(request: HttpRequest) -> HttpResponse:
    return render(request, "search/staff_index.html", {"state": index_state()})

"""The day as it goes, for the team: figures that renew themselves, each opening its rows."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from forums.enums import Live
from forums.filters import LiveFilter
from forums.models import Edition
from forums.selectors.dashboard import by_hour, by_stand
from forums.views.finding import edition_with_rows

PER_PAGE = 50
CHARTED = (Live.PRESENT, Live.HELD, Live.APPLICATIONS)


@staff_required
@require_safe
@never_cache
def dashboard(request: HttpRequest, slug: str) -> HttpResponse:
    """`?day=` narrows it to one; a wrong one does not count."""
    edition = edition_with_rows(slug)
    found = {figure: LiveFilter(request.GET, edition=edition, figure=figure) for figure in Live.values}
    day = _day(found[Live.PRESENT])
    context = {
        "edition": edition,
        "days": edition.days.all(),
        "day": day.isoformat() if day else "",
        "figures": [
            (figure, figure.label, found[figure].qs.count(), _rows_url(edition, figure, day)) for figure in Live
        ],
        "charts": [_chart(edition, figure, found[figure].qs, day) for figure in CHARTED],
        "stands": by_stand(edition, day),
        "now": timezone.now(),
        "live": request.GET.get("live") != "0",
        "nav": "staff",
    }
    return render(request, "forums/day/dashboard.html", context)


@staff_required
@require_safe
@never_cache
def dashboard_rows(request: HttpRequest, slug: str, figure: str) -> HttpResponse:
    """The rows that a figure counts, with the same filters."""
    if figure not in Live.values:
        raise Http404
    edition = edition_with_rows(slug)
    found = LiveFilter(request.GET, edition=edition, figure=figure)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {"edition": edition, "figure": Live(figure), "filter": found, "page": page, "nav": "staff"}
    return render(request, "forums/day/dashboard_rows.html", context)


def _day(found: LiveFilter) -> Any:
    return found.form.cleaned_data.get("day") if found.form.is_valid() else None


def _rows_url(edition: Edition, figure: str, day: Any, **more: Any) -> str:
    asked = {"day": day.isoformat(), **more} if day else more
    url = reverse("dashboard-rows", args=[edition.event.slug, figure])
    return f"{url}?{urlencode(asked)}" if asked else url


def _chart(edition: Edition, figure: Live, rows: Any, day: Any) -> dict[str, Any]:
    """`bars` for the chart, `links` to the rows of each hour that has some."""
    hours = [(hour, _("%(hour)s h") % {"hour": hour}, number) for hour, number in by_hour(rows, figure)]
    return {
        "id": f"chart-{figure.value}",
        "title": _("%(what)s, par heure") % {"what": figure.label},
        "bars": [(label, number) for _hour, label, number in hours],
        "links": [(label, _rows_url(edition, figure, day, hour=hour)) for hour, label, number in hours if number],
    }

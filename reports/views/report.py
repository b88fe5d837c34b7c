"""The report of an edition for staff: its page, the rows behind each figure, its files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from forums.enums import EditionState
from forums.models import Edition
from forums.selectors.attendees import likely_doubles
from forums.views.finding import edition_or_404
from medinjob.lib.export import as_file, table_response
from reports.indicators.catalogue import INDICATORS
from reports.indicators.readings import Reading
from reports.indicators.report import compute
from reports.indicators.scope import Scope, scope_of
from reports.selectors import outline, page, side_by_side
from reports.selectors.body import report_body
from reports.selectors.charts import charts
from reports.selectors.closed import added_since, closing_of
from reports.selectors.files import TYPES, report_file
from reports.selectors.rows import FigureRows, rows_of

PER_PAGE = 50
MOST_EDITIONS = 6
UNREPORTED = (EditionState.DRAFT, EditionState.CANCELLED)


@staff_required
@require_safe
@never_cache
def edition_report(request: HttpRequest, slug: str) -> HttpResponse:
    """As of now; `?by=sector` chooses what the table is by."""
    edition = edition_or_404(slug)
    report = compute(scope_of(edition))
    dimensions = page.dimensions()
    by = request.GET.get("by", "")
    context = {
        "edition": edition,
        "report": report,
        "headlines": page.headlines(report),
        "beside": outline.beside(report.figures),
        "parts": outline.parts(report.figures),
        "charts": charts(outline.chart_rows(report.figures)),
        "dimensions": dimensions,
        "table": page.table(report, by if by in dimensions else "company"),
        "audit": "",
        "closing": closing_of(edition),
        "late": added_since(edition),
        "doubles": likely_doubles(edition),
        "snapshots": edition.snapshots.select_related("by").defer("body", "detail")[:5],
    }
    return render(request, "reports/page.html", context)


@staff_required
@require_safe
@never_cache
def reports(request: HttpRequest) -> HttpResponse:
    """Editions side by side: those ticked (`?edition=…`), the latest ones by default."""
    known = list(Edition.objects.select_related("event__action").exclude(state__in=UNREPORTED))
    asked = [edition for edition in known if edition.event.slug in request.GET.getlist("edition")]
    chosen = sorted((asked or known)[:MOST_EDITIONS], key=lambda edition: edition.event.starts_on)
    found = [compute(scope_of(edition)) for edition in chosen]
    context = {
        "known": known,
        "chosen": chosen,
        "most": MOST_EDITIONS,
        "parts": side_by_side.parts(found),
        "charts": side_by_side.bars(found),
    }
    return render(request, "reports/side_by_side.html", context)


@staff_required
@require_safe
@never_cache
def report_rows(request: HttpRequest, slug: str, indicator: str) -> HttpResponse:
    """What a figure counted; the query string narrows it as the breakdowns do."""
    scope = scope_of(edition_or_404(slug))
    found = rows_of(reading_of(indicator, scope), scope, request.GET)
    return render(request, "reports/rows.html", rows_context(request, found, names=True))


@staff_required
@require_safe
@never_cache
def report_rows_file(request: HttpRequest, slug: str, indicator: str, kind: str) -> HttpResponseBase:
    """`kind` is csv or xlsx."""
    scope = scope_of(edition_or_404(slug))
    found = rows_of(reading_of(indicator, scope), scope, request.GET)
    header, rows = [str(column.label) for column in found.columns(names=True)], found.table(names=True)
    return table_response(kind, name=f"{slug}-{indicator}", title=indicator, header=header, rows=rows)


@staff_required
@require_safe
@never_cache
def report_file_view(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """The whole report; `kind` is json, csv, xlsx or pdf."""
    if kind not in TYPES:
        raise Http404
    body = report_body(compute(scope_of(edition_or_404(slug))))
    return attached(HttpResponse(report_file(body, kind), content_type=TYPES[kind]), slug, "bilan", kind)


def reading_of(slug: str, scope: Scope) -> Reading:
    """404 for what has no rows."""
    indicator = INDICATORS.get(slug)
    if not isinstance(indicator, Reading) or scope.edition.declared:
        raise Http404
    return indicator


def rows_context(request: HttpRequest, found: FigureRows, *, names: bool) -> dict[str, Any]:
    rows = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "edition": found.scope.edition,
        "as_of": found.scope.as_of,
        "reading": found.reading,
        "value": found.value,
        "chosen": found.chosen,
        "columns": found.columns(names=names),
        "page": rows,
        "lines": found.table(names=names, rows=rows),
        "query": request.GET.urlencode(),
    }


def attached(response: HttpResponseBase, *names: str) -> Any:
    """`names` end in the file's kind."""
    *stem, kind = names
    return as_file(response, f"{'-'.join(stem)}.{kind}")

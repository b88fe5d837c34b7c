"""Frozen reports: made, listed, compared by staff; verified by anybody who has the address."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import staff_required
from forums.models import Edition
from forums.views.finding import edition_or_404
from ledger.services.attribution import refresh_attributions
from medinjob.lib.canonical import sha256
from medinjob.lib.signatures import is_signed, key_id
from reports.forms.snapshots import FreezeForm
from reports.indicators.catalogue import HEADLINES, INDICATORS
from reports.indicators.readings import Given, Reading
from reports.indicators.wording import number_of
from reports.models import Snapshot
from reports.selectors.changes import MOST, changes
from reports.selectors.detail import row_changes
from reports.selectors.differences import differences
from reports.selectors.files import TYPES, report_file
from reports.selectors.pdf import report_pdf
from reports.services.signing import proof
from reports.services.snapshots import freeze_report, seal_of
from reports.views.report import attached

READINGS = frozenset(slug for slug, indicator in INDICATORS.items() if isinstance(indicator, Reading | Given))


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report_snapshots(request: HttpRequest, slug: str) -> HttpResponse:
    """GET lists them and asks, POST freezes one."""
    edition = edition_or_404(slug)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        refresh_attributions()  # an entry of the last hour, from paper, may decide of a contract
        snapshot = freeze_report(edition=edition, by=request.user, addresses=form.cleaned_data["addresses"])
        messages.success(request, _("Le bilan est figé : empreinte %(hash)s…") % {"hash": snapshot.sha256[:12]})
        return redirect("report-snapshots", slug)
    snapshots = edition.snapshots.select_related("by").defer("body", "detail")
    context = {"edition": edition, "form": form, "snapshots": snapshots}
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/snapshots.html", context, status=status)


@staff_required
@require_safe
@never_cache
def report_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """What differs between two of them, `before` and `after`; the latest two unless asked."""
    edition = edition_or_404(slug)
    pair = _pair(request, edition)
    found = differences(*(json.loads(snapshot.body) for snapshot in pair)) if pair else []
    context = {"edition": edition, "pair": pair, "differences": found, "readings": READINGS}
    return render(request, "reports/compare.html", context)


@staff_required
@require_safe
@never_cache
def report_changes(request: HttpRequest, slug: str, indicator: str) -> HttpResponse:
    """The events that made a difference."""
    edition = edition_or_404(slug)
    reading, pair = INDICATORS.get(indicator), _pair(request, edition)
    if not isinstance(reading, Reading | Given):
        raise Http404
    # The second of an instant is not kept: what happened within it may be in either snapshot.
    found = changes(reading, edition, (pair[0].as_of, pair[1].created_at)) if pair else []
    details = [json.loads(snapshot.detail or "{}") for snapshot in pair]
    rows = row_changes(reading, *details) if pair and isinstance(reading, Reading) else []
    context = {"edition": edition, "pair": pair, "reading": reading, "changes": found, "most": MOST, "rows": rows}
    return render(request, "reports/changes.html", context)


@require_safe
def report_verify(request: HttpRequest, token: str) -> HttpResponse:
    """What was frozen, and whether what we hold still has its digest."""
    snapshot = _snapshot(token)
    body = json.loads(snapshot.body)
    figures = [body["figures"][slug] for slug in HEADLINES if slug in body["figures"]]
    context: dict[str, Any] = {
        "snapshot": snapshot,
        "edition": body["edition"],
        "figures": [(figure, number_of(figure["value"])) for figure in figures],
        "whole": sha256(snapshot.body) == snapshot.sha256,
        "signed": bool(snapshot.key) and is_signed(snapshot.key, snapshot.body, snapshot.signature),
        "stamp": getattr(snapshot, "time_stamp", None),
        "key_id": key_id(snapshot.key) if snapshot.key else "",
    }
    return render(request, "reports/verify.html", context)


@require_safe
def report_snapshot_file(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The frozen report as a file; the JSON is, byte for byte, what the digest is of."""
    snapshot = _snapshot(token)
    if kind not in TYPES:
        raise Http404
    body = json.loads(snapshot.body)
    if kind == "json":
        content = snapshot.body.encode()
    elif kind == "pdf":
        content = report_pdf(body, seal_of(snapshot))
    else:
        content = report_file(body, kind)
    return attached(HttpResponse(content, content_type=TYPES[kind]), f"bilan-{snapshot.sha256[:12]}", kind)


@require_safe
def report_proof(request: HttpRequest, token: str) -> HttpResponse:
    """All that proves it without us."""
    snapshot = _snapshot(token)
    answer = HttpResponse(proof(snapshot=snapshot), content_type="application/zip")
    return attached(answer, f"preuve-{snapshot.sha256[:12]}", "zip")


def _snapshot(token: str) -> Snapshot:
    return get_object_or_404(Snapshot.objects.select_related("edition__event", "time_stamp"), token=token)


def _pair(request: HttpRequest, edition: Edition) -> list[Snapshot]:
    """The older one first; empty while there are not two."""
    known = list(edition.snapshots.order_by("pk"))
    asked = [snapshot for snapshot in known if str(snapshot.pk) in map(request.GET.get, ("before", "after"))]
    found = asked if len(asked) == 2 else known[-2:]
    return found if len(found) == 2 else []

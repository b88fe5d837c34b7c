"""The team's desk after an edition: who has answered, answers heard otherwise, persons to recognise."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import staff_required
from forums.views.finding import any_edition
from ledger.forms.follow_up import FollowUpForm, MatchForm, StaffSourceForm
from ledger.models import FollowUpDate, ReportedMeeting
from ledger.selectors.follow_up import dates_of, follow_ups_of, may_be, met_of, reported_at
from ledger.services import follow_up as services
from ledger.services import reported as reporting
from ledger.views.follow_up import get_follow_up, tell_saved
from medinjob.lib.errors import RefusedError

PER_PAGE = 50


@staff_required
@require_safe
def follow_up_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Each date with its answers, those who have not answered first."""
    edition = any_edition(slug)
    dates = list(dates_of(edition))
    asked = [date for date in dates if date.all_asked]  # type: ignore[attr-defined]
    shown = next((date for date in asked if str(date.pk) == request.GET.get("date")), asked[-1] if asked else None)
    rows = follow_ups_of(shown) if shown else FollowUpDate.objects.none()
    context = {
        "edition": edition,
        "dates": dates,
        "shown": shown,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "reported": reported_at(edition),
    }
    return render(request, "ledger/desk.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_entry(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """What one side told the team by telephone, by mail or on paper."""
    row = get_follow_up(follow_up_id)
    data = request.POST if request.method == "POST" else None
    form, source = FollowUpForm(data, follow_up=row, met=met_of(row)), StaffSourceForm(data)
    if data is not None and source.is_valid() and form.is_valid():
        new = services.answer(follow_up=row, answers=form.answers, by=request.user, **source.cleaned_data)
        row.refresh_from_db(fields=["answered_at"])
        tell_saved(request, new, row.answered_at is not None)
        return redirect("follow-up-entry", row.pk)
    context = {"follow_up": row, "edition": row.date.edition, "form": form, "source": source}
    status = 200 if data is None else 422
    return render(request, "ledger/entry.html", context, status=status)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_match(request: HttpRequest, reported_id: int) -> HttpResponse:
    """Who is the person that a company says it met?"""
    related = ReportedMeeting.objects.select_related("exhibitor__company", "exhibitor__edition__event", "attendee")
    row = get_object_or_404(related, pk=reported_id)
    q = request.GET.get("q", "")[:100].strip()
    form = MatchForm(request.POST if request.method == "POST" else None, among=may_be(row, q))
    if form.is_valid():
        try:
            reporting.match(reported=row, attendee=form.cleaned_data["attendee"], by=request.user)
        except RefusedError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("Cette personne est interrogée : la rencontre comptera si elle confirme."))
            return redirect("follow-up-desk", row.exhibitor.edition.event.slug)
    context = {"reported": row, "edition": row.exhibitor.edition, "form": form, "q": q}
    status = 422 if form.is_bound else 200
    return render(request, "ledger/match.html", context, status=status)

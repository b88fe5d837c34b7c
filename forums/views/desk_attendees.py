"""The team's desk: who comes, and their badges on paper."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import staff_required
from forums.badges import badges_pdf
from forums.enums import AttendeeState
from forums.filters import AttendeeFilter
from forums.forms.attendees import BlankBadgesForm
from forums.selectors.attendees import attendees_for_staff, badges_to_print
from forums.selectors.exhibitors import count_by_state
from forums.services.badges import make_blank_badges
from forums.views.finding import any_edition
from medinjob.lib.export import as_file

PER_PAGE = 50


@staff_required
@require_safe
def edition_attendees(request: HttpRequest, slug: str) -> HttpResponse:
    edition = any_edition(slug)
    rows = AttendeeFilter(request.GET or None, queryset=attendees_for_staff(edition))
    page: Any = Paginator(rows.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "filter": rows,
        "page": page,
        "counts": count_by_state(edition.attendees.all(), AttendeeState.values),
    }
    return render(request, "forums/edition/desk/attendees.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_badges(request: HttpRequest, slug: str) -> HttpResponse:
    """How many there are to print; blank ones are added here."""
    edition, form = any_edition(slug), BlankBadgesForm(request.POST or None)
    if form.is_valid():
        count = len(make_blank_badges(edition=edition, count=form.cleaned_data["count"]))
        added = ngettext("%(n)s badge vierge ajouté.", "%(n)s badges vierges ajoutés.", count) % {"n": count}
        messages.success(request, added)
        return redirect("edition-badges", slug)
    badges = badges_to_print(edition)
    blank = badges.filter(blank=True).count()
    context = {"edition": edition, "form": form, "blank": blank, "named": badges.count() - blank}
    return render(request, "forums/edition/desk/badges.html", context)


@staff_required
@require_safe
def edition_badges_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """All in one file: those with a name, then the blank ones; `?only=named` or `?only=blank`."""
    edition, only = any_edition(slug), request.GET.get("only")
    badges = badges_to_print(edition)
    if only in ("named", "blank"):
        badges = badges.filter(blank=only == "blank")
    if not (found := list(badges)):
        messages.info(request, _("Il n'y a pas encore de badge à imprimer."))
        return redirect("edition-badges", slug)
    answer = HttpResponse(badges_pdf(edition, found), content_type="application/pdf")
    return as_file(answer, f"badges-{edition.event.slug}.pdf", inline=True)

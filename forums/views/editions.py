"""What the public sees of the forum."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forums.rules import attendees_open, exhibitors_open, is_over
from forums.selectors.editions import own_part, public_editions, showing
from forums.selectors.exhibitors import public_exhibitors
from forums.views.finding import public_edition
from forums.wording import calendar, structured_data
from medinjob.lib.export import as_file
from medinjob.lib.json_ld import json_ld


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """Those to come, then those that were."""
    today = timezone.localdate()
    rows = list(public_editions())
    coming = [edition for edition in reversed(rows) if edition.event.ends_on >= today and edition.state == "announced"]
    past = [edition for edition in rows if edition not in coming]
    return render(request, "forums/edition/list.html", {"coming": coming, "past": past, "nav": "forum"})


@require_safe
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    found, now = public_edition(slug), timezone.now()
    if found.declared:
        figures = found.event.declared_figures.all()
        return render(request, "forums/edition/declared.html", {"edition": found, "figures": figures, "nav": "forum"})
    context = {
        "edition": found,
        "programme": found.programme.select_related("venue"),
        "showing": showing(found),
        "attendees_open": attendees_open(found, now),
        **own_part(found, request.user),
        "exhibitors_open": exhibitors_open(found, now),
        "is_over": is_over(found),
        "json_ld": json_ld(structured_data(found)),
        "nav": "forum",
    }
    return render(request, "forums/edition/edition.html", context)


@require_safe
def edition_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    found = public_edition(slug)
    answer = HttpResponse(calendar(found), content_type="text/calendar; charset=utf-8")
    return as_file(answer, f"{found.event.slug}.ics")


@require_safe
def edition_exhibitors(request: HttpRequest, slug: str) -> HttpResponse:
    """Who exhibits, with the offers of each."""
    found = public_edition(slug)
    context = {"edition": found, "exhibitors": public_exhibitors(found), "is_over": is_over(found), "nav": "forum"}
    return render(request, "forums/exhibitor/list.html", context)

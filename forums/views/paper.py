"""The last resort: a list on paper for when nothing works, and its lines written here afterwards."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import staff_required
from forums.actor import Actor
from forums.badges import badge_address
from forums.enums import EntrySource, Tone
from forums.forms.day import PaperForm
from forums.models import Attendee, Edition, Venue
from forums.selectors.answers import Answer, entered, found_by_badge, found_by_name, no_place
from forums.selectors.door import printed_list
from forums.services.door import check_in
from forums.services.walk_ins import register_walk_in
from forums.views.access import at_door
from forums.views.door import chosen_person, chosen_venue
from forums.views.finding import edition_with_rows
from medinjob.lib.errors import RefusedError
from medinjob.lib.qr import qr_svg
from medinjob.lib.text import single_line


@at_door
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def door_paper(request: HttpRequest, edition: Edition, actor: Actor) -> HttpResponse:
    """One line after the other: day and author stay, time and name begin anew."""
    venue = chosen_venue(request, edition)
    first = {"author": actor.name, "day": timezone.localdate().isoformat()}
    form = PaperForm(request.POST or None, edition=edition, initial=first)
    answer = None
    if form.is_valid():
        answer = _answer(request, edition, venue, actor, form.cleaned_data)
        if answer.entry:
            form = PaperForm(edition=edition, initial={"day": form.data["day"], "author": form.data["author"]})
    unknown = answer is not None and answer.tone == Tone.STOP and answer.admit is None
    context = {"edition": edition, "venue": venue, "form": form, "answer": answer, "unknown": unknown}
    return render(request, "forums/day/paper.html", context)


@staff_required
@require_safe
@never_cache
def door_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody registered, by name, a box for each day and the QR code of the badge: to print."""
    edition = edition_with_rows(slug)
    rows = [
        (attendee, qr_svg(badge_address(badge), quick=True) if badge else "")
        for attendee, badge in printed_list(edition)
    ]
    context = {"edition": edition, "days": edition.days.all(), "rows": rows, "nav": "staff"}
    return render(request, "forums/day/list.html", context)


def _answer(request: HttpRequest, edition: Edition, venue: Venue, actor: Actor, line: dict[str, Any]) -> Answer:
    """`register` in the request: the name on the paper is of nobody registered."""
    how = {"source": EntrySource.PAPER, "at": line["at"], "author": line["author"]}
    if "register" in request.POST:
        done = register_walk_in(venue=venue, name=single_line(line["code"], 120), actor=actor, **how)
        return entered(done.entry, done.attendee.name, new=True)
    person: Any = chosen_person(request, edition)
    if person is None:
        found = found_by_badge(edition, line["code"]) or found_by_name(edition, line["code"], venue, line["day"])
        if isinstance(found, Answer):
            return found
        person = found.attendee
    try:
        entry, new = check_in(person=person, venue=venue, actor=actor, **how)
    except RefusedError as error:
        assert isinstance(person, Attendee)
        return no_place(person, str(error))
    return entered(entry, person.name, new=new)

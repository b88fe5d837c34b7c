"""The door: one field, one answer. It all works by keyboard and without script; with it, the answer comes in place."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from forums.actor import Actor
from forums.enums import EntrySource, Tone
from forums.forms.day import BindForm, RepresentativeForm, WalkInForm
from forums.models import Attendee, Badge, Edition, Entry, Representative, Venue
from forums.selectors.answers import Answer, entered, found_by_badge, found_by_name, no_place, rehearsed
from forums.selectors.door import counts, latest_entries, read_badge, stands
from forums.selectors.passes import is_on
from forums.services.door import add_representative, admit, bind_badge, check_in, undo_entry
from forums.services.walk_ins import register_walk_in
from forums.views.access import at_door
from medinjob.lib.errors import RefusedError
from medinjob.lib.limits import within_limit

WALK_INS_AN_HOUR = 600


@at_door
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def door(request: HttpRequest, edition: Edition, actor: Actor) -> HttpResponse:
    """A POST's `code` is a badge or a name; `attendee` or `representative` somebody chosen from a list. On any other
    day than those of the edition this is a rehearsal: it answers the same and writes nothing."""
    venue = chosen_venue(request, edition)
    answer = _answer(request, edition, venue, actor) if request.method == "POST" else None
    return _page(request, edition, venue, answer)


@at_door
@require_POST
def door_undo(request: HttpRequest, edition: Edition, actor: Actor, entry_id: int) -> HttpResponse:
    entry = get_object_or_404(Entry.objects.select_related("attendee", "representative"), pk=entry_id, edition=edition)
    undo_entry(entry=entry)
    person: Any = entry.attendee or entry.representative
    answer = Answer(Tone.STOP, person.name, _("Entrée annulée : cette personne n'est plus comptée présente."))
    return _page(request, edition, entry.venue, answer)


@at_door
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def door_walk_in(request: HttpRequest, edition: Edition, actor: Actor) -> HttpResponse:
    """Name, maybe an address, a blank badge: in."""
    venue = chosen_venue(request, edition)
    typed = {"blank": request.GET.get("badge", ""), "name": request.GET.get("name", "")}
    form = WalkInForm(request.POST or None, edition=edition, initial=typed)
    if form.is_valid() and is_rehearsal(edition):
        return _page(request, edition, venue, rehearsed(form.cleaned_data["name"]))
    if form.is_valid() and _in_pace(edition, form):
        try:
            done = register_walk_in(venue=venue, actor=actor, **form.cleaned_data)
        except RefusedError as error:
            form.add_error("blank", str(error))
        else:
            return _page(request, edition, venue, entered(done.entry, done.attendee.name, new=True))
    return render(request, "forums/day/walk_in.html", {"edition": edition, "venue": venue, "form": form})


@at_door
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def door_bind(request: HttpRequest, edition: Edition, actor: Actor, attendee_id: int) -> HttpResponse:
    """A blank badge for somebody registered who has none at hand, and in."""
    attendee = get_object_or_404(Attendee, pk=attendee_id, edition=edition, forgotten_at=None)
    venue = chosen_venue(request, edition)
    form = BindForm(request.POST or None, edition=edition)
    if form.is_valid() and is_rehearsal(edition):
        return _page(request, edition, venue, rehearsed(attendee.name))
    if form.is_valid():
        try:
            bind_badge(badge=form.cleaned_data["blank"], attendee=attendee)
        except RefusedError as error:
            form.add_error("blank", str(error))
        else:
            return _page(request, edition, venue, _let_in(attendee, venue, EntrySource.SCAN, actor))
    return render(request, "forums/day/bind.html", {"edition": edition, "attendee": attendee, "form": form})


@at_door
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def door_stands(request: HttpRequest, edition: Edition, actor: Actor) -> HttpResponse:
    """The people of the stands; a POST adds one whom nobody announced, and lets them in."""
    venue = chosen_venue(request, edition)
    form = RepresentativeForm(request.POST or None, edition=edition)
    if form.is_valid() and is_rehearsal(edition):
        return _page(request, edition, venue, rehearsed(form.cleaned_data["name"]))
    if form.is_valid():
        person = add_representative(**form.cleaned_data)
        return _page(request, edition, venue, _let_in(person, venue, EntrySource.WALK_IN, actor))
    lists = stands(edition, venue, timezone.localdate())
    context = {"edition": edition, "venue": venue, "form": form, "stands": lists}
    return render(request, "forums/day/stands.html", context)


def _in_pace(edition: Edition, form: WalkInForm) -> bool:
    """Who has an address is welcomed by mail: no more of them than doors can let in."""
    email = form.cleaned_data.get("email")
    if not email or within_limit("walk-in", edition.pk, most=WALK_INS_AN_HOUR, seconds=3600):
        return True
    form.add_error("email", _("Trop de courriels en une heure : laissez l'adresse vide, la personne entre quand même."))
    return False


def _answer(request: HttpRequest, edition: Edition, venue: Venue, actor: Actor) -> Answer:
    typed = " ".join(request.POST.get("code", "").split())[:300]
    if person := chosen_person(request, edition):
        return _choose(request, person, venue, actor)
    if not typed:
        return Answer(Tone.STOP, _("Rien n'a été lu"), _("Scannez un badge, ou tapez un nom."))
    found = found_by_badge(edition, typed)
    if isinstance(found, Badge) and found.attendee:
        return _let_in(found.attendee, venue, EntrySource.SCAN, actor)
    if isinstance(found, Answer):
        return found
    return found_by_name(edition, typed, venue, timezone.localdate())


def chosen_person(request: HttpRequest, edition: Edition) -> Attendee | Representative | None:
    if (pk := request.POST.get("attendee", "")).isdecimal():
        return get_object_or_404(Attendee, pk=pk, edition=edition, forgotten_at=None)
    if (pk := request.POST.get("representative", "")).isdecimal():
        return get_object_or_404(Representative, pk=pk, exhibitor__edition=edition)
    return None


def _choose(request: HttpRequest, person: Attendee | Representative, venue: Venue, actor: Actor) -> Answer:
    """Somebody from a list; `admit` gives a place, `badge` is the blank one that was scanned before."""
    if is_rehearsal(venue.edition):
        return rehearsed(person.name)
    try:
        if isinstance(person, Attendee) and "admit" in request.POST:
            admit(attendee=person, actor=actor)
        if isinstance(person, Attendee) and (blank := read_badge(request.POST.get("badge", ""))):
            bind_badge(badge=blank, attendee=person)
    except RefusedError as error:
        return Answer(Tone.STOP, person.name, str(error))
    return _let_in(person, venue, EntrySource.NAME, actor)


def _let_in(person: Attendee | Representative, venue: Venue, source: EntrySource, actor: Actor) -> Answer:
    if is_rehearsal(venue.edition):
        return rehearsed(person.name)
    try:
        entry, new = check_in(person=person, venue=venue, source=source, actor=actor)
    except RefusedError as error:
        assert isinstance(person, Attendee)
        return no_place(person, str(error))
    return entered(entry, person.name, new=new)


def is_rehearsal(edition: Edition) -> bool:
    """Is today none of its days? Asked once a request."""
    known = vars(edition)
    if "rehearsal" not in known:
        known["rehearsal"] = not is_on(edition)
    return bool(known["rehearsal"])


def chosen_venue(request: HttpRequest, edition: Edition) -> Venue:
    """The one that the page is for: asked for, or the first."""
    venues: list[Venue] = list(edition.venues.all())
    asked = request.POST.get("venue") or request.GET.get("venue", "")
    if not venues:
        raise Http404
    venue = next((venue for venue in venues if str(venue.pk) == asked), venues[0])
    venue.edition = edition
    return venue


def _page(request: HttpRequest, edition: Edition, venue: Venue, answer: Answer | None) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "edition": edition,
        "venue": venue,
        "answer": answer,
        "rehearsal": is_rehearsal(edition),
        "counts": counts(edition, today),
        "latest": latest_entries(venue, today),
        "code": request.POST.get("code", ""),
        "blank": answer.blank.token if answer and answer.blank else request.POST.get("badge", ""),
    }
    part = getattr(request, "htmx", False) and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "forums/day/door_answer.html" if part else "forums/day/door.html", context)

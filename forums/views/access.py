"""Who may work on the day: staff, members of the exhibiting company, and whoever opened the link of a pass, which this
browser then remembers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.access import acts_as_staff
from companies.rules import is_member
from forums.actor import Actor
from forums.enums import EditionState, ExhibitorState
from forums.models import Edition, Exhibitor, Meeting, Pass
from forums.selectors.editions import edition_at
from forums.selectors.passes import door_pass, find_pass, stand_pass

SESSION_KEY = "forum_pass"
View = Callable[..., HttpResponse]


def remember_pass(request: HttpRequest, held: Pass) -> None:
    request.session.cycle_key()
    request.session[SESSION_KEY] = held.pk


def door_actor(request: HttpRequest, edition: Edition) -> Actor | None:
    if acts_as_staff(request):
        return Actor(user=request.user)
    held = door_pass(request.session.get(SESSION_KEY), edition)
    return Actor(held=held) if held else None


def stand_actor(request: HttpRequest, exhibitor: Exhibitor) -> Actor | None:
    if request.user.is_authenticated and is_member(request.user, exhibitor.company):
        return Actor(user=request.user)
    held = stand_pass(request.session.get(SESSION_KEY), exhibitor)
    return Actor(held=held) if held else None


def stands_of(request: HttpRequest, edition: Edition) -> list[Exhibitor]:
    """The accepted stands of an edition where one works."""
    stands = _stands().filter(edition=edition)
    if request.user.is_authenticated:
        own = list(stands.filter(company__memberships__user=request.user).order_by("company__name"))
        if own:
            return own
    held = find_pass(pk) if (pk := request.session.get(SESSION_KEY)) else None
    exhibitor = held.exhibitor if held and held.edition_id == edition.pk else None
    return [exhibitor] if exhibitor and stand_pass(pk, exhibitor) else []


def at_door(view: View) -> View:
    """`view(request, edition, actor, …)` for an announced edition. Anonymous without a pass: to sign in; others 403."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        edition = edition_at(slug, Edition.objects.filter(state=EditionState.ANNOUNCED))
        actor = door_actor(request, edition) if edition else None
        if edition is None or actor is None:
            return _turn_away(request, edition)
        return view(request, edition, actor, *args, **kwargs)

    return guarded


def at_stand(view: View) -> View:
    """`view(request, exhibitor, actor, …)` for an accepted stand. Anonymous without a pass: to sign in; others 404."""

    @wraps(view)
    def guarded(request: HttpRequest, exhibitor_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        exhibitor = _stands().filter(pk=exhibitor_id).first()
        actor = stand_actor(request, exhibitor) if exhibitor else None
        if exhibitor is None or actor is None:
            return _to_sign_in(request)
        return view(request, exhibitor, actor, *args, **kwargs)

    return guarded


def at_meeting(view: View) -> View:
    """`view(request, meeting, actor, …)` for a meeting of a stand where one works."""

    @wraps(view)
    def guarded(request: HttpRequest, meeting_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        meeting = Meeting.objects.select_related(*_MEETING).filter(pk=meeting_id).first()
        actor = stand_actor(request, meeting.exhibitor) if meeting else None
        if meeting is None or actor is None or meeting.exhibitor.state != ExhibitorState.ACCEPTED:
            return _to_sign_in(request)
        return view(request, meeting, actor, *args, **kwargs)

    return guarded


_MEETING = ("attendee__user", "exhibitor__company", "exhibitor__edition__event")


def _stands() -> Any:
    return Exhibitor.objects.accepted().select_related("company", "edition__event")


def _turn_away(request: HttpRequest, edition: Edition | None) -> HttpResponse:
    if not request.user.is_authenticated and not request.session.get(SESSION_KEY):
        return redirect_to_login(request.get_full_path())
    if edition is None and acts_as_staff(request):
        raise Http404
    raise PermissionDenied(_("L'entrée est ouverte à l'équipe et aux laissez-passer valables ce jour."))


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated and not request.session.get(SESSION_KEY):
        return redirect_to_login(request.get_full_path())
    raise Http404

"""The stand: a recruiter's phone, one thumb."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forums.actor import Actor
from forums.enums import MeetingAction
from forums.forms.day import NoteForm, ScanForm, StandApplicationForm
from forums.models import Exhibitor, Meeting
from forums.selectors.passes import is_on
from forums.selectors.stand import applications_at, guest, masked, meetings_of, offers_at, proposals_at
from forums.services import meetings as steps
from forums.services.stand import propose_at_stand
from forums.transitions import MEETING
from forums.views.access import at_meeting, at_stand
from medinjob.lib.errors import RefusedError
from medinjob.lib.limits import within_limit

PER_PAGE = 30
# Each is a mail to the person; a stand has one phone or two.
APPLICATIONS_AN_HOUR, MAILS_TO_ONE = 120, 5
STEPS: dict[str, Callable[..., None]] = {
    MeetingAction.START: steps.start,
    MeetingAction.FINISH: steps.finish,
    MeetingAction.MISS: steps.miss,
    MeetingAction.REOPEN: steps.reopen,
}


@at_stand
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stand(request: HttpRequest, exhibitor: Exhibitor, actor: Actor) -> HttpResponse:
    """A POST's `code` is a badge: its meeting opens."""
    form = ScanForm(request.POST or None)
    if form.is_valid():
        try:
            meeting = steps.open_meeting(exhibitor=exhibitor, attendee=form.cleaned_data["code"], actor=actor)
            return redirect("stand-meeting", meeting.pk)
        except RefusedError as error:
            form.add_error("code", str(error))
    page = Paginator(meetings_of(exhibitor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "exhibitor": exhibitor,
        "edition": exhibitor.edition,
        "form": form,
        "page": page,
        "guests": [(meeting, guest(meeting)) for meeting in page],
        "offers": offers_at(exhibitor),
        "on": is_on(exhibitor.edition),
        "member": actor.user is not None,
    }
    return render(request, "forums/day/stand.html", context)


@at_meeting
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stand_meeting(request: HttpRequest, meeting: Meeting, actor: Actor) -> HttpResponse:
    """A POST's `do` is a step, "decline" or "note"."""
    do = request.POST.get("do", "")
    form = NoteForm(request.POST if do == "note" else None, initial={"note": meeting.note, "version": meeting.version})
    if request.method == "POST" and _done(request, meeting, actor, do, form):
        return redirect("stand-meeting", meeting.pk)
    return render(request, "forums/day/meeting.html", _context(meeting, form))


@at_meeting
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stand_share(request: HttpRequest, meeting: Meeting, actor: Actor) -> HttpResponse:
    """The page that is handed over to the person. Nothing is shared on it, since the stand holds the device: it sends
    them the link where they choose."""
    do = request.POST.get("do")
    if do == "decline":
        steps.decline(meeting=meeting, actor=actor)
        messages.info(request, _("La personne préfère ne rien partager."))
        return redirect("stand-meeting", meeting.pk)
    if do == "ask":
        if not within_limit("share", meeting.pk, most=MAILS_TO_ONE, seconds=3600):
            messages.error(request, _("C'est beaucoup en peu de temps : réessayez dans une heure."))
        elif steps.ask_to_share(meeting=meeting):
            messages.success(request, _("Le lien est parti : la personne choisit sur son téléphone."))
        return redirect("stand-meeting", meeting.pk)
    context = {"meeting": meeting, "exhibitor": meeting.exhibitor, "masked": masked(meeting.attendee)}
    return render(request, "forums/day/share.html", context)


@at_meeting
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stand_apply(request: HttpRequest, meeting: Meeting, actor: Actor) -> HttpResponse:
    """An application to an offer of the stand, or a request about a training, for the person to confirm."""
    offers = offers_at(meeting.exhibitor)
    form = StandApplicationForm(
        request.POST or None,
        offers=offers,
        ask_email=not meeting.attendee.email,
        initial={"offer": request.GET.get("offer")},
    )
    if form.is_valid() and _applied(request, meeting, actor, form):
        return redirect("stand-meeting", meeting.pk)
    context = {"meeting": meeting, "exhibitor": meeting.exhibitor, "guest": guest(meeting), "form": form}
    return render(request, "forums/day/stand_apply.html", {**context, "offers": offers})


def _done(request: HttpRequest, meeting: Meeting, actor: Actor, do: str, form: NoteForm) -> bool:
    try:
        if do == "note":
            return _noted(meeting, form)
        if step := STEPS.get(do):
            step(meeting=meeting, actor=actor)
    except RefusedError as error:
        messages.error(request, str(error))
    return True


def _noted(meeting: Meeting, form: NoteForm) -> bool:
    """False when it was not kept: the form then says why, and holds what was typed."""
    if not form.is_valid():
        return False
    try:
        steps.write_note(meeting=meeting, text=form.cleaned_data["note"], version=form.cleaned_data["version"])
    except RefusedError as error:
        form.add_error("note", str(error))
        return False
    return True


def _applied(request: HttpRequest, meeting: Meeting, actor: Actor, form: StandApplicationForm) -> bool:
    data = form.cleaned_data
    typed = data.get("email", "").lower()
    if not within_limit("at-stand", meeting.exhibitor_id, most=APPLICATIONS_AN_HOUR, seconds=3600) or (
        typed and not within_limit("at-stand-to", typed, most=MAILS_TO_ONE, seconds=3600)
    ):
        form.add_error(None, _("C'est beaucoup en peu de temps : réessayez dans une heure."))
        return False
    try:
        propose_at_stand(
            meeting=meeting, offer=data["offer"], message=data["message"], email=data.get("email", ""), actor=actor
        )
    except RefusedError as error:
        form.add_error("offer", str(error))
        return False
    messages.success(request, _("La personne reçoit un lien : sa candidature vous parvient quand elle confirme."))
    return True


def _context(meeting: Meeting, form: NoteForm) -> dict[str, Any]:
    possible = [action for action, (allowed, _after) in MEETING.items() if meeting.state in allowed]
    return {
        "meeting": meeting,
        "exhibitor": meeting.exhibitor,
        "guest": guest(meeting),
        "possible": possible,
        "form": form,
        "applications": applications_at(meeting),
        "proposals": proposals_at(meeting),
        "offers": offers_at(meeting.exhibitor),
    }

"""A person's own side of a meeting, by the signed link of their registration."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candidates.selectors.snapshots import profile_facts
from forums.actor import Actor
from forums.forms.day import ShareForm
from forums.models import Meeting
from forums.selectors.own import meetings_with
from forums.selectors.sharing import sharable
from forums.services.meetings import agree, decline
from forums.views.finding import attendee_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def registration_meeting(request: HttpRequest, token: str, meeting_id: int) -> HttpResponse:
    """What a stand asks for, with its values, before anything is ticked."""
    attendee = attendee_of(token)
    meeting: Meeting = get_object_or_404(meetings_with(attendee), pk=meeting_id)
    possible = sharable(attendee)
    form = ShareForm(request.POST or None, sharable=possible, own=True, initial={"chosen": list(meeting.shared)})
    if request.POST.get("do") in ("agree", "decline") and form.is_valid():
        _answer(request, meeting, form)
        return redirect("edition-registration", token)
    profile = possible.get("profile", {})
    context = {
        "token": token,
        "meeting": meeting,
        "exhibitor": meeting.exhibitor,
        "edition": attendee.edition,
        "form": form,
        "sharable": possible,
        "facts": profile_facts(profile),
        "skills": profile.get("skills", []),
        "nav": "forum",
    }
    return render(request, "forums/day/own_meeting.html", context)


def _answer(request: HttpRequest, meeting: Meeting, form: ShareForm) -> None:
    actor = Actor(user=meeting.attendee.user)
    company = meeting.exhibitor.company.name
    if request.POST.get("do") == "decline":
        decline(meeting=meeting, actor=actor)
        messages.success(request, _("%(company)s ne voit que votre prénom.") % {"company": company})
    else:
        agree(meeting=meeting, chosen=form.cleaned_data["chosen"], actor=actor, own=True)
        messages.success(request, _("%(company)s a reçu ce que vous partagez.") % {"company": company})

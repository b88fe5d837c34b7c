"""A person's own side of a meeting, by the signed link of their registration."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candidates.errors import AlreadyAppliedError, NotOpenError
from candidates.links import complete_url
from candidates.selectors.snapshots import profile_facts
from forums.actor import Actor
from forums.errors import MeetingError
from forums.forms.day import ProposalForm, ShareForm
from forums.links import read_proposal
from forums.models import Meeting, StandProposal
from forums.selectors.own import meetings_with, proposal_of, waiting_proposals
from forums.selectors.sharing import sharable
from forums.services.meetings import agree, decline
from forums.services.stand import confirm_proposal, decline_proposal
from forums.views.finding import attendee_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def registration_meeting(request: HttpRequest, token: str, meeting_id: int) -> HttpResponse:
    """What a stand asks for, with its values, before anything is ticked."""
    attendee = attendee_of(token)
    meeting: Meeting = get_object_or_404(meetings_with(attendee), pk=meeting_id)
    possible = sharable(attendee)
    form = ShareForm(request.POST or None, sharable=possible, initial={"chosen": list(meeting.shared)})
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
        "proposals": waiting_proposals(meeting),
        "nav": "forum",
    }
    return render(request, "forums/day/own_meeting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stand_proposal(request: HttpRequest, token: str) -> HttpResponse:
    """What a recruiter typed for this person: GET shows what would leave, only POST sends it."""
    proposal = proposal_of(read_proposal(token))
    if proposal is None:
        raise Http404
    form = ProposalForm(request.POST if request.POST.get("do") == "confirm" else None, proposal=proposal)
    if request.method == "POST" and _decided(request, proposal, form):
        return redirect("stand-proposal", token)
    shared = {} if proposal.email else proposal.meeting.shared
    sent = proposal.application
    context = {
        "proposal": proposal,
        "offer": proposal.offer,
        "form": form,
        "shared": shared,
        "complete_url": complete_url(sent.pk) if sent and sent.incomplete else "",
        "nav": "forum",
    }
    return render(request, "forums/day/proposal.html", context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, proposal: StandProposal, form: ProposalForm) -> bool:
    """False when it was not done: the form says why, and holds what was typed."""
    try:
        if request.POST.get("do") == "decline":
            decline_proposal(proposal=proposal)
        elif not form.is_valid():
            return False
        else:
            confirm_proposal(proposal=proposal, **form.cleaned_data)
    except MeetingError:  # answered meanwhile: the page says so
        return True
    except (AlreadyAppliedError, NotOpenError) as error:
        form.add_error(None, str(error))
        return False
    return True


def _answer(request: HttpRequest, meeting: Meeting, form: ShareForm) -> None:
    actor = Actor(user=meeting.attendee.user)
    company = meeting.exhibitor.company.name
    if request.POST.get("do") == "decline":
        decline(meeting=meeting, actor=actor)
        messages.success(request, _("%(company)s ne voit que votre prénom.") % {"company": company})
    else:
        agree(meeting=meeting, chosen=form.cleaned_data["chosen"], actor=actor)
        messages.success(request, _("%(company)s a reçu ce que vous partagez.") % {"company": company})

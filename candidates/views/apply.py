"""Applying on a phone in a minute: with an account here, without one in `views.drafts`."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candidates.errors import AlreadyAppliedError, NotOpenError
from candidates.forms.applying import ApplyForm
from candidates.models import CV
from candidates.selectors.offers import applicable_offers
from candidates.selectors.own import current_cv, held_application
from candidates.services.applying import apply as send_application
from candidates.services.cvs import add_cv
from candidates.services.profiles import profile_of
from candidates.views.drafts import draft_form, linked_draft, own_draft
from candidates.views.pace import HOUR, SENT_AN_HOUR, TOO_MANY
from jobs.models import Offer
from jobs.selectors.public_offer import Sight
from jobs.views.access import offer_in_sight
from medinjob.lib.limits import in_pace
from search.service.search import similar


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def apply(request: HttpRequest, offer_id: int) -> HttpResponse:
    """The form; for an offer that takes no applications here, where to go instead."""
    offer = applicable_offers().filter(pk=offer_id).first()
    if offer is None:
        return _elsewhere(request, offer_id)
    return _with_account(request, offer) if request.user.is_authenticated else draft_form(request, offer)


def _with_account(request: HttpRequest, offer: Offer) -> HttpResponse:
    if held := held_application(request.user, offer):
        messages.info(request, _("Vous avez déjà une candidature en cours pour cette offre : la voici."))
        return redirect(held)
    cv = current_cv(request.user)
    if request.method != "POST":
        return _apply_page(request, offer, ApplyForm(offer=offer, current_cv=cv, initial=_initial(request, offer)), cv)
    if not in_pace(request, "apply", most=SENT_AN_HOUR, seconds=HOUR):
        form = ApplyForm(request.POST, offer=offer, current_cv=cv)
        form.add_error(None, TOO_MANY)
        return _apply_page(request, offer, form, cv, status=429)
    form = ApplyForm(request.POST, request.FILES, offer=offer, current_cv=cv)
    cv = _kept(request.user, form) or cv
    answer = _send(request, offer, form, cv) if form.is_valid() else None
    return answer or _apply_page(request, offer, form, cv)


def _apply_page(request: HttpRequest, offer: Offer, form: ApplyForm, cv: CV | None, status: int = 200) -> HttpResponse:
    return render(request, "candidates/apply.html", {"offer": offer, "form": form, "cv": cv}, status=status)


def _send(request: HttpRequest, offer: Offer, form: ApplyForm, cv: CV | None) -> HttpResponse | None:
    """None when it could not be sent: the form then says why."""
    data = form.cleaned_data
    attached = None if data.get("without_cv") and not data["cv"] else cv
    words = {"name": data["name"], "message": data["message"], "career": data["career"]}
    try:
        application = send_application(user=request.user, offer=offer, cv=attached, **words)
    except AlreadyAppliedError as error:
        messages.info(request, str(error))
        return redirect(error.application)
    except NotOpenError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("C'est envoyé. Vous suivez la suite ici."))
    return redirect(application)


def _kept(user: Any, form: ApplyForm) -> CV | None:
    """A good file is kept even when something else is wrong: it would have to be chosen again."""
    form.is_valid()
    if not (checked := form.cleaned_data.get("cv")):
        return None
    return add_cv(owner=user, filename=checked.filename, data=checked.data, document=checked.document)


def _initial(request: HttpRequest, offer: Offer) -> dict[str, Any]:
    """The words of the draft whose link was opened, or of this browser's own. Those that somebody else may have left
    under the address wait behind their link."""
    user: Any = request.user
    draft = own_draft(request, offer) or linked_draft(request, offer)
    return {
        "name": (draft.name if draft else "") or user.name,
        "message": draft.message if draft else "",
        "career": (draft.career if draft else "") or profile_of(user=user).career,
    }


def _elsewhere(request: HttpRequest, offer_id: int) -> HttpResponse:
    offer, sight = offer_in_sight(request, Offer.objects.select_related("company", "duplicate_of"), offer_id)
    if sight in {Sight.ENDED, Sight.PAUSED}:
        context = {"offer": offer, "similar": similar(offer)}
        return render(request, "candidates/apply_closed.html", context, status=410)
    return redirect(offer)

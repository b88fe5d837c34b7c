"""Applying on a phone in two minutes, with an account or before having one."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.selectors import has_account
from candidates.errors import AlreadyAppliedError, NotOpenError
from candidates.forms.applying import ApplyForm, DraftForm
from candidates.models import CV, ApplicationDraft
from candidates.selectors.offers import applicable_offers
from candidates.selectors.own import current_cv, held_application, live_drafts
from candidates.services.applying import apply as send_application
from candidates.services.cvs import add_cv
from candidates.services.drafts import save_draft
from candidates.services.profiles import profile_of
from candidates.views.pace import HOUR, SENT_AN_HOUR, TOO_MANY
from jobs.models import Offer
from jobs.selectors.public_offer import Sight
from jobs.views.access import offer_in_sight
from medinjob.lib.clients import network_of
from medinjob.lib.limits import in_pace, within_limit
from search.service.search import similar

DRAFTS_AN_HOUR, MAILS_AN_HOUR = 20, 5
DRAFTS = "drafts"
"""In the session: the token of what this browser wrote for an offer."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def apply(request: HttpRequest, offer_id: int) -> HttpResponse:
    """The form; for an offer that takes no applications here, where to go instead."""
    offer = applicable_offers().filter(pk=offer_id).first()
    if offer is None:
        return _elsewhere(request, offer_id)
    return _with_account(request, offer) if request.user.is_authenticated else _without_account(request, offer)


@require_safe
@never_cache
def draft_sent(request: HttpRequest, offer_id: int) -> HttpResponse:
    """What to do now: open the mail, on any device."""
    offer = get_object_or_404(applicable_offers(), pk=offer_id)
    email = request.session.get("draft_email")
    if not email:
        return redirect("apply", offer_id)
    return render(request, "candidates/draft_sent.html", {"offer": offer, "email": email})


@require_safe
@never_cache
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: to the form as it was typed, through sign-in, or sign-up with the address it has proved."""
    found = live_drafts().filter(token=token).first()
    if found is None:
        return render(request, "candidates/draft_over.html", status=410)
    user: Any = request.user
    if user.is_authenticated and user.email.lower() != found.email and not _wrote(request, found):
        return render(request, "candidates/other_account.html", status=403)
    if user.is_authenticated or _wrote(request, found):
        return redirect(f"{reverse('apply', args=[found.offer_id])}?{urlencode({'draft': token})}")
    here = {"next": reverse("draft", args=[token])}
    if has_account(found.email):
        messages.info(request, _("Connectez-vous : ce que vous avez écrit vous attend."))
        return redirect(f"{reverse('account_login')}?{urlencode(here)}")
    get_adapter(request).stash_verified_email(request, found.email)
    messages.info(request, _("Choisissez un mot de passe : ce que vous avez écrit vous attend, prêt à partir."))
    return redirect(f"{reverse('account_signup')}?{urlencode({'email': found.email, **here})}")


def _without_account(request: HttpRequest, offer: Offer) -> HttpResponse:
    form = DraftForm(request.POST or None, offer=offer, initial=_own_words(request, offer))
    status = 200
    if form.is_valid() and not _may_write(request, form.cleaned_data["email"]):
        form.add_error(None, TOO_MANY)
        status = 429
    elif form.is_valid():
        own: dict[str, str] = request.session.get(DRAFTS, {})
        kept = save_draft(
            offer=offer, language=get_language() or "fr", token=own.get(str(offer.pk), ""), **form.cleaned_data
        )
        request.session[DRAFTS] = {**own, str(offer.pk): kept.token}
        request.session["draft_email"] = form.cleaned_data["email"]
        return redirect("draft-sent", offer.pk)
    return render(request, "candidates/apply_draft.html", {"offer": offer, "form": form}, status=status)


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


def _wrote(request: HttpRequest, draft: ApplicationDraft) -> bool:
    """In this very browser."""
    return bool(request.session.get(DRAFTS, {}).get(str(draft.offer_id)) == draft.token)


def _own_words(request: HttpRequest, offer: Offer) -> dict[str, str]:
    """What this browser wrote before, which needs no sign-in to be read again."""
    token = request.session.get(DRAFTS, {}).get(str(offer.pk), "")
    typed = live_drafts().filter(offer=offer, token=token).first() if token else None
    return {"name": typed.name, "email": typed.email, "message": typed.message} if typed else {}


def _initial(request: HttpRequest, offer: Offer) -> dict[str, Any]:
    """The words of the draft whose link was opened, or of this browser's own. Those that somebody else may have left
    under the address wait behind their link."""
    user: Any = request.user
    token = request.GET.get("draft") or request.session.get(DRAFTS, {}).get(str(offer.pk), "")
    found = live_drafts().filter(offer=offer, token=token).first() if token else None
    typed = found if found and (found.email == user.email.lower() or _wrote(request, found)) else None
    return {
        "name": (typed.name if typed else "") or user.name,
        "message": typed.message if typed else "",
        "career": profile_of(user=user).career,
    }


def _may_write(request: HttpRequest, email: str) -> bool:
    """Anybody may have a mail sent to any address: a few an hour for each."""
    return within_limit("draft", network_of(request), most=DRAFTS_AN_HOUR, seconds=HOUR) and within_limit(
        "draft-to", email.lower(), most=MAILS_AN_HOUR, seconds=HOUR
    )


def _elsewhere(request: HttpRequest, offer_id: int) -> HttpResponse:
    offer, sight = offer_in_sight(request, Offer.objects.select_related("company", "duplicate_of"), offer_id)
    if sight in {Sight.ENDED, Sight.PAUSED}:
        context = {"offer": offer, "similar": similar(offer)}
        return render(request, "candidates/apply_closed.html", context, status=410)
    return redirect(offer)

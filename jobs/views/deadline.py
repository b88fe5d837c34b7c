from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from jobs import deadline
from jobs.forms.actions import DeadlineForm, done
from jobs.models import Offer
from jobs.rules import may_edit_offer
from jobs.services.actions import act
from medinjob.lib.errors import MoveError


@require_http_methods(["GET", "POST"])
@never_cache
def offer_deadline(request: HttpRequest, offer_id: int, token: str) -> HttpResponse:
    """The link of the reminder: GET shows, POST acts for the person it was sent to, as long as they are a member."""
    try:
        offer, user, current = _bearer(offer_id, token)
    except signing.BadSignature:
        return render(request, "jobs/deadline_over.html", status=410)
    # Shown again after a used link, without buttons: mail programs and people open links twice.
    form = DeadlineForm(request.POST or None, offer=offer)
    if current and form.is_valid():
        try:
            act(form.cleaned_data["action"], offers=[offer], by=user)
            messages.success(request, done(form.cleaned_data["action"], 1))
        except MoveError as error:
            messages.error(request, str(error))
        return redirect(request.path)
    return render(request, "jobs/deadline.html", {"offer": offer, "form": form, "current": current})


def _bearer(offer_id: int, token: str) -> tuple[Offer, User, bool]:
    """The offer, who holds the link, and whether the expiry it speaks of is still the offer's: it renews once."""
    link = deadline.read(token)
    offer = Offer.objects.select_related("company").filter(pk=link.offer_id).first()
    user = User.objects.filter(pk=link.user_id, is_active=True).first()
    if offer is None or user is None or link.offer_id != offer_id or not may_edit_offer(user, offer):
        raise signing.BadSignature
    return offer, user, offer.expires_at == link.expires_at

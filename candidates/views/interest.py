"""What a candidate answers to companies that take an interest: no to an invitation, or to a company."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from candidates.forms.inviting import HideFromForm, ShowAgainForm
from candidates.selectors.invitations import received_invitations
from candidates.services import profiles
from candidates.services.inviting import decline
from candidates.views.profile import profile_page


@login_required
@require_POST
def invitation_decline(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """With `hide`, the profile is hidden from the company too."""
    row = get_object_or_404(received_invitations(request.user), pk=invitation_id)
    decline(invitation=row)
    company = {"company": row.offer.employer}
    if "hide" in request.POST:
        profiles.hide_from(profile=profiles.profile_of(user=request.user), companies=[row.offer.company])
        messages.success(request, _("%(company)s ne voit plus votre profil et ne peut plus vous inviter.") % company)
    else:
        messages.success(request, _("C'est noté : %(company)s lira que l'offre ne vous intéresse pas.") % company)
    return redirect("my-applications")


@login_required
@require_POST
def my_hidden_companies(request: HttpRequest) -> HttpResponse:
    """Hide from the company of this `name`, or show again to the one whose id is `show`."""
    profile = profiles.profile_of(user=request.user)
    again = ShowAgainForm(request.POST, profile=profile)
    if again.is_valid():
        profiles.show_again_to(profile=profile, company=again.cleaned_data["show"])
        return redirect("my-profile")
    form = HideFromForm(request.POST)
    if not form.is_valid():
        return profile_page(request, profile, hide_form=form)
    profiles.hide_from(profile=profile, companies=form.companies)
    messages.success(request, _("Votre profil est caché à %(company)s.") % {"company": form.companies[0].name})
    return redirect("my-profile")

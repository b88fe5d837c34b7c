"""The profiles that candidates show, for members of verified companies: a list, and one from which they invite."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from candidates.errors import InvitationError
from candidates.filters import ProfileFilter
from candidates.forms.inviting import InviteForm
from candidates.models import CandidateProfile
from candidates.selectors.invitations import sent_invitations
from candidates.selectors.profiles import shown_profiles
from candidates.selectors.snapshots import frozen_profile, profile_facts
from candidates.services.access import log_profile_access
from candidates.services.inviting import invite
from candidates.views.pace import keep_pace_of_invitations
from companies.models import Company

PER_PAGE = 20


@login_required
@require_safe
@never_cache
def profile_list(request: HttpRequest) -> HttpResponse:
    """Without a verified company: what to do to have one."""
    companies = Company.objects.for_user(request.user).order_by("name", "pk")
    if not companies.visible().exists():
        context = {"companies": companies, "nav": "recruiter"}
        return render(request, "candidates/shown/closed.html", context, status=403)
    found = ProfileFilter(request.GET, queryset=shown_profiles(request.user), request=request)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "candidates/shown/list.html", {"page": page, "filter": found, "nav": "recruiter"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def shown_profile(request: HttpRequest, profile_id: int) -> HttpResponse:
    """Whoever reads it is written down for the candidate. A POST invites."""
    row = get_object_or_404(CandidateProfile.objects.shown_to(request.user), pk=profile_id)
    companies = Company.objects.visible().for_user(request.user)
    log_profile_access(profile=row, companies=companies, by=request.user)
    form = InviteForm(request.POST or None, user=request.user)
    if form.is_valid() and _invited(request, row, form):
        return redirect("shown-profile", row.pk)
    return render(request, "candidates/shown/profile.html", _context(request.user, row, form))


def _invited(request: HttpRequest, row: CandidateProfile, form: InviteForm) -> bool:
    try:
        keep_pace_of_invitations(request)
        invite(profile=row, by=request.user, **form.cleaned_data)
    except InvitationError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("L'invitation est envoyée. La personne y répond en postulant, ou la décline."))
    return True


def _context(user: Any, row: CandidateProfile, form: InviteForm) -> dict[str, Any]:
    snapshot = frozen_profile(row) | {"headline": ""}  # it is the page's title
    return {
        "profile": row,
        "snapshot": snapshot,
        "facts": profile_facts(snapshot),
        "form": form,
        "offers": form.fields["offer"].queryset.exists(),  # type: ignore[attr-defined]
        "invitations": sent_invitations(user, row),
        "nav": "recruiter",
    }

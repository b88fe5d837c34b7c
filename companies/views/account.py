"""A person's own page. It lives here, on the floor of its highest fact: the companies one recruits for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import ProfileForm
from accounts.models import User
from accounts.rules import is_staff
from companies.models import Company, Membership


@login_required
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Where signing in leads when nothing else was asked: the team to its desk, recruiters to their offers."""
    if is_staff(request.user):
        return redirect("staff-home")
    recruits = Company.objects.for_user(request.user).exists()
    return redirect("recruiter-offers" if recruits else "home")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    user = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("C’est enregistré."))
        return redirect("account")
    memberships = Membership.objects.filter(user=user).select_related("company").order_by("company__name")
    return render(request, "companies/account.html", {"form": form, "memberships": memberships})

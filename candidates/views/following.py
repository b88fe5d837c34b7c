"""A candidate's applications: the list, and one with its history."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from candidates.enums import OPEN_STATES, ApplicationAction, Side
from candidates.forms.answers import MessageForm, WithdrawForm
from candidates.links import complete_url, cv_url, read_follow
from candidates.models import Application
from candidates.selectors.contracts import contract_status
from candidates.selectors.invitations import waiting_invitations
from candidates.selectors.own import own_applications, own_drafts
from candidates.selectors.snapshots import profile_facts
from candidates.selectors.timeline import timeline
from candidates.services.moves import possible_actions, withdraw
from candidates.services.privacy import forget_applications
from candidates.services.words import add_message, may_write
from candidates.views.by_link import linked_application, through_account
from candidates.views.pace import keep_pace
from medinjob.lib.errors import MoveError

PER_PAGE = 20


@login_required
@require_safe
def my_applications(request: HttpRequest) -> HttpResponse:
    page = Paginator(own_applications(request.user), PER_PAGE).get_page(request.GET.get("page"))
    drafts = list(own_drafts(request.user))
    context = {"page": page, "drafts": drafts, "invitations": waiting_invitations(request.user), "nav": "candidate"}
    return render(request, "candidates/my_applications.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, application_id: int) -> HttpResponse:
    """One's own; a POST's `do` says which of the page's forms it is."""
    row = get_object_or_404(own_applications(request.user), pk=application_id)
    return _page(request, row, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def application_follow(request: HttpRequest, token: str) -> HttpResponse:
    """The same for who has no account, by the link of their mails; an account that takes it over ends the link."""
    row = linked_application(read_follow, token)
    if row is None:
        return render(request, "candidates/follow_over.html", status=410)
    if row.candidate_id:
        return redirect(row)
    step = request.POST.get("do")
    if step == "account":
        return through_account(request, row.email, row.get_absolute_url())
    if step == "forget":
        forget_applications(applications=Application.objects.filter(pk=row.pk, candidate=None))
        messages.success(request, _("C'est effacé : votre nom, votre adresse, vos mots et votre CV ne sont plus ici."))
        return redirect(row.offer)
    return _page(request, row, None)


def _page(request: HttpRequest, row: Application, user: Any) -> HttpResponse:
    """`user` is the account that holds it; None for the bearer of its link."""
    posted = {request.POST.get("do"): request.POST}
    steps: dict[str, forms.Form] = {
        "message": MessageForm(posted.get("message")),
        "withdraw": WithdrawForm(posted.get("withdraw"), application=row),
    }
    for name, form in steps.items():
        if form.is_valid() and _done(request, row, user, name, form):
            return redirect(request.path)
    return render(request, "candidates/application.html", _context(user, row, steps))


def _done(request: HttpRequest, row: Application, user: Any, name: str, form: forms.Form) -> bool:
    try:
        keep_pace(request, name)
        messages.success(request, STEPS[name](row, user, form.cleaned_data["text"]))
    except MoveError as error:
        row.refresh_from_db()
        form.add_error(None, str(error))
        return False
    return True


def _message(row: Application, user: Any, text: str) -> str:
    add_message(application=row, by=user, side=Side.CANDIDATE, text=text)
    return _("Votre message est envoyé.")


def _withdraw(row: Application, user: Any, text: str) -> str:
    withdraw(application=row, by=user, text=text)
    return _("Votre candidature est retirée ; l'entreprise est prévenue.")


STEPS: dict[str, Callable[[Application, Any, str], str]] = {"message": _message, "withdraw": _withdraw}


def _context(user: Any, row: Application, steps: dict[str, forms.Form]) -> dict[str, Any]:
    return {
        "application": row,
        "offer": row.offer,
        "steps": timeline(row, Side.CANDIDATE),
        "forms": steps,
        "may_write": may_write(row, Side.CANDIDATE),
        "may_withdraw": ApplicationAction.WITHDRAW in possible_actions(row, Side.CANDIDATE),
        "contract": contract_status(row),
        "cv_url": cv_url(row.cv_id, user_id=user.pk, application_id=row.pk) if user and row.cv_id else "",
        "complete_url": complete_url(row.pk) if row.incomplete and row.state in OPEN_STATES else "",
        "facts": profile_facts(row.profile),
        "nav": "candidate" if user else "",
        "by_link": user is None,
    }

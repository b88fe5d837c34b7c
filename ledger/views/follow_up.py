"""The page behind the link of a follow-up, for either side, without an account."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ledger.forms.follow_up import FollowUpForm, ReportedForm
from ledger.links import read_follow_up, read_reported
from ledger.models import FollowUp, ReportedMeeting
from ledger.rules import may_answer
from ledger.selectors.follow_up import met_of, reported_by
from ledger.services import follow_up as services
from ledger.services import reported as reporting
from medinjob.lib.errors import RefusedError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, token: str) -> HttpResponse:
    row = _of_bearer(token)
    form = FollowUpForm(request.POST if request.method == "POST" else None, follow_up=row, met=met_of(row))
    if request.method == "POST" and form.is_valid():
        return _save(request, row, form, token)
    return _page(request, row, token, form)


@never_cache
@require_POST
def follow_up_report(request: HttpRequest, token: str) -> HttpResponse:
    """A company adds somebody it met whose badge was not read."""
    row = _of_bearer(token)
    if row.exhibitor is None:
        raise Http404
    reported = ReportedForm(request.POST, prefix="reported")
    if reported.is_valid():
        try:
            reporting.report(exhibitor=row.exhibitor, **reported.cleaned_data)
        except RefusedError as error:
            reported.add_error(error.field, str(error))
        else:
            messages.success(request, _("C'est noté : Medinsoft retrouve cette personne et lui demande de confirmer."))
            return redirect("follow-up", token)
    return _page(request, row, token, FollowUpForm(None, follow_up=row, met=met_of(row)), reported)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A person says whether they met a company."""
    related = ReportedMeeting.objects.select_related(
        "exhibitor__company", "exhibitor__edition__event", "attendee__user"
    )
    known = {"attendee__isnull": False, "attendee__forgotten_at": None}
    row = get_object_or_404(related, pk=read_reported(token), **known)
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        verb = reporting.confirm if request.POST["answer"] == "yes" else reporting.decline
        try:
            verb(reported=row)
        except RefusedError as error:
            messages.error(request, str(error))
        return redirect("follow-up-confirm", token)
    return render(request, "ledger/confirm.html", {"reported": row, "edition": row.exhibitor.edition})


def _of_bearer(token: str) -> FollowUp:
    """404 once its reader has left the company, the stand is no longer accepted, or the person is forgotten."""
    link = read_follow_up(token)
    row = get_follow_up(link.follow_up_id)
    if not may_answer(row, link.user_id):
        raise Http404
    return row


def get_follow_up(pk: int) -> FollowUp:
    related = ("date__edition__event", "exhibitor__company", "attendee__user")
    return get_object_or_404(FollowUp.objects.select_related(*related), pk=pk)


def tell_saved(request: HttpRequest, new: int, answered: bool) -> None:
    """What was written, and whether something is left to say."""
    said = ngettext("%(n)s réponse enregistrée.", "%(n)s réponses enregistrées.", new) % {"n": new}
    if answered:
        messages.success(request, _("Merci : tout est dit.") if not new else f"{said} " + _("Merci : tout est dit."))
    elif new:
        messages.success(request, said)
    else:
        messages.info(request, _("Rien de nouveau : choisissez une réponse pour chaque ligne, ou dites-le d'un clic."))


def _save(request: HttpRequest, row: FollowUp, form: FollowUpForm, token: str) -> HttpResponse:
    new = services.answer(follow_up=row, answers=form.answers)
    row.refresh_from_db(fields=["answered_at"])
    tell_saved(request, new, row.answered_at is not None)
    return redirect("follow-up", token)


def _page(request: HttpRequest, row: FollowUp, token: str, form: FollowUpForm, reported: Any = None) -> HttpResponse:
    context = {
        "follow_up": row,
        "edition": row.date.edition,
        "form": form,
        "token": token,
        "reported_form": reported or ReportedForm(prefix="reported"),
        "reported": reported_by(row.exhibitor) if row.exhibitor else [],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "ledger/follow_up.html", context, status=status)

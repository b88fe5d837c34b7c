"""The signed contract, declared, corrected or cancelled by either side on the same pages."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candidates.enums import Side
from candidates.errors import ContractError
from candidates.forms.contracts import CancellationForm, ContractForm, CorrectionForm, initial_for, initial_of
from candidates.models import Application, Contract
from candidates.rules import side_of
from candidates.services import contracts


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contract_declare(request: HttpRequest, application_id: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.select_related("offer__job", "company"), pk=application_id)
    side = _side(request, application)
    form = ContractForm(request.POST or None, initial=initial_for(application))
    if form.is_valid() and _tried(
        form, contracts.declare, application=application, side=side, by=request.user, facts=form.facts
    ):
        messages.success(request, _("Le contrat est déclaré ; l'autre partie est prévenue."))
        return redirect(_page_of(application, side))
    return _page(request, application, side, form, "declare")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contract_correct(request: HttpRequest, contract_id: int) -> HttpResponse:
    contract, side = _contract(request, contract_id)
    form = CorrectionForm(request.POST or None, initial=initial_of(contract))
    if form.is_valid() and _tried(
        form, contracts.correct, contract=contract, side=side, by=request.user, facts=form.facts,
        reason=form.cleaned_data["reason"],
    ):  # fmt: skip
        messages.success(request, _("Le contrat est corrigé ; l'autre partie est prévenue."))
        return redirect(_page_of(contract.application, side))
    return _page(request, contract.application, side, form, "correct")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contract_cancel(request: HttpRequest, contract_id: int) -> HttpResponse:
    contract, side = _contract(request, contract_id)
    form = CancellationForm(request.POST or None)
    if form.is_valid() and _tried(
        form, contracts.cancel, contract=contract, side=side, by=request.user, reason=form.cleaned_data["reason"]
    ):
        messages.success(request, _("Le contrat est annulé ; l'autre partie est prévenue."))
        return redirect(_page_of(contract.application, side))
    return _page(request, contract.application, side, form, "cancel", contract=contract)


def _contract(request: HttpRequest, contract_id: int) -> tuple[Contract, Side]:
    related = Contract.objects.select_related("application__offer", "application__company", "application__candidate")
    contract = get_object_or_404(related, pk=contract_id)
    return contract, _side(request, contract.application)


def _side(request: HttpRequest, application: Application) -> Side:
    side = side_of(request.user, application)
    if side is None:
        raise Http404
    return side


def _tried(form: forms.Form, service: Any, **arguments: Any) -> bool:
    try:
        service(**arguments)
    except ContractError as error:
        form.add_error(error.field, str(error))
        return False
    return True


def _page_of(application: Application, side: Side) -> str:
    return reverse("application" if side == Side.CANDIDATE else "inbox-application", args=[application.pk])


def _page(
    request: HttpRequest, application: Application, side: Side, form: forms.Form, step: str, **more: Any
) -> HttpResponse:
    context = {"application": application, "offer": application.offer, "form": form, "step": step, **more}
    nav = "candidate" if side == Side.CANDIDATE else "recruiter"
    return render(request, "candidates/contract.html", {**context, "back": _page_of(application, side), "nav": nav})

"""The team's ledger of signed contracts: the list, one entry with its evidence, and what staff do to it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import staff_required
from forums.views.finding import any_edition
from ledger.enums import Evidence
from ledger.filters import LedgerFilter
from ledger.forms.entries import (
    CancelForm,
    CorrectionForm,
    DocumentForm,
    DpaeForm,
    EntryForm,
    MergeForm,
    ReasonForm,
    RenewalForm,
)
from ledger.models import LedgerEntry
from ledger.selectors.entries import HEADER, ledger, ledger_table, why_of, with_history
from ledger.services import evidence
from ledger.services.entries import Declaration, declare
from medinjob.lib.errors import RefusedError
from medinjob.lib.export import table_response

PER_PAGE = 50
FACTS = ("type", "job_title", "signed_on", "starts_on")
VERBS: dict[str, Callable[..., None]] = {
    "document": evidence.see_document,
    "dpae": evidence.give_dpae,
    "correct": evidence.correct,
    "cancel": evidence.cancel,
    "reopen": evidence.reopen,
    "renewal": evidence.say_renewal,
    "merge": evidence.merge,
    "separate": evidence.separate,
}


@staff_required
@require_safe
def ledger_list(request: HttpRequest) -> HttpResponse:
    found = LedgerFilter(request.GET or None, queryset=ledger())
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "query": request.GET.urlencode()}
    return render(request, "ledger/ledger.html", context)


@staff_required
@require_safe
def ledger_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list as it is filtered; `kind` is csv or xlsx."""
    rows = ledger_table(LedgerFilter(request.GET or None, queryset=ledger()).qs)
    name = f"contrats-{timezone.localdate():%Y-%m-%d}"
    return table_response(kind, name=name, title=_("Contrats"), header=HEADER, rows=rows)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def ledger_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A contract heard of otherwise, with its source."""
    edition = any_edition(slug)
    form = EntryForm(request.POST if request.method == "POST" else None, edition=edition)
    if form.is_valid():
        data = form.cleaned_data
        attendee = data["person"]
        declaration = Declaration(
            company=data["exhibitor"].company, facts=form.facts, kind=Evidence.STAFF, name=attendee.name,
            attendee=attendee, source=data["source"], on=data["on"],
        )  # fmt: skip
        entry = declare(declaration=declaration, by=request.user)
        messages.success(request, _("Le contrat est au registre."))
        return redirect(entry)
    status = 422 if form.is_bound else 200
    return render(request, "ledger/ledger_new.html", {"edition": edition, "form": form}, status=status)


@staff_required
@require_safe
def ledger_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    return _page(request, _entry(entry_id))


@staff_required
@require_POST
def ledger_act(request: HttpRequest, entry_id: int, action: str) -> HttpResponse:
    """One of `VERBS`. What is wrong is said beside its field, on the entry's page."""
    entry = _entry(entry_id)
    if action not in VERBS:
        raise Http404
    form = _forms(entry, request.POST)[action]
    if form.is_valid():
        try:
            VERBS[action](entry=entry, by=request.user, **_given(form))
        except RefusedError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("C'est écrit au registre."))
            return redirect(entry)
    return _page(request, entry, {action: form})


def _entry(pk: int) -> LedgerEntry:
    related = ("company", "merged_into", "renewal_of", "attribution__edition__event", "application", "attendee")
    return get_object_or_404(LedgerEntry.objects.select_related(*related), pk=pk)


def _forms(entry: LedgerEntry, data: Any = None) -> dict[str, forms.Form]:
    facts = {name: getattr(entry, name) for name in FACTS}
    return {
        "document": DocumentForm(data, initial=facts, auto_id="document_%s"),
        "dpae": DpaeForm(data, auto_id="dpae_%s"),
        "correct": CorrectionForm(data, initial=facts, auto_id="correct_%s"),
        "cancel": CancelForm(data, auto_id="cancel_%s"),
        "reopen": ReasonForm(data, auto_id="reopen_%s"),
        "renewal": RenewalForm(data, auto_id="renewal_%s"),
        "merge": MergeForm(data, among=with_history(entry)["mergeable"]),
        "separate": ReasonForm(data, auto_id="separate_%s"),
    }


def _given(form: forms.Form) -> dict[str, Any]:
    """The facts as one, the other fields as they are."""
    if not hasattr(form, "facts"):
        return form.cleaned_data
    others = {name: value for name, value in form.cleaned_data.items() if name not in FACTS}
    return {**others, "facts": form.facts}


def _page(request: HttpRequest, entry: LedgerEntry, wrong: dict[str, forms.Form] | None = None) -> HttpResponse:
    forms_ = {**_forms(entry), **(wrong or {})}
    context = {"entry": entry, **with_history(entry), "why": why_of(entry), "forms": forms_, "wrong": wrong or {}}
    return render(request, "ledger/ledger_entry.html", context, status=422 if wrong else 200)

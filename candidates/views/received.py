"""One application, as the company that received it works on it."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candidates.enums import REQUEST_ANSWERS, AnswerAction, ApplicationAction, Side
from candidates.filters import InboxFilter
from candidates.forms.answers import AnswerForm, MessageForm, MoveForm, NoteForm
from candidates.links import links_to_cv
from candidates.models import Application
from candidates.selectors.answer_texts import AnswerText, answer_texts, worded
from candidates.selectors.contracts import contract_status
from candidates.selectors.inbox import inbox, neighbours
from candidates.selectors.snapshots import profile_facts
from candidates.selectors.timeline import timeline
from candidates.services.answers import answer
from candidates.services.moves import possible_actions, reopen, see
from candidates.services.words import add_message, add_note
from candidates.views.pace import keep_pace
from medinjob.lib.errors import MoveError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def inbox_application(request: HttpRequest, application_id: int) -> HttpResponse:
    """Opening it marks it seen. A POST's `do` says which of the page's forms it is."""
    received = Application.objects.received_by(request.user).select_related("offer", "company", "candidate", "cv")
    row = get_object_or_404(received, pk=application_id)
    if request.method == "GET":
        see(application=row, by=request.user)
    texts = _texts(request, row)
    steps = _forms(request.POST, row, texts)
    for name, form in steps.items():
        if form.is_valid() and _done(request, row, name, form):
            return redirect(_here(request, row))
    return render(request, "candidates/inbox/application.html", _context(request, row, steps, texts))


class Texts:
    """The answer that the page has open, if any, and the words it can begin with."""

    def __init__(self, action: str, choices: list[AnswerText], template: str) -> None:
        self.action = action
        self.choices = choices
        self.chosen = next((c for c in choices if str(c.id) == template), choices[0]) if choices else None


def _texts(request: HttpRequest, row: Application) -> Texts:
    action = request.POST.get("action") or request.GET.get("answer", "")
    possible = [str(a) for a in possible_actions(row, Side.COMPANY) if a in AnswerAction.values]
    if action not in (possible if request.method == "GET" else AnswerAction.values):
        return Texts("", [], "")
    return Texts(action, answer_texts([row.company_id], action), request.GET.get("template", ""))


def _forms(data: QueryDict, row: Application, texts: Texts) -> dict[str, forms.Form]:
    posted = {data.get("do"): data}
    words = worded(texts.chosen.text, row) if texts.chosen else ""
    return {
        "answer": AnswerForm(posted.get("answer"), application=row, initial={"action": texts.action, "text": words}),
        "message": MessageForm(posted.get("message")),
        "note": NoteForm(posted.get("note")),
        "reopen": MoveForm(posted.get("reopen"), application=row),
    }


def _done(request: HttpRequest, row: Application, name: str, form: forms.Form) -> bool:
    try:
        keep_pace(request, name)
        messages.success(request, STEPS[name](row, request.user, form.cleaned_data))
    except MoveError as error:
        row.refresh_from_db()
        form.add_error(None, str(error))
        return False
    return True


def _answer(row: Application, user: Any, data: dict[str, Any]) -> str:
    answer(application=row, action=data["action"], by=user, text=data["text"])
    return _("Votre réponse est envoyée.")


def _message(row: Application, user: Any, data: dict[str, Any]) -> str:
    add_message(application=row, by=user, side=Side.COMPANY, text=data["text"])
    return _("Votre message est envoyé.")


def _note(row: Application, user: Any, data: dict[str, Any]) -> str:
    add_note(application=row, by=user, text=data["text"])
    return _("La note est enregistrée.")


def _reopen(row: Application, user: Any, _data: dict[str, Any]) -> str:
    reopen(application=row, by=user)
    return _("La candidature est rouverte ; la personne est prévenue.")


STEPS: dict[str, Callable[[Application, Any, dict[str, Any]], str]] = {
    "answer": _answer,
    "message": _message,
    "note": _note,
    "reopen": _reopen,
}


def _context(request: HttpRequest, row: Application, steps: dict[str, forms.Form], texts: Texts) -> dict[str, Any]:
    actions = possible_actions(row, Side.COMPANY)
    contract = contract_status(row)
    before, after = _neighbours(request, row)
    return {
        "application": row,
        "offer": row.offer,
        "forms": steps,
        "texts": texts,
        "answers": _labelled([action for action in AnswerAction if action.value in actions], row),
        "may_reopen": ApplicationAction.REOPEN in actions and contract.current is None,
        "steps": timeline(row, Side.COMPANY),
        "facts": profile_facts(row.profile),
        "skills": row.profile.get("skills", []),
        "contract": contract,
        "before": before,
        "after": after,
        "query": _list_query(request),
        "nav": "recruiter",
        **links_to_cv(row, cast("int", request.user.pk)),
    }


def _labelled(answers: list[AnswerAction], row: Application) -> list[tuple[str, Any]]:
    words = REQUEST_ANSWERS if row.is_request else {}
    return [(action.value, words.get(action, action.label)) for action in answers]


def _neighbours(request: HttpRequest, row: Application) -> tuple[int | None, int | None]:
    """In the list one came from, in its order."""
    found = InboxFilter(request.GET, queryset=inbox(request.user), request=request)
    newer, older = neighbours(found.qs, row)
    return (older, newer) if request.GET.get("sort") == "sent_at" else (newer, older)


def _list_query(request: HttpRequest) -> str:
    """The filters of the list, without what is this page's own."""
    query = request.GET.copy()
    for name in ("answer", "template"):
        query.pop(name, None)
    return query.urlencode()


def _here(request: HttpRequest, row: Application) -> str:
    query = _list_query(request)
    here = reverse("inbox-application", args=[row.pk])
    return f"{here}?{query}" if query else here

"""What a company received: the list, its table to take away, and one answer to several."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from candidates.enums import BULK_LIMIT, AnswerAction, Side, Stage
from candidates.filters import InboxFilter
from candidates.forms.answers import BulkAnswerForm
from candidates.models import Application
from candidates.selectors.answer_texts import answer_texts
from candidates.selectors.inbox import COUNTED, BoundedPaginator, inbox, stage_counts
from candidates.selectors.inbox_table import HEADER, inbox_table
from candidates.services.answers import BulkAnswer, answer_many
from candidates.services.moves import possible_actions
from medinjob.lib.errors import MoveError
from medinjob.lib.export import table_response
from medinjob.lib.numbers import row_ids

PER_PAGE = 50


@login_required
@require_safe
@never_cache
def inbox_list(request: HttpRequest) -> HttpResponse:
    """Everybody's of one's companies; a wrong filter is said beside it and does not count."""
    found = InboxFilter(request.GET, queryset=inbox(request.user), request=request)
    stage = found.form["stage"].value() if found.form["stage"].value() in Stage.values else ""
    context = {
        "page": BoundedPaginator(found.qs, PER_PAGE).get_page(request.GET.get("page")),
        "counted": COUNTED,
        "filter": found,
        "more": _more_filters(found),
        "stage": stage,
        "tabs": {name: name == (stage or "all") for name in (*Stage.values, "all")},
        "sort": request.GET.get("sort", ""),
        "counts": stage_counts(request.user),
        "actions": AnswerAction,
        "query": request.GET.urlencode(),
        "nav": "recruiter",
    }
    return render(request, "candidates/inbox/list.html", context)


@login_required
@require_safe
@never_cache
def inbox_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list as it is filtered; `kind` is csv or xlsx."""
    rows = inbox_table(InboxFilter(request.GET, queryset=inbox(request.user), request=request).qs)
    name = f"candidatures-{timezone.localdate():%Y-%m-%d}"
    return table_response(kind, name=name, title=_("Candidatures"), header=HEADER, rows=rows)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def inbox_bulk(request: HttpRequest) -> HttpResponse:
    """GET (the ticked rows, `ids` and `action`) shows the words, POST sends them."""
    asked = request.POST if request.method == "POST" else request.GET
    ids = row_ids(asked.getlist("ids"))[:BULK_LIMIT]
    ticked = Application.objects.received_by(request.user).filter(pk__in=ids).select_related("offer", "company")
    action = asked.get("action", "")
    if action not in AnswerAction.values or not ticked:
        messages.error(request, _("Cochez des candidatures et choisissez une réponse."))
        return _back(request)
    rows = [row for row in ticked if action in possible_actions(row, Side.COMPANY)]
    if not rows:
        messages.info(request, _("Aucune de ces candidatures ne peut plus recevoir cette réponse."))
        return _back(request)
    texts = answer_texts({row.company_id for row in rows}, action)
    chosen = next((text for text in texts if str(text.id) == asked.get("template")), texts[0])
    form = BulkAnswerForm(request.POST or None, rows=list(ticked), initial={"action": action, "text": chosen.text})
    if form.is_valid():
        return _answer(request, form.cleaned_data)
    context = {
        "rows": rows,
        "left": len(ticked) - len(rows),
        "action": AnswerAction(action),
        "texts": texts,
        "chosen": chosen,
        "form": form,
    }
    return render(
        request, "candidates/inbox/bulk.html", {**context, "query": asked.get("query", ""), "nav": "recruiter"}
    )


def _answer(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    rows = Application.objects.received_by(request.user).filter(pk__in=data["ids"])
    try:
        _tell(request, answer_many(applications=rows, action=data["action"], by=request.user, text=data["text"]))
    except MoveError as error:
        messages.error(request, str(error))
    return _back(request)


def _tell(request: HttpRequest, answer: BulkAnswer) -> None:
    if done := len(answer.done):
        messages.success(request, ngettext("%(n)s réponse envoyée.", "%(n)s réponses envoyées.", done) % {"n": done})
    if answer.skipped:
        names = ", ".join(application.name for application in answer.skipped)
        messages.warning(request, _("Sans changement, vu leur état : %(names)s.") % {"names": names})


def _back(request: HttpRequest) -> HttpResponse:
    query = request.POST.get("query") or request.GET.get("query", "")
    return redirect(f"{reverse('inbox')}?{query}" if query else "inbox")


def _more_filters(found: InboxFilter) -> bool:
    """Is one of those in use that are folded away?"""
    return any(found.form[name].value() for name in ("offer", "state", "channel", "sent_from", "sent_to"))

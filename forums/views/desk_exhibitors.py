"""The team's desk: stands asked for, decided, numbered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import staff_required
from forums.enums import ExhibitorAction, ExhibitorState
from forums.filters import ExhibitorFilter
from forums.forms.exhibitors import StandDecision
from forums.models import Exhibitor
from forums.selectors.exhibitors import count_by_state, exhibitors_for_staff, tables_given
from forums.services import exhibitors as services
from forums.transitions import EXHIBITOR
from forums.views.finding import any_edition
from medinjob.lib.errors import RefusedError
from medinjob.lib.state_machine import may_move

DECISIONS = (ExhibitorAction.ACCEPT, ExhibitorAction.PUT_ON_WAITING_LIST, ExhibitorAction.REFUSE)


@staff_required
@require_safe
def edition_stands(request: HttpRequest, slug: str) -> HttpResponse:
    edition = any_edition(slug)
    rows = ExhibitorFilter(request.GET or None, queryset=exhibitors_for_staff(edition))
    context = {
        "edition": edition,
        "filter": rows,
        "exhibitors": rows.qs,
        "counts": count_by_state(edition.exhibitors.all(), ExhibitorState.values),
        "tables": tables_given(edition),
    }
    return render(request, "forums/exhibitor/desk_list.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_stand_decide(request: HttpRequest, exhibitor_id: int) -> HttpResponse:
    rows = Exhibitor.objects.select_related("company__commune", "edition__event", "requested_by")
    exhibitor = get_object_or_404(rows, pk=exhibitor_id)
    initial = {"stand": exhibitor.stand, "tables": exhibitor.tables}
    form = StandDecision(request.POST or None, initial=initial, actions=_possible(exhibitor))
    if form.is_valid():
        try:
            _decide(exhibitor, form.cleaned_data, request.user)
        except RefusedError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("C'est décidé : l'entreprise en est prévenue."))
            return redirect("edition-stands", exhibitor.edition.event.slug)
    context = {"exhibitor": exhibitor, "edition": exhibitor.edition, "form": form, **_details(exhibitor)}
    return render(request, "forums/exhibitor/desk_stand.html", context)


def _possible(exhibitor: Exhibitor) -> list[ExhibitorAction]:
    accepted = exhibitor.state == ExhibitorState.ACCEPTED
    return [
        action
        for action in DECISIONS
        if may_move(exhibitor, action, EXHIBITOR) or (accepted and action == ExhibitorAction.ACCEPT)
    ]


def _decide(exhibitor: Exhibitor, data: dict[str, Any], by: Any) -> None:
    if data["action"] == ExhibitorAction.REFUSE:
        services.refuse(exhibitor=exhibitor, by=by, reason=data["reason"])
    elif data["action"] == ExhibitorAction.PUT_ON_WAITING_LIST:
        services.put_on_waiting_list(exhibitor=exhibitor, by=by)
    elif exhibitor.state == ExhibitorState.ACCEPTED:
        services.give_stand(exhibitor=exhibitor, stand=data["stand"])
    else:
        services.accept(exhibitor=exhibitor, by=by, stand=data["stand"], tables=data["tables"])


def _details(exhibitor: Exhibitor) -> dict[str, Any]:
    return {
        "shown": exhibitor.shown_offers.select_related("offer"),
        "people": exhibitor.representatives.all(),
        "history": exhibitor.events.select_related("by"),
    }

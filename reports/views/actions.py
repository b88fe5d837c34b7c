"""The team's desk: funded actions with their budgets, and declared figures."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import staff_required
from forums.forms.editions import ADD, with_row
from forums.models import Action, Event
from reports.forms.actions import ActionForm, BudgetLines, Events, Figures, Grants
from reports.services.money import save_action, save_declared_figures


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_action(request: HttpRequest, action_id: int | None = None) -> HttpResponse:
    """An action, its grants, its budget and its events on one page."""
    action = get_object_or_404(Action, pk=action_id) if action_id else Action()
    data = with_row(request.POST) if request.method == "POST" else None
    form = ActionForm(data, instance=action)
    rows = [
        Grants(data, instance=action, prefix="grants"),
        BudgetLines(data, instance=action, prefix="lines"),
        Events(data, instance=action, prefix="events", queryset=Event.objects.select_related("edition")),
    ]
    if data is not None and not _asks_row(data) and all([form.is_valid(), *(part.is_valid() for part in rows)]):
        save_action(form=form, rows=rows, action=action, by=request.user)
        messages.success(request, _("L'action est enregistrée."))
        return redirect("edition-action", form.instance.pk)
    context = {"action": action, "form": form, "grants": rows[0], "lines": rows[1], "events": rows[2]}
    return render(request, "reports/action.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Declared figures of any event, edition or not."""
    event = get_object_or_404(Event, slug=slug)
    data = with_row(request.POST) if request.method == "POST" else None
    rows = Figures(data, instance=event, prefix="figures")
    if data is not None and not _asks_row(data) and rows.is_valid():
        save_declared_figures(rows=rows)
        messages.success(request, _("Les chiffres déclarés sont enregistrés."))
        return redirect("edition-figures", slug)
    return render(request, "reports/figures.html", {"event": event, "rows": rows})


def _asks_row(data: Any) -> bool:
    return any(name.startswith(ADD) for name in data)

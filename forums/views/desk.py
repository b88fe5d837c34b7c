"""The team's desk: editions, written and moved."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import staff_required
from forums.enums import AttendeeState, EditionAction, ExhibitorState
from forums.errors import ClosedError
from forums.forms.editions import CopyForm, DeclareForm, EditionPage, MoveForm, Programme, with_row
from forums.models import Action, Edition
from forums.rules import is_over
from forums.selectors.editions import editions_for_staff, showing
from forums.selectors.exhibitors import count_by_state, tables_given
from forums.services import editions as services
from forums.services.copying import copy_edition
from forums.transitions import EDITION
from forums.views.finding import any_edition
from medinjob.lib.errors import EditConflictError, RefusedError
from medinjob.lib.state_machine import may_move

MOTIVATED = (EditionAction.REOPEN, EditionAction.CANCEL)
DONE = {
    EditionAction.ANNOUNCE: gettext_lazy("L'édition est annoncée : sa page est publique."),
    EditionAction.CLOSE: gettext_lazy("L'édition est close : ce qu'elle a montré est figé."),
    EditionAction.REOPEN: gettext_lazy("L'édition est rouverte."),
    EditionAction.CANCEL: gettext_lazy("L'édition est annulée."),
}


@staff_required
@require_safe
def edition_desk(request: HttpRequest) -> HttpResponse:
    context = {"editions": editions_for_staff(), "actions": Action.objects.all()}
    return render(request, "forums/edition/desk/list.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_create(request: HttpRequest) -> HttpResponse:
    page = EditionPage(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not page.asks_row and page.is_valid():
        edition = services.create_edition(by=request.user, **page.writes)
        messages.success(request, _("L'édition est en préparation : rien n'est public avant l'annonce."))
        return redirect("edition-manage", edition.event.slug)
    return render(request, "forums/edition/desk/form.html", {"page": page, "edition": None})


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_declare(request: HttpRequest) -> HttpResponse:
    """An edition of before Medinjob, then its figures."""
    form = DeclareForm(request.POST or None)
    if form.is_valid():
        edition = services.declare_edition(by=request.user, **form.cleaned_data)
        messages.success(request, _("L'édition est enregistrée : donnez maintenant ses chiffres et leur source."))
        return redirect("edition-figures", edition.event.slug)
    return render(request, "forums/edition/desk/declare.html", {"form": form})


@staff_required
@require_safe
def edition_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """Where it stands, what waits, and the way to each part."""
    edition = any_edition(slug)
    return render(request, "forums/edition/desk/manage.html", _management(edition))


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_edit(request: HttpRequest, slug: str) -> HttpResponse:
    edition = any_edition(slug)
    page = EditionPage(request.POST if request.method == "POST" else None, edition)
    if request.method == "POST" and not page.asks_row and page.is_valid():
        try:
            version = page.form.cleaned_data["version"] or 0
            services.save_edition(edition=edition, version=version, by=request.user, **page.writes)
        except ClosedError as error:
            page.form.add_error(None, str(error))
        except EditConflictError as error:
            page.overtaken(any_edition(slug).version, str(error))
        else:
            messages.success(request, _("L'édition est enregistrée."))
            return redirect("edition-manage", slug)
    return render(request, "forums/edition/desk/form.html", {"page": page, "edition": edition})


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_programme(request: HttpRequest, slug: str) -> HttpResponse:
    edition = any_edition(slug)
    data = with_row(request.POST) if request.method == "POST" else None
    venues = list(edition.venues.all())
    rows = Programme(data, instance=edition, prefix="programme", form_kwargs={"venues": venues})
    if data is not None and "add-programme" not in data and rows.is_valid():
        services.save_programme(edition=edition, rows=rows)
        messages.success(request, _("Le programme est enregistré."))
        return redirect("edition-manage", slug)
    return render(request, "forums/edition/desk/programme.html", {"edition": edition, "rows": rows})


@staff_required
@require_POST
def edition_move(request: HttpRequest, slug: str) -> HttpResponse:
    """One step, named by the button."""
    edition, form = any_edition(slug), MoveForm(request.POST)
    action, verb = _verb(request.POST.get("action", ""))
    if verb is None or not form.is_valid():
        messages.error(request, _("Cette étape n'existe pas."))
        return redirect("edition-manage", slug)
    reason = {"reason": form.cleaned_data["reason"]} if action in MOTIVATED else {}
    try:
        verb(edition=edition, by=request.user, **reason)
    except RefusedError as error:
        form.add_error("reason" if error.field == "reason" else None, str(error))
        context = {**_management(edition), "form": form, "wrong": action}
        return render(request, "forums/edition/desk/manage.html", context, status=422)
    messages.success(request, DONE[action])
    return redirect("edition-manage", slug)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_copy(request: HttpRequest, slug: str) -> HttpResponse:
    edition, form = any_edition(slug), CopyForm(request.POST or None)
    if form.is_valid():
        made = copy_edition(edition=edition, by=request.user, **form.cleaned_data)
        messages.success(request, _("Voici la copie, en préparation : relisez les dates."))
        return redirect("edition-edit", made.event.slug)
    return render(request, "forums/edition/desk/copy.html", {"edition": edition, "form": form})


def _verb(name: str) -> tuple[EditionAction, Any]:
    verbs = {
        EditionAction.ANNOUNCE: services.announce,
        EditionAction.CLOSE: services.close,
        EditionAction.REOPEN: services.reopen,
        EditionAction.CANCEL: services.cancel,
    }
    return (EditionAction(name), verbs[EditionAction(name)]) if name in verbs else (EditionAction.CREATE, None)


def _management(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition,
        "is_over": is_over(edition),
        "may": [action for action in EDITION if may_move(edition, action, EDITION)],
        "exhibitors": count_by_state(edition.exhibitors.all(), ExhibitorState.values),
        "attendees": count_by_state(edition.attendees.all(), AttendeeState.values),
        "tables": tables_given(edition),
        "showing": showing(edition),
        "history": edition.events.select_related("by"),
        "form": MoveForm(),
        "wrong": "",
    }

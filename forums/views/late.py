"""The team's desk: what is added to a closed edition, with its source."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import staff_required
from forums.forms.late import LateEntryForm, LateForm, LateMeetingForm, LatePositionsForm, LateUndoForm
from forums.guard import Part, is_open
from forums.services import late
from forums.views.finding import any_edition
from medinjob.lib.errors import RefusedError

VERBS: dict[str, tuple[type[LateForm], Any]] = {
    "entry": (LateEntryForm, late.add_late_entry),
    "meeting": (LateMeetingForm, late.add_late_meeting),
    "undo": (LateUndoForm, late.take_back_late),
    "positions": (LatePositionsForm, late.correct_positions),
}


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def late_facts(request: HttpRequest, slug: str) -> HttpResponse:
    """A POST's `do` is one of `VERBS`."""
    edition = any_edition(slug)
    do = request.POST.get("do", "")
    forms = {
        name: form(request.POST if name == do else None, edition=edition, auto_id=f"{name}_%s")
        for name, (form, _verb) in VERBS.items()
    }
    if do in VERBS and forms[do].is_valid():
        try:
            VERBS[do][1](by=request.user, **forms[do].cleaned_data)
        except RefusedError as error:
            forms[do].add_error(error.field if error.field in forms[do].fields else None, str(error))
        else:
            messages.success(request, _("C'est ajouté, avec sa source. Les chiffres du jour de la clôture restent."))
            return redirect("late-facts", slug)
    facts = edition.late_facts.select_related("by")
    context = {"edition": edition, "forms": forms, "facts": facts, "is_open": is_open(edition, Part.LATE), "do": do}
    return render(request, "forums/edition/desk/late.html", context, status=422 if do in VERBS else 200)

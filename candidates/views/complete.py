"""The link of the mail after a forum: join the CV that an application made on the spot lacks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candidates.enums import OPEN_STATES
from candidates.forms.applying import CompleteForm
from candidates.links import read_complete
from candidates.models import CV, Application
from candidates.selectors.own import current_cv
from candidates.services.cvs import add_cv
from candidates.services.on_the_spot import complete
from candidates.services.profiles import profile_of
from candidates.views.by_link import linked_application, through_account
from candidates.views.pace import HOUR, SENT_AN_HOUR, TOO_MANY
from medinjob.lib.errors import MoveError
from medinjob.lib.limits import in_pace


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def application_complete(request: HttpRequest, token: str) -> HttpResponse:
    """Through sign-in, or sign-up with the address that the link has proved, to the form."""
    row = linked_application(read_complete, token)
    if row is None or not row.incomplete or row.state not in OPEN_STATES:
        return render(request, "candidates/complete_over.html", {"application": row}, status=410)
    user: Any = request.user
    if not user.is_authenticated:
        return through_account(request, row.email, reverse("application-complete", args=[token]))
    if row.candidate_id not in (None, user.pk) or user.email.lower() != row.email.lower():
        return render(request, "candidates/other_account.html", status=403)
    cv = current_cv(user)
    in_time = request.method != "POST" or in_pace(request, "apply", most=SENT_AN_HOUR, seconds=HOUR)
    form = _form(request, row, cv, in_time=in_time)
    if in_time and form.is_valid() and _completed(request, row, form, cv):
        return redirect(row)
    context = {"application": row, "offer": row.offer, "form": form, "cv": cv}
    return render(request, "candidates/complete.html", context, status=200 if in_time else 429)


def _form(request: HttpRequest, row: Application, cv: CV | None, *, in_time: bool) -> CompleteForm:
    """Past the limit a file is not even read; the words stay."""
    typed = {"career": profile_of(user=request.user).career}
    files = request.FILES if in_time else None
    form = CompleteForm(request.POST or None, files or None, offer=row.offer, current_cv=cv, initial=typed)
    if not in_time:
        form.add_error(None, TOO_MANY)
    return form


def _completed(request: HttpRequest, row: Application, form: CompleteForm, cv: CV | None) -> bool:
    data = form.cleaned_data
    if checked := data["cv"]:
        cv = add_cv(owner=request.user, filename=checked.filename, data=checked.data, document=checked.document)
    elif data.get("without_cv"):
        cv = None
    try:
        complete(application=row, user=request.user, cv=cv, career=data["career"])
    except MoveError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Votre candidature est complète ; l'entreprise est prévenue."))
    return True

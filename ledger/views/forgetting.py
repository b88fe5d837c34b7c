"""A visitor without an account takes their data back, by the link of their registration."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forums.views.finding import attendee_of
from ledger.services.retention import forget_asked


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendee_forget(request: HttpRequest, token: str) -> HttpResponse:
    """GET says what goes and what stays, POST erases. Who has an account does it there, with everything else."""
    attendee = attendee_of(token)
    if request.method == "POST" and attendee.user_id:
        return redirect("my-data")
    if request.method == "POST":
        forget_asked(attendee=attendee)
        messages.success(request, _("Vos données sont effacées."))
        return redirect("editions")
    context = {"attendee": attendee, "edition": attendee.edition, "token": token, "nav": "forum"}
    return render(request, "ledger/forget.html", context)

"""What was written in a form whose session had ended, and is not wanted any more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services
from accounts.models import UnsentForm, User


@login_required
@require_POST
def unsent_forget(request: HttpRequest, token: str) -> HttpResponse:
    """Then the page of the form, as it is without those words."""
    assert isinstance(request.user, User)
    row = UnsentForm.objects.of(request.user).filter(token=token).first()
    if row is None:
        raise Http404
    services.forget_unsent(user=request.user, token=token)
    messages.success(request, _("Ce texte est effacé."))
    return redirect(row.page)

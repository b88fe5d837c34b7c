from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.errors import AccountError
from accounts.forms import CloseAccountForm
from accounts.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account_close(request: HttpRequest) -> HttpResponse:
    """GET says what goes with the account, or what stands in the way; POST deletes it."""
    assert isinstance(request.user, User)
    obstacles = services.obstacles_to_closing(request.user)
    form = CloseAccountForm(request.POST or None, user=request.user)
    if request.method == "POST" and not obstacles and form.is_valid():
        try:
            services.close_account(user=request.user)
        except AccountError as error:
            obstacles = [str(error)]
        else:
            logout(request)
            messages.success(request, _("Votre compte est supprimé."))
            return redirect("home")
    return render(request, "accounts/close.html", {"form": form, "obstacles": obstacles})

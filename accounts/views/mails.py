"""The team's view of the outbox; on a machine without a mail server, the place where mail is read."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from accounts.access import staff_required
from accounts.enums import MailState
from accounts.filters import MailFilter
from accounts.models import OutgoingMail
from accounts.tasks import send_mails
from medinjob.lib.nudges import nudge

PER_PAGE = 50


@staff_required
@never_cache
@require_safe
def mail_outbox(request: HttpRequest) -> HttpResponse:
    found = MailFilter(request.GET or None, queryset=OutgoingMail.objects.defer("body", "headers"))
    found.form.is_valid()
    counts = OutgoingMail.objects.count_by_state()
    context = {
        "filter": found,
        "page": Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page")),
        "state": request.GET.get("state", ""),
        "tabs": [(state.value, state.label, counts.get(state, 0)) for state in MailState],
        "total": sum(counts.values()),
        "read_here": settings.MAIL_READ_HERE,
    }
    return render(request, "accounts/mail_outbox.html", context)


@staff_required
@never_cache
@require_safe
def mail_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Its text only where no mail leaves: it may hold a link that opens somebody's account."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    context = {"mail": mail, "read_here": settings.MAIL_READ_HERE}
    return render(request, "accounts/mail_detail.html", context)


@staff_required
@require_POST
def mail_retry(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(OutgoingMail, pk=pk)
    if services.retry_mail(mail=mail):
        nudge(send_mails)
        messages.success(request, _("Le courriel attend de nouveau son départ."))
    else:
        messages.error(
            request, _("Ce courriel ne peut pas repartir : il n’est plus en échec, ou son texte est effacé.")
        )
    return redirect("mail-detail", pk)

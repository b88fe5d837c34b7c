"""Anybody reports an offer; staff decide."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import staff_required
from jobs.forms.moderation import DecisionForm, ReportForm
from jobs.models import Offer
from jobs.offer_view import OfferView
from jobs.selectors.moderation import offers_to_moderate, reported_offers, settled_reports
from jobs.services.reports import decide_reports, report_offer
from jobs.views.access import offer_in_sight
from medinjob.lib.clients import network_of
from medinjob.lib.errors import MoveError
from medinjob.lib.limits import within_limit

REPORTS_AN_HOUR, MAILS_AN_HOUR = 5, 10
PER_PAGE = 25


@require_http_methods(["GET", "POST"])
def offer_report(request: HttpRequest, offer_id: int) -> HttpResponse:
    """For any offer that has been public; acknowledged on screen, and by mail if an address is given."""
    once_public = Offer.objects.select_related("company", "duplicate_of").filter(published_at__isnull=False)
    offer, _sight = offer_in_sight(request, once_public, offer_id)
    form = ReportForm(request.POST or None, initial={"email": getattr(request.user, "email", "")})
    status = 200
    if request.method == "POST" and form.is_valid():
        if _in_pace(request, form.cleaned_data["email"]):
            report = report_offer(offer=offer, user=request.user, **form.cleaned_data)
            said = _("Merci. Votre signalement n° %(number)s est enregistré : une personne de l'équipe va le lire.")
            messages.success(request, said % {"number": report.pk})
            return redirect(offer)
        messages.error(request, _("Vous avez fait beaucoup de signalements : réessayez dans une heure."))
        status = 429
    return render(request, "jobs/reports/report.html", {"offer": offer, "form": form}, status=status)


def _in_pace(request: HttpRequest, email: str) -> bool:
    """An address that is given is written to: a few times an hour, whoever gives it."""
    if not within_limit("report", network_of(request), most=REPORTS_AN_HOUR, seconds=3600):
        return False
    return not email or within_limit("report-to", email.lower(), most=MAILS_AN_HOUR, seconds=3600)


@staff_required
@require_safe
def reports_queue(request: HttpRequest) -> HttpResponse:
    """The offers reported, the longest waiting first; `?traites` the log of decisions."""
    settled = "traites" in request.GET
    rows = settled_reports() if settled else reported_offers()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "jobs/reports/queue.html", {"page": page, "settled": settled, "not_settled": not settled})


@staff_required
@require_http_methods(["GET", "POST"])
def reports_decide(request: HttpRequest, offer_id: int) -> HttpResponse:
    offer = get_object_or_404(offers_to_moderate(), pk=offer_id)
    form = DecisionForm(request.POST or None, offer=offer)
    if request.method == "POST" and form.is_valid():
        outcome = form.cleaned_data["outcome"]
        try:
            decide_reports(offer=offer, by=request.user, outcome=outcome, decision=form.reason)
        except MoveError as error:
            messages.error(request, str(error))
            return redirect("reports-queue")
        messages.success(request, _("Décision enregistrée : les deux parties en sont informées."))
        return redirect("reports-queue")
    context = {"offer": offer, "face": offer, "view": OfferView(offer), "form": form}
    return render(request, "jobs/reports/decide.html", context)

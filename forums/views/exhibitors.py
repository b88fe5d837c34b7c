"""A stand, on the side of its company."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companies.models import Company
from forums.enums import ExhibitorState
from forums.forms.editions import with_row
from forums.forms.exhibitors import PEOPLE, People, StandForm, people_written
from forums.models import Edition, Exhibitor
from forums.rules import exhibitors_open
from forums.selectors.exhibitors import showable_offers
from forums.services import exhibitors as services
from forums.views.finding import public_edition, stand_of_member
from jobs.selectors.recruiter import companies_to_post_for
from medinjob.lib.errors import RefusedError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_exhibit(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a stand; `?company=` says for which of one's companies."""
    edition, companies = public_edition(slug), companies_to_post_for(request.user)
    company = next((c for c in companies if str(c.pk) == request.GET.get("company")), next(iter(companies), None))
    held = edition.exhibitors.filter(company=company).exclude(state=ExhibitorState.CANCELLED).first()
    if company is not None and held is not None:
        return redirect("edition-stand", held.pk)
    if not exhibitors_open(edition, timezone.now()):
        messages.info(request, _("Les demandes de stand ne sont pas ouvertes pour cette édition."))
        return redirect(edition)
    if company is None:
        messages.info(request, _("Pour demander un stand, présentez d'abord votre entreprise."))
        return redirect("company-create")
    return _exhibit(request, edition, company, companies)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_stand(request: HttpRequest, exhibitor_id: int) -> HttpResponse:
    """What was asked and answered; what may still change."""
    exhibitor = stand_of_member(request, exhibitor_id)
    form, people = _forms(request, exhibitor.company, exhibitor)
    context = {"exhibitor": exhibitor, "edition": exhibitor.edition, "form": form, "people": people}
    if _is_sent(request, form, people):
        try:
            services.change_stand(exhibitor=exhibitor, by=request.user, **_written(form, people))
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("C'est enregistré."))
            return redirect("edition-stand", exhibitor.pk)
    return render(request, "forums/exhibitor/stand.html", {**context, "nav": "recruiter"})


@login_required
@require_POST
def edition_stand_cancel(request: HttpRequest, exhibitor_id: int) -> HttpResponse:
    exhibitor = stand_of_member(request, exhibitor_id)
    try:
        services.cancel(exhibitor=exhibitor, by=request.user)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Votre demande de stand est annulée."))
    return redirect("edition-stand", exhibitor.pk)


def _exhibit(request: HttpRequest, edition: Edition, company: Company, companies: list[Company]) -> HttpResponse:
    form, people = _forms(request, company)
    if _is_sent(request, form, people):
        try:
            exhibitor = services.request_stand(
                edition=edition, company=company, by=request.user, **_written(form, people)
            )
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Votre demande est partie : l'équipe vous répond par courriel."))
            return redirect("edition-stand", exhibitor.pk)
    context = {"edition": edition, "company": company, "companies": companies, "form": form, "people": people}
    return render(request, "forums/exhibitor/request.html", {**context, "nav": "recruiter"})


def _forms(request: HttpRequest, company: Company, exhibitor: Exhibitor | None = None) -> tuple[StandForm, Any]:
    data = with_row(request.POST) if request.method == "POST" else None
    shown = list(exhibitor.shown_offers.values_list("offer_id", flat=True)) if exhibitor else []
    people = exhibitor.representatives.values("name", "email") if exhibitor else [{"name": request.user.name}]  # type: ignore[union-attr]
    form = StandForm(data, instance=exhibitor, offers=showable_offers(company, shown), shown=shown)
    return form, People(data, prefix=PEOPLE, initial=list(people))


def _is_sent(request: HttpRequest, form: StandForm, people: Any) -> bool:
    """Posted, whole and right; not by the button that only adds a line."""
    asks_row = f"add-{PEOPLE}" in request.POST
    valid = [part.is_valid() for part in (form, people)] if request.method == "POST" else [False]
    return all(valid) and not asks_row


def _written(form: StandForm, people: Any) -> dict[str, Any]:
    return {"fields": form.fields_written, "offers": form.cleaned_data["offers"], "people": people_written(people)}

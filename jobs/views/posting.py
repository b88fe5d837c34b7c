"""The posting page: one form for a new offer and for an edit, for a job and for a training."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from companies.enums import CompanyState
from companies.models import Company
from jobs.enums import OfferState
from jobs.models import Offer
from jobs.selectors.recruiter import companies_to_post_for, offers_to_edit
from jobs.services import editing
from jobs.services.lifecycle import put_forward
from jobs.views.desk import Desk
from medinjob.lib.errors import EditConflictError, MoveError
from medinjob.lib.limits import in_pace
from referentials.selectors.occupations import occupation_index

# A verified company may bring all that it has in a morning; the offers of another are each read by the team.
NEW_OFFERS_AN_HOUR, OF_A_VERIFIED_COMPANY = 30, 1000
NAMES_PROPOSED = 8
TOO_MANY = gettext_lazy("Vous avez créé beaucoup d'offres en une heure. Réessayez un peu plus tard : rien n'est perdu.")
CLOSED = gettext_lazy("Cette offre est fermée : copiez-la pour en publier une semblable.")
CHANGED = gettext_lazy("Modifications enregistrées.")
DONE = {
    OfferState.DRAFT: gettext_lazy("Brouillon enregistré."),
    OfferState.PUBLISHED: gettext_lazy("L'offre est en ligne."),
    OfferState.IN_REVIEW: gettext_lazy(
        "Merci ! L'équipe de Medinjob relit l'offre, puis la publie ; vous serez prévenu."
    ),
}


@login_required
def offer_create(request: HttpRequest) -> HttpResponse:
    companies = companies_to_post_for(request.user)
    if not companies:
        return _without_company(request)
    desk = Desk(request, companies=companies)
    if not desk.action:
        return desk.render()
    if not _may_create(request, desk.company):
        messages.error(request, TOO_MANY)
        return desk.render(status=429)
    return _write(desk)


@login_required
def offer_edit(request: HttpRequest, offer_id: int) -> HttpResponse:
    offer = get_object_or_404(offers_to_edit(request.user), pk=offer_id)
    if offer.state not in editing.EDITABLE_STATES:
        messages.warning(request, CLOSED)
        return redirect("recruiter-offers")
    desk = Desk(request, offer)
    return _write(desk) if desk.action else desk.render()


@login_required
@require_POST
def offer_autosave(request: HttpRequest, offer_id: int | None = None) -> HttpResponse:
    """What `static/js/auto-save.js` asks for: 200 with the version, and with the addresses of a draft that is new.

    409: somebody else saved first; 422: not a draft, or nothing worth keeping yet."""
    companies = companies_to_post_for(request.user)
    offer = get_object_or_404(offers_to_edit(request.user), pk=offer_id) if offer_id else None
    if not companies or (offer and offer.state != OfferState.DRAFT):
        return HttpResponse(status=422)
    desk = Desk(request, offer, companies)
    if offer is None and not (desk.form.content.fields.get("title") and _may_create(request, desk.company)):
        return HttpResponse(status=422)
    try:
        saved = desk.keep()
    except EditConflictError:
        return HttpResponse(status=409)
    return JsonResponse({"version": saved.version, "unsaved": desk.form.slips, **_addresses(saved)})


@login_required
@require_POST
def offer_preview(request: HttpRequest) -> HttpResponse:
    """The part of the page that shows what is typed, and the remarks on it, for htmx."""
    companies = companies_to_post_for(request.user)
    if not companies:
        return HttpResponse(status=403)
    desk = Desk(request, companies=companies)
    return render(request, "jobs/posting/live.html", {"desk": desk, "form": desk.form, **desk.face()})


@login_required
@require_safe
def occupation_names(request: HttpRequest) -> JsonResponse:
    """Names of ROME for what is typed in `q`, as `static/js/combo-box.js` reads them."""
    names = occupation_index().near(request.GET.get("q", "")[:100], limit=NAMES_PROPOSED)
    return JsonResponse({"results": [{"label": name, "value": name} for name in names]})


@login_required
@require_POST
def offer_copy(request: HttpRequest, offer_id: int) -> HttpResponse:
    offer = get_object_or_404(offers_to_edit(request.user), pk=offer_id)
    if not _may_create(request, offer.company):
        messages.error(request, TOO_MANY)
        return redirect("recruiter-offers")
    made = editing.copy(offer=offer, by=request.user)
    messages.success(request, _("Voici une copie : modifiez ce qui change, puis publiez."))
    return redirect("offer-edit", made.pk)


def _write(desk: Desk) -> HttpResponse:
    """Keep what is typed, publish if asked; what is wrong comes back beside its field, with all that was typed."""
    complete = desk.form.is_valid()
    # A draft takes what is valid; what is public changes only as a whole.
    if desk.offer and desk.offer.state != OfferState.DRAFT and not complete:
        return desk.render(status=422)
    try:
        saved = desk.keep()
    except EditConflictError:
        return _conflict(desk)
    except MoveError as error:
        messages.error(desk.request, str(error))
        return desk.render(status=409)
    if complete:
        return _put_forward(desk, saved) if desk.action == "publish" else _saved(desk, saved)
    if desk.action == "save" and not desk.form.slips:
        return _saved(desk, saved)
    messages.warning(desk.request, _("Brouillon enregistré ; il reste à revoir les points ci-dessous."))
    desk.go_on(saved.pk)
    return desk.render(status=422)


def _conflict(desk: Desk) -> HttpResponse:
    """Both versions are shown, with a word if the offer was closed meanwhile."""
    desk.compare()
    if not desk.is_editable:
        messages.error(desk.request, CLOSED)
    return desk.render(status=409)


def _put_forward(desk: Desk, saved: Offer) -> HttpResponse:
    before = desk.offer.state if desk.offer else ""
    try:
        put_forward(offer=saved, by=desk.request.user)
    except MoveError as error:
        messages.error(desk.request, str(error))
        desk.go_on(saved.pk)
        return desk.render(status=409)
    messages.success(desk.request, CHANGED if saved.state == before else DONE[OfferState(saved.state)])
    return redirect("recruiter-offers")


def _saved(desk: Desk, saved: Offer) -> HttpResponse:
    messages.success(desk.request, DONE[OfferState.DRAFT] if saved.state == OfferState.DRAFT else CHANGED)
    return redirect("offer-edit", saved.pk)


def _may_create(request: HttpRequest, company: Company | None) -> bool:
    if company is not None and company.state == CompanyState.TRUSTED:
        return in_pace(request, "new-offer-verified", most=OF_A_VERIFIED_COMPANY, seconds=3600)
    return in_pace(request, "new-offer", most=NEW_OFFERS_AN_HOUR, seconds=3600)


def _addresses(offer: Offer) -> dict[str, str]:
    return {"page": reverse("offer-edit", args=[offer.pk]), "autosave": reverse("offer-autosave", args=[offer.pk])}


def _without_company(request: HttpRequest) -> HttpResponse:
    """Somebody new to recruiting begins with a company; one whose only company was refused is told so."""
    if Company.objects.for_user(request.user).exists():
        messages.error(
            request, _("Medinsoft a refusé votre entreprise : vous ne pouvez pas publier d'offre pour elle.")
        )
        return redirect("recruiter-offers")
    messages.info(request, _("Pour publier une offre, présentez d'abord votre entreprise."))
    return redirect("company-create")

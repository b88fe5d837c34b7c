"""Passes: giving them out, and opening one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import staff_required
from companies.enums import CompanyState
from forums.actor import Actor
from forums.enums import PassKind, PassValidity
from forums.forms.day import PassForm
from forums.links import pass_url, read_pass
from forums.models import Edition, Exhibitor, Pass
from forums.selectors.passes import find_pass, passes_of, validity
from forums.services.passes import issue_pass, note_use, revoke_pass
from forums.views.access import at_stand, remember_pass
from forums.views.finding import edition_with_rows
from medinjob.lib.limits import in_pace, within_limit

PASSES_AN_HOUR, PASSES_A_DAY_TO_ONE = 20, 3
NOT_VERIFIED = gettext_lazy(
    "Votre entreprise n'est pas encore vérifiée : aucun courriel ne part en son nom. Laissez l'adresse vide et donnez "
    "le lien vous-même."
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pass_open(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows whose it is; POST lets this browser work with it."""
    held = _found(token)
    valid = validity(held)
    if request.method == "POST" and valid == PassValidity.VALID:
        remember_pass(request, held)
        note_use(held=held)
        if held.kind == PassKind.DOOR:
            return redirect("door", held.edition.event.slug)
        return redirect("stand", held.exhibitor_id)
    context = {"held": held, "edition": held.edition, "validity": valid.value}
    return render(request, "forums/day/pass.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def passes(request: HttpRequest, slug: str) -> HttpResponse:
    """Those of an edition, and a form for one more at the door."""
    edition = edition_with_rows(slug)
    return _list(request, edition, None)


@at_stand
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stand_passes(request: HttpRequest, exhibitor: Exhibitor, actor: Actor) -> HttpResponse:
    """A company's own colleagues: for its members only."""
    if actor.user is None:
        raise Http404
    return _list(request, exhibitor.edition, exhibitor)


@staff_required
@require_POST
def pass_revoke(request: HttpRequest, slug: str, pass_id: int) -> HttpResponse:
    held = get_object_or_404(Pass, pk=pass_id, edition__event__slug=slug)
    return _revoked(request, held, "passes", slug)


@at_stand
@require_POST
def stand_pass_revoke(request: HttpRequest, exhibitor: Exhibitor, actor: Actor, pass_id: int) -> HttpResponse:
    if actor.user is None:
        raise Http404
    held = get_object_or_404(Pass, pk=pass_id, exhibitor=exhibitor)
    return _revoked(request, held, "stand-passes", exhibitor.pk)


def _found(token: str) -> Pass:
    held = find_pass(read_pass(token))
    if held is None:
        raise Http404
    return held


def _list(request: HttpRequest, edition: Edition, exhibitor: Exhibitor | None) -> HttpResponse:
    form = PassForm(request.POST or None)
    if form.is_valid() and _may_write(request, exhibitor, form):
        held = issue_pass(edition=edition, exhibitor=exhibitor, by=request.user, **form.cleaned_data)
        messages.success(request, _("Le laissez-passer de %(name)s est prêt.") % {"name": held.name})
        return redirect("stand-passes", exhibitor.pk) if exhibitor else redirect("passes", edition.event.slug)
    rows = [(held, pass_url(held.pk)) for held in passes_of(edition, exhibitor)]
    context = {"edition": edition, "exhibitor": exhibitor, "passes": rows, "form": form, "nav": "staff"}
    return render(request, "forums/day/passes.html", context)


def _may_write(request: HttpRequest, exhibitor: Exhibitor | None, form: PassForm) -> bool:
    """False past a limit; the form says which. The team gives door passes to whom it likes."""
    email = form.cleaned_data["email"].lower()
    if exhibitor is None or not email:
        return True
    if exhibitor.company.state != CompanyState.TRUSTED:
        form.add_error("email", NOT_VERIFIED)
    elif not (
        in_pace(request, "pass", most=PASSES_AN_HOUR, seconds=3600)
        and within_limit("pass-of", exhibitor.pk, most=PASSES_AN_HOUR, seconds=3600)
        and within_limit("pass-to", email, most=PASSES_A_DAY_TO_ONE, seconds=24 * 3600)
    ):
        form.add_error("email", _("C'est beaucoup en peu de temps : donnez le lien vous-même, ou réessayez plus tard."))
    return form.is_valid()


def _revoked(request: HttpRequest, held: Pass, name: str, arg: Any) -> HttpResponse:
    revoke_pass(held=held)
    messages.success(request, _("Le laissez-passer de %(name)s ne vaut plus rien.") % {"name": held.name})
    return redirect(name, arg)

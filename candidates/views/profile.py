"""A candidate's profile, CV, suggestions and visibility."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from candidates.forms.inviting import HideFromForm
from candidates.forms.profile import ProfileForm, initial_of
from candidates.forms.uploads import CVForm
from candidates.links import cv_url
from candidates.models import CandidateProfile
from candidates.selectors.own import current_cv
from candidates.selectors.suggestions import suggestions
from candidates.services import cvs, profiles
from medinjob.lib.errors import EditConflictError
from medinjob.lib.limits import within_limit

UPLOADS_AN_HOUR = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_profile(request: HttpRequest) -> HttpResponse:
    profile = profiles.profile_of(user=request.user)
    if request.method != "POST":
        return profile_page(request, profile)
    form = ProfileForm(request.POST)
    if form.is_valid():
        try:
            _save(profile, form)
        except EditConflictError as error:
            return _conflict(request, profile, error)
        messages.success(request, _("Votre profil est enregistré."))
        return redirect("my-profile")
    return profile_page(request, profile, form=form)


@login_required
@require_POST
def my_cv(request: HttpRequest) -> HttpResponse:
    """A new file, or none any more."""
    if "remove" in request.POST:
        cvs.remove_cv(owner=request.user)
        messages.success(request, _("Votre CV est retiré. Les entreprises à qui vous l'avez envoyé le gardent."))
        return redirect("my-profile")
    profile = profiles.profile_of(user=request.user)
    form = CVForm(request.POST, request.FILES)
    in_time = within_limit("cv", request.user.pk, most=UPLOADS_AN_HOUR, seconds=3600)
    if not in_time:
        form = CVForm()
        messages.error(request, _("Vous avez envoyé beaucoup de fichiers : réessayez dans une heure."))
    if not in_time or not form.is_valid():
        return profile_page(request, profile, cv_form=form, status=200 if in_time else 429)
    checked = form.cleaned_data["cv"]
    cv = cvs.add_cv(owner=request.user, filename=checked.filename, data=checked.data, document=checked.document)
    messages.success(request, _("Votre CV est enregistré."))
    if not cv.text.strip():
        messages.info(
            request, _("Ce CV ne contient pas de texte lisible (une image ?) : remplissez le profil à la main.")
        )
    return redirect("my-profile")


@login_required
@require_POST
def my_suggestion(request: HttpRequest) -> HttpResponse:
    """One suggestion at a time, taken ("take") or declined ("dismiss"); only what the CV does suggest."""
    profile = profiles.profile_of(user=request.user)
    cv = current_cv(request.user)
    key = request.POST.get("take") or request.POST.get("dismiss") or ""
    known = {f"{s.kind}:{s.value}": s for s in suggestions(profile, cv.text if cv else "")}
    if found := known.get(key):
        act = profiles.take_suggestion if "take" in request.POST else profiles.dismiss_suggestion
        act(profile=profile, kind=found.kind, value=found.value)
    return redirect("my-profile")


@login_required
@require_POST
def my_visibility(request: HttpRequest) -> HttpResponse:
    profile = profiles.profile_of(user=request.user)
    visible = request.POST.get("visible") == "1"
    profiles.set_visibility(profile=profile, visible=visible)
    shown, hidden = (
        _("Votre profil est visible des entreprises."),
        _("Votre profil n'est plus visible des entreprises."),
    )
    messages.success(request, shown if visible else hidden)
    return redirect("my-profile")


def _save(profile: CandidateProfile, form: ProfileForm) -> None:
    data = form.cleaned_data
    lists = {"occupations": data["occupations"], "skills": data["skills"]}
    profiles.save_profile(profile=profile, version=data["version"], facts=form.facts, **lists)


def _conflict(request: HttpRequest, profile: CandidateProfile, error: EditConflictError) -> HttpResponse:
    """What was typed stays; saving it again is then a choice."""
    data: Any = request.POST.copy()
    data["version"] = profile.version
    form = ProfileForm(data)
    form.add_error(None, _("%(reason)s Relisez, puis enregistrez de nouveau pour garder ceci.") % {"reason": error})
    return profile_page(request, profile, form=form, status=409)


def profile_page(request: HttpRequest, profile: CandidateProfile, *, status: int = 200, **posted: Any) -> HttpResponse:
    """The page; `posted`: its forms (`form`, `cv_form`, `hide_form`) that have something to say."""
    cv = current_cv(request.user)
    context = {
        "profile": profile,
        "form": posted.get("form") or ProfileForm(initial=initial_of(profile)),
        "cv_form": posted.get("cv_form") or CVForm(),
        "hide_form": posted.get("hide_form") or HideFromForm(),
        "hidden_from": profile.hidden_from.order_by("name"),
        "cv": cv,
        "cv_url": cv_url(cv.pk, user_id=profile.user_id) if cv else "",
        "suggestions": suggestions(profile, cv.text) if cv else [],
        "nav": "candidate",
    }
    return render(request, "candidates/profile.html", context, status=status)

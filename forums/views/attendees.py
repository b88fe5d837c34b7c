"""Registering, and one's own registration by its signed link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forums.badges import badge_address, badges_pdf
from forums.enums import AttendeeState
from forums.forms.attendees import ConfirmForm, VisitorForm
from forums.links import attendee_url
from forums.models import Edition
from forums.rules import attendees_open, is_over
from forums.selectors.attendees import own_registrations
from forums.selectors.own import meetings_with
from forums.services import attendees as services
from forums.views.finding import attendee_of, public_edition
from medinjob.lib.clients import network_of
from medinjob.lib.errors import RefusedError
from medinjob.lib.export import as_file
from medinjob.lib.limits import within_limit
from medinjob.lib.qr import qr_svg

HOUR = 3600
MAILS_AN_HOUR, FORMS_AN_HOUR = 5, 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edition_register(request: HttpRequest, slug: str) -> HttpResponse:
    """One click with an account, a short form without."""
    edition = public_edition(slug)
    if not attendees_open(edition, timezone.now()):
        messages.info(request, _("Les inscriptions ne sont pas ouvertes pour cette édition."))
        return redirect(edition)
    if request.user.is_authenticated:
        return _with_account(request, edition)
    return _without_account(request, edition)


@require_safe
@never_cache
def edition_register_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """What to do now: open the mail."""
    edition, email = public_edition(slug), request.session.get("forum_email")
    if not email:
        return redirect("edition-register", slug)
    return render(request, "forums/edition/register_sent.html", {"edition": edition, "email": email, "nav": "forum"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edition_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the first mail: GET shows, POST confirms."""
    attendee = attendee_of(token)
    typed = {"name": attendee.name, "kind": attendee.kind}
    form = ConfirmForm(request.POST if request.method == "POST" else None, initial=typed)
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm(attendee=attendee, **form.cleaned_data)
        except RefusedError as error:
            messages.error(request, str(error))
        return redirect("edition-registration", token)
    if attendee.state in (AttendeeState.REGISTERED, AttendeeState.WAITING):
        return redirect("edition-registration", token)
    is_open = attendees_open(attendee.edition, timezone.now())
    context = {"attendee": attendee, "edition": attendee.edition, "is_open": is_open, "form": form, "nav": "forum"}
    return render(request, "forums/edition/confirm.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
def edition_registration(request: HttpRequest, token: str) -> HttpResponse:
    """The badge on a phone, the way to cancel."""
    attendee = attendee_of(token)
    badge = next(iter(attendee.valid_badges), None)  # type: ignore[attr-defined]
    context = {
        "attendee": attendee,
        "edition": attendee.edition,
        "programme": attendee.edition.programme.select_related("venue"),
        "meetings": meetings_with(attendee),
        "qr": qr_svg(badge_address(badge)) if badge else "",
        "token": token,
        "is_over": is_over(attendee.edition),
        "nav": "forum",
    }
    return render(request, "forums/edition/registration.html", context)


@require_safe
@never_cache
def badge_pdf(request: HttpRequest, token: str) -> HttpResponse:
    attendee = attendee_of(token)
    badges = attendee.valid_badges  # type: ignore[attr-defined]
    if not badges:
        return redirect("edition-registration", token)
    for badge in badges:
        badge.attendee = attendee
    answer = HttpResponse(badges_pdf(attendee.edition, badges[:1], single=True), content_type="application/pdf")
    return as_file(answer, f"badge-{attendee.edition.event.slug}.pdf", inline=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edition_unregister(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST cancels."""
    attendee = attendee_of(token)
    if request.method == "POST":
        try:
            services.cancel(attendee=attendee, by=request.user if request.user.is_authenticated else None)
        except RefusedError as error:
            messages.error(request, str(error))
        return redirect("edition-unregister", token)
    context = {"attendee": attendee, "edition": attendee.edition, "is_over": is_over(attendee.edition), "nav": "forum"}
    return render(request, "forums/edition/unregister.html", context)


@login_required
@require_safe
@never_cache
def edition_registrations(request: HttpRequest) -> HttpResponse:
    rows = [(row, attendee_url(row.pk)) for row in own_registrations(request.user)]
    return render(request, "forums/edition/registrations.html", {"rows": rows, "nav": "forum"})


def _with_account(request: HttpRequest, edition: Edition) -> HttpResponse:
    user: Any = request.user
    if request.method != "POST":
        held = edition.attendees.filter(user=user).exclude(state=AttendeeState.CANCELLED).first()
        if held is not None:
            return redirect(attendee_url(held.pk))
        return render(request, "forums/edition/register.html", {"edition": edition, "nav": "forum"})
    try:
        attendee = services.register_candidate(edition=edition, user=user)
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect(edition)
    return redirect(attendee_url(attendee.pk))


def _without_account(request: HttpRequest, edition: Edition) -> HttpResponse:
    form = VisitorForm(request.POST or None)
    status = 200
    if form.is_valid() and not _may_write(request, form.cleaned_data["email"]):
        form.add_error(None, _("C'est beaucoup en peu de temps : réessayez dans une heure."))
        status = 429
    elif form.is_valid():
        try:
            services.register_visitor(edition=edition, language=get_language() or "fr", **form.cleaned_data)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            request.session["forum_email"] = form.cleaned_data["email"]
            return redirect("edition-register-sent", edition.event.slug)
    context = {"edition": edition, "form": form, "nav": "forum"}
    return render(request, "forums/edition/register.html", context, status=status)


def _may_write(request: HttpRequest, email: str) -> bool:
    """Anybody may have a mail sent to any address: a few an hour for each."""
    return within_limit("forum", network_of(request), most=FORMS_AN_HOUR, seconds=HOUR) and within_limit(
        "forum-to", email.lower(), most=MAILS_AN_HOUR, seconds=HOUR
    )

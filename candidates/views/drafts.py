"""Applying without an account: the form, the mail's link that shows what would leave, and its two buttons."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.selectors import account_of
from candidates.errors import AlreadyAppliedError, NotOpenError
from candidates.forms.applying import DraftForm
from candidates.forms.uploads import CheckedFile
from candidates.links import follow_token
from candidates.models import CV, Application, ApplicationDraft
from candidates.selectors.offers import applicable_offers
from candidates.selectors.own import live_drafts
from candidates.services.drafts import discard_draft, mail_draft, save_draft, send_draft
from candidates.views.cvs import file_answer
from candidates.views.pace import HOUR, SENT_AN_HOUR, TOO_MANY
from jobs.models import Offer
from medinjob.lib.clients import network_of
from medinjob.lib.limits import in_pace, within_limit

DRAFTS_AN_HOUR, MAILS_AN_HOUR = 20, 5
DRAFTS = "drafts"
"""In the session: by offer, the token of what this browser wrote."""
PROVED = "proved_drafts"
"""In the session: the tokens whose mail was opened in this browser, so that no other mail is needed."""


def draft_form(request: HttpRequest, offer: Offer) -> HttpResponse:
    """What is asked of who has no account. A good file is kept even when something else is wrong."""
    draft = own_draft(request, offer)
    cv = draft.cv if draft else None
    if request.method != "POST":
        return _form_page(request, offer, DraftForm(offer=offer, current_cv=cv, initial=_typed(draft)), cv)
    if not within_limit("draft", network_of(request), most=DRAFTS_AN_HOUR, seconds=HOUR):
        form = DraftForm(request.POST, offer=offer, current_cv=cv)
        form.add_error(None, TOO_MANY)
        return _form_page(request, offer, form, cv, status=429)
    form = DraftForm(request.POST, request.FILES, offer=offer, current_cv=cv)
    typed_well = form.is_valid()
    if typed_well and _may_mail(request, form, draft):
        return _keep_and_mail(request, offer, form, draft)
    if file := form.cleaned_data.get("cv"):
        draft = _save(request, offer, draft, file=file, email=draft.email if draft else "")
        form.current_cv = cv = draft.cv
    return _form_page(request, offer, form, cv, status=429 if typed_well else 200)


@require_safe
@never_cache
def draft_sent(request: HttpRequest, offer_id: int) -> HttpResponse:
    """What to do now: open the mail, on any device."""
    offer = get_object_or_404(applicable_offers(), pk=offer_id)
    email = request.session.get("draft_email")
    if not email:
        return redirect("apply", offer_id)
    return render(request, "candidates/draft_sent.html", {"offer": offer, "email": email})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: exactly what would leave, to send or to discard. Nothing happens by opening it."""
    row = _linked(token)
    if row is None:
        return render(request, "candidates/draft_over.html", status=410)
    if not _may_open(request, row):
        if own_draft(request, row.offer) == row:
            return redirect(f"{reverse('apply', args=[row.offer_id])}?{urlencode({'draft': token})}")
        return render(request, "candidates/other_account.html", status=403)
    _remember(request, row)
    step = request.POST.get("do")
    if step == "discard":
        discard_draft(draft=row)
        messages.success(request, _("C'est effacé. Rien n'a été envoyé."))
        return redirect(row.offer)
    if step == "send":
        return _sent(request, row)
    return _draft_page(request, row)


@require_safe
@never_cache
def draft_cv(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file of a draft, to look at it before it leaves."""
    row = _linked(token)
    if row is None or row.cv is None or not _may_open(request, row):
        raise Http404
    try:
        answer: FileResponse = file_answer(row.cv, as_attachment=True)
        return answer
    except OSError:
        return render(request, "candidates/cv_damaged.html", status=410)


def own_draft(request: HttpRequest, offer: Offer) -> ApplicationDraft | None:
    """What this browser wrote for an offer, which needs no proof to be read again."""
    token = request.session.get(DRAFTS, {}).get(str(offer.pk), "")
    return live_drafts().filter(offer=offer, token=token).first() if token else None


def linked_draft(request: HttpRequest, offer: Offer) -> ApplicationDraft | None:
    """The draft named in the address, if it was written for the address of who is signed in. What somebody else may
    have left under it waits behind its link."""
    row = _linked(request.GET.get("draft", ""))
    return row if row and row.offer_id == offer.pk and _may_open(request, row) else None


def _linked(token: str) -> ApplicationDraft | None:
    return live_drafts().exclude(email="").filter(token=token).first()


def _may_open(request: HttpRequest, row: ApplicationDraft) -> bool:
    """Whoever reads the mail; not in the account of somebody else."""
    return not request.user.is_authenticated or account_of(row.email) == request.user


def _typed(row: ApplicationDraft | None) -> dict[str, str]:
    return {"name": row.name, "email": row.email, "message": row.message, "career": row.career} if row else {}


def _form_page(request: HttpRequest, offer: Offer, form: DraftForm, cv: CV | None, status: int = 200) -> HttpResponse:
    return render(request, "candidates/apply_draft.html", {"offer": offer, "form": form, "cv": cv}, status=status)


def _may_mail(request: HttpRequest, form: DraftForm, row: ApplicationDraft | None) -> bool:
    """Anybody may have a mail sent to any address: a few an hour for each."""
    email = form.cleaned_data["email"].lower()
    if _is_proved(request, row, email) or within_limit("draft-to", email, most=MAILS_AN_HOUR, seconds=HOUR):
        return True
    form.add_error(None, TOO_MANY)
    return False


def _is_proved(request: HttpRequest, row: ApplicationDraft | None, email: str) -> bool:
    return bool(row and row.email == email and row.token in request.session.get(PROVED, []))


def _keep_and_mail(request: HttpRequest, offer: Offer, form: DraftForm, row: ApplicationDraft | None) -> HttpResponse:
    data = form.cleaned_data
    words = {name: data[name] for name in ("name", "message", "career")}
    proved = _is_proved(request, row, data["email"].lower())
    kept = _save(
        request, offer, row, file=data["cv"], email=data["email"], without_cv=bool(data.get("without_cv")), **words
    )
    if proved:
        return redirect("draft", kept.token)
    mail_draft(draft=kept, language=get_language() or "fr")
    request.session["draft_email"] = data["email"]
    return redirect("draft-sent", offer.pk)


def _save(
    request: HttpRequest,
    offer: Offer,
    row: ApplicationDraft | None,
    *,
    file: CheckedFile | None,
    email: str,
    without_cv: bool = False,
    **words: str,
) -> ApplicationDraft:
    former = row.cv if row and not without_cv else None
    kept = save_draft(
        offer=offer,
        token=row.token if row else "",
        email=email,
        cv=former,
        file=file._asdict() if file else None,
        **words,
    )
    request.session[DRAFTS] = {**request.session.get(DRAFTS, {}), str(offer.pk): kept.token}
    return kept


def _remember(request: HttpRequest, row: ApplicationDraft) -> None:
    """Whoever has the link may change the words in the form, without another mail."""
    request.session[DRAFTS] = {**request.session.get(DRAFTS, {}), str(row.offer_id): row.token}
    if row.token not in (proved := request.session.get(PROVED, [])):
        request.session[PROVED] = [*proved, row.token]


def _sent(request: HttpRequest, row: ApplicationDraft) -> HttpResponse:
    if not in_pace(request, "apply", most=SENT_AN_HOUR, seconds=HOUR):
        return _draft_page(request, row, error=str(TOO_MANY), status=429)
    try:
        application = send_draft(draft=row, language=get_language() or "fr")
    except AlreadyAppliedError as error:
        messages.info(request, str(error))
        return _to_application(request, error.application)
    except NotOpenError as error:
        return _draft_page(request, row, error=str(error))
    messages.success(request, _("C'est envoyé. Vous suivez la suite ici."))
    return _to_application(request, application)


def _to_application(request: HttpRequest, application: Application) -> HttpResponse:
    """Its page, through sign-in where an account holds it."""
    if application.candidate_id:
        return redirect(application)
    return redirect("application-follow", follow_token(application.pk))


def _draft_page(request: HttpRequest, row: ApplicationDraft, *, error: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"draft": row, "offer": row.offer, "error": error}
    return render(request, "candidates/draft.html", context, status=status)

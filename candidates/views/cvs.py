"""A CV behind its link: for who the link was made for, as long as they may, and it is written down."""

import hashlib
from io import BytesIO

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from candidates import links
from candidates.models import CV, Application
from candidates.rules import may_read_cv
from candidates.services.access import log_cv_access
from medinjob.lib.documents import PDF


@require_GET
@login_required
@never_cache
def cv_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """To keep: always an attachment."""
    try:
        cv = _asked(request, token)
        return file_answer(cv, as_attachment=True)
    except signing.SignatureExpired:
        return render(request, "candidates/cv_over.html", status=410)
    except OSError:
        return render(request, "candidates/cv_damaged.html", status=410)


@require_GET
@login_required
@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF], "script-src": [NONE], "form-action": [NONE]})  # type: ignore[arg-type]
def cv_beside(request: HttpRequest, token: str) -> HttpResponseBase:
    """To read beside the application: a PDF in the browser's own reader, the words of any other file."""
    try:
        cv = _asked(request, token)
        if cv.content_type == PDF:
            return file_answer(cv, as_attachment=False)
    except signing.SignatureExpired:
        return render(request, "candidates/cv_over.html", status=410)
    except OSError:
        return render(request, "candidates/cv_damaged.html", status=410)
    return render(request, "candidates/cv_text.html", {"cv": cv})


def _asked(request: HttpRequest, token: str) -> CV:
    """Raises Http404 for whom it is not for, `SignatureExpired` for a link too old. A company's access is logged."""
    try:
        link = links.read(token)
    except signing.SignatureExpired:
        raise
    except (signing.BadSignature, TypeError) as error:
        raise Http404 from error
    cv = CV.objects.filter(pk=link.cv_id).first()
    application = Application.objects.filter(pk=link.application_id).first()
    if cv is None or link.user_id != request.user.pk or not may_read_cv(request.user, cv, application):
        raise Http404
    if application is not None and cv.owner_id != request.user.pk:
        log_cv_access(application=application, cv=cv, by=request.user)
    return cv


def file_answer(cv: CV, *, as_attachment: bool) -> FileResponse:
    """The bytes as they were received. Raises `OSError` for a file that is gone or no longer what was received."""
    with cv.file.open("rb") as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != cv.sha256:
        raise OSError(f"CV {cv.pk}: its file was altered.")
    return FileResponse(
        BytesIO(content), as_attachment=as_attachment, filename=cv.filename, content_type=cv.content_type
    )

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe


@require_safe
def logo(request: HttpRequest, name: str) -> FileResponse:
    """A company's logo. Names are never used twice, so a browser may keep it. A web server in front may serve
    `/media/logos/` itself; nothing else under the uploads folder has an address."""
    path = f"logos/{name}"
    if not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response

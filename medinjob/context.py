from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page knows of the site: `site` (facts of the legal pages), `site_url`, `debug`."""
    return {"site": settings.SITE, "site_url": settings.SITE_URL, "debug": settings.DEBUG}

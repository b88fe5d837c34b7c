from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: `site_facts` (for the legal pages; `site` is a name that allauth takes), `site_url`,
    `debug`."""
    return {"site_facts": settings.SITE, "site_url": settings.SITE_URL, "debug": settings.DEBUG}

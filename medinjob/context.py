from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: `site_facts` (for the legal pages; `site` is a name that allauth takes), `site_url`,
    `debug`, and `mail_read_here`: no mail leaves this machine, it is read on the team's page."""
    return {
        "site_facts": settings.SITE,
        "site_url": settings.SITE_URL,
        "debug": settings.DEBUG,
        "mail_read_here": settings.MAIL_READ_HERE,
    }

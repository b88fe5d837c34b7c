import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medinjob.settings.production")
application = get_wsgi_application()
# Imports every view now, so that no visitor waits for it.
_ = get_resolver().url_patterns

from django.core.signals import request_started  # noqa: E402 - once the settings are there

from medinjob.databases import keep_open  # noqa: E402

request_started.connect(keep_open)

"""A public site: refuses to start without a secret, hosts, an address and a mail server."""

import sentry_sdk

from medinjob.masking import before_breadcrumb, before_send

from .base import *  # noqa: F403
from .base import env

DEBUG = False
SECRET_KEY = env.str("MEDINJOB_SECRET_KEY")
ALLOWED_HOSTS = env.list("MEDINJOB_ALLOWED_HOSTS")
SITE_URL = env.str("MEDINJOB_SITE_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
vars().update(env.email_url("MEDINJOB_EMAIL_URL"))

# How many proxies add to X-Forwarded-For before us: rate limits count the visitor's address, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("MEDINJOB_TRUSTED_PROXIES", 1)

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# A name that begins with __Host- is taken by browsers from this very host only, over https: a sister site of the same
# domain cannot set it.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
LANGUAGE_COOKIE_NAME = "__Host-language"

if dsn := env.str("MEDINJOB_SENTRY_DSN", ""):
    # Local variables and bodies hold addresses, letters and signed links: an error report does without.
    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=before_send,
        before_send_transaction=before_send,
        before_breadcrumb=before_breadcrumb,
    )

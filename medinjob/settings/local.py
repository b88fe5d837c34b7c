"""One machine: everything embedded, a secret kept in the data folder. What `make run` and `manage.py` use."""

import secrets
import sys

from .base import *  # noqa: F403
from .base import BASE_DIR, DATA_DIR, INSTALLED_APPS, STORAGES, env

DEBUG = env.bool("MEDINJOB_DEBUG", False)
GALLERY = True
ALLOWED_HOSTS = env.list("MEDINJOB_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
INTERNAL_IPS = ["127.0.0.1"]

INSTALLED_APPS = [*INSTALLED_APPS, "demo"]

_secret_file = DATA_DIR / "secret_key"
if not _secret_file.exists():
    _secret_file.touch(mode=0o600)
    _secret_file.write_text(secrets.token_urlsafe(50))
SECRET_KEY = _secret_file.read_text(encoding="utf-8", errors="replace").strip()
if len(SECRET_KEY) < 32 or not SECRET_KEY.isascii() or not SECRET_KEY.isprintable():
    sys.exit(
        f"{_secret_file} est endommagé. Remettez-le depuis la dernière sauvegarde (manage.py restore, dans un dossier "
        "neuf), ou supprimez-le : un autre sera fait, les sessions et les liens déjà envoyés ne vaudront plus."
    )

# Served from the checkout: an edited stylesheet shows on reload, and nothing has to be collected first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATICFILES_DIRS = [BASE_DIR / "static"]

# Mail is read at /equipe/courriels/: a laptop needs no SMTP.
if not env.str("MEDINJOB_EMAIL_URL", ""):
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    MAIL_READ_HERE = True

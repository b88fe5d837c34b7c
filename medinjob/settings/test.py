"""Stricter than production: fast hashes, mail kept in memory, a data folder of its own."""

import os
import tempfile

os.environ.setdefault("MEDINJOB_DATA_DIR", tempfile.mkdtemp(prefix="medinjob-test-"))

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, STORAGES

DEBUG = False
GALLERY = True
SECRET_KEY = "tests only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
CELERY_BROKER_URL = "memory://"

"""Stricter than production: fast hashes, mail kept in memory, a data folder of its own."""

import atexit
import os
import tempfile

if "MEDINJOB_DATA_DIR" not in os.environ:
    _folder = tempfile.TemporaryDirectory(prefix="medinjob-test-", ignore_cleanup_errors=True)
    atexit.register(_folder.cleanup)
    os.environ["MEDINJOB_DATA_DIR"] = _folder.name
# Tests choose their services by names of their own: what a shell exports for a running site is never tested on.
os.environ["MEDINJOB_DATABASE_URL"] = os.environ.get("MEDINJOB_TEST_DATABASE_URL", "sqlite://:memory:")
os.environ["MEDINJOB_SEARCH_URL"] = "tantivy:"

from .base import *  # noqa: F403
from .base import BASE_DIR, COUNTS, DATA_DIR, DATABASES, INSTALLED_APPS, SQLITE_OPTIONS, STORAGES

DEBUG = False
# Strings as the sources have them: `tests/test_french.py` reads the typeset ones.
LOCALE_PATHS = [BASE_DIR / "locale"]
GALLERY = True
SECRET_KEY = "tests only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
# A file, as in production: in memory the threads of the live server would share one connection, and get in its way.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
    # What is asked for in no order comes in another one than on PostgreSQL: a test that leans on either fails.
    DATABASES["default"]["OPTIONS"] = {
        **SQLITE_OPTIONS,
        "init_command": f"{SQLITE_OPTIONS['init_command']} PRAGMA reverse_unordered_selects=ON;",
    }
# The threads of the live server leave no connection behind, which would keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# As on one machine, whatever cache a shell exports; workers of one run share the folder, and must not share counts.
_counts = f"limits{os.environ.get('PYTEST_XDIST_WORKER', '')}.sqlite3"
CACHES = {"default": {**COUNTS, "LOCATION": str(DATA_DIR / "cache" / _counts)}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
CELERY_BROKER_URL = "memory://"

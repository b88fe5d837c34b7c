"""What every Medinjob shares. Values come from `MEDINJOB_…` environment variables; the defaults fit one machine."""

import os
from datetime import timedelta
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
# A variable left empty in a file of settings is an absent one. A "$" is a character, also where a secret begins with
# it: escaped here, environ looks for no other variable of that name.
env.escape_proxy = True
env.ENVIRON = {name: value.replace("$", r"\$") for name, value in os.environ.items() if value}

# Everything that a run writes: database, index, uploads, queue. Relative paths count from the checkout.
DATA_DIR = (BASE_DIR / env.str("MEDINJOB_DATA_DIR", "var")).resolve()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

INSTALLED_APPS = [
    "accounts",
    "referentials",
    "companies",
    "jobs",
    "search",
    "candidates",
    "forums",
    "ledger",
    "reports",
    "medinjob.apps.MedinjobConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "medinjob.middleware.LenientSessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "medinjob.middleware.AddressesWithoutNul",
    "medinjob.middleware.PrivateAnswers",
    "accounts.middleware.UnsentForms",
    "medinjob.middleware.PagesOfPosts",
    "accounts.middleware.NotedSessions",
    "accounts.middleware.StaffSecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
    "forums.middleware.ClosedEditions",
]

ROOT_URLCONF = "medinjob.urls"
WSGI_APPLICATION = "medinjob.wsgi.application"
SITE_URL = env.str("MEDINJOB_SITE_URL", "http://localhost:8000").rstrip("/")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "medinjob.templatetags.written"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "medinjob.context.site",
            ],
        },
    }
]
COTTON_DIR = "components"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
}
# A wait for a lock ends, as it does on SQLite; an idle connection that the server dropped is opened again.
POSTGRESQL = {
    "OPTIONS": {"connect_timeout": 5, "options": "-c lock_timeout=20s"},
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
}
DATABASES = {"default": env.db_url("MEDINJOB_DATABASE_URL", f"sqlite:///{DATA_DIR / 'medinjob.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"] |= POSTGRESQL
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Holds nothing but the limits of pace: ours, allauth's and those of the API. Several machines share a Redis.
COUNTS = {"BACKEND": "medinjob.lib.counting.CountingCache", "LOCATION": str(DATA_DIR / "cache" / "limits.sqlite3")}
CACHES = {"default": env.cache_url("MEDINJOB_CACHE_URL") if env.str("MEDINJOB_CACHE_URL", "") else COUNTS}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    CACHES["default"] |= {
        "BACKEND": "medinjob.lib.cache.LenientRedisCache",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }

# Where the offers are searched: empty or "tantivy:" is the embedded engine under the data folder,
# https://user:password@host1:9200,host2:9200 is Elasticsearch; a key replaces user and password.
SEARCH_URL = env.str("MEDINJOB_SEARCH_URL", "tantivy:")
SEARCH_CA = env.str("MEDINJOB_SEARCH_CA", "")
SEARCH_API_KEY = env.str("MEDINJOB_SEARCH_API_KEY", "")
# Seconds for an answer, and once more on another node; then the database answers.
SEARCH_PATIENCE = env.float("MEDINJOB_SEARCH_PATIENCE", 0.7)
SEARCH_ALIAS = env.str("MEDINJOB_SEARCH_ALIAS", "medinjob-offers")
SEARCH_INDEX_DIR = DATA_DIR / "index"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_FORMS = {
    "login": "accounts.sign_in_forms.LoginForm",
    "signup": "accounts.sign_in_forms.SignupForm",
    "add_email": "accounts.sign_in_forms.AddEmailForm",
    "reset_password": "accounts.sign_in_forms.ResetPasswordForm",
}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up: it keeps the way back
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    # A change of address writes to the new one, whoever has it.
    "manage_email": "10/m/user,20/d/user",
    "signup": "20/m/ip,120/h/ip",
    "reset_password": "20/m/ip,60/h/ip,5/m/key",
}
# A second factor is asked of staff; the demo does without.
STAFF_MFA = env.bool("MEDINJOB_STAFF_MFA", True)
MFA_TOTP_ISSUER = "Medinjob"
# The code before or after counts too: one is typed as its half minute ends (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_REDIRECT_URL = "welcome"
LOGIN_URL = "account_login"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]
# `locale/messages.py french` makes the first, French for French, with its non-breaking spaces.
LOCALE_PATHS = [BASE_DIR / "locale/typography", BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("MEDINJOB_STATIC_ROOT", str(DATA_DIR / "static"))
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # CVs: served only by views that check who asks.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "private", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600  # without a visit; `accounts.enums.SESSION_LONGEST` with visits
CSRF_FAILURE_VIEW = "medinjob.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Mail leaves through accounts.OutgoingMail rows; this is where the worker hands it over.
EMAIL_CONFIG = env.email_url("MEDINJOB_EMAIL_URL", "consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MEDINJOB_MAIL_FROM", "Medinjob <ne-pas-repondre@medinjob.example>")
EMAIL_TIMEOUT = 10
MAIL_RATE_PER_MINUTE = env.int("MEDINJOB_MAIL_RATE_PER_MINUTE", 60)
# True where no mail leaves: staff read it on its page. Elsewhere its links are its recipient's alone.
MAIL_READ_HERE = False

# Who reads a stranger's file now (medinjob.lib.documents).
READERS_DIR = DATA_DIR / "readers"
QUEUE_DIR = DATA_DIR / "queue"
CELERY_BROKER_URL = env.str("MEDINJOB_BROKER_URL", "filesystem://")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
# A page that nudges the worker does not wait for a broker that is away: the schedule does the same a little later.
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "medinjob.schedule:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
if CELERY_BROKER_URL == "filesystem://":
    for folder in ("messages", "control"):
        (QUEUE_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
    }
elif CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 10, "socket_keepalive": True}
# A drain that waited longer than its period is pointless: the next one does the same work.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "send mails": {"task": "accounts.send_mails", "schedule": timedelta(seconds=10), "options": {"expires": 10}},
    "sign of life": {"task": "medinjob.beat", "schedule": timedelta(minutes=1), "options": {"expires": 60}},
    "watch the site": {"task": "medinjob.watch", "schedule": timedelta(minutes=1), "options": {"expires": 60}},
    "drain index": {"task": "search.drain", "schedule": timedelta(seconds=10), "options": {"expires": 10}},
    "repair index": {"task": "search.repair", "schedule": timedelta(hours=1)},
    "purge limits": {"task": "accounts.purge_limits", "schedule": timedelta(hours=1)},
    "purge mails": {"task": "accounts.purge_mails", "schedule": timedelta(days=1)},
    "purge unsent forms": {"task": "accounts.purge_unsent", "schedule": timedelta(hours=1)},
    "clear sessions": {"task": "accounts.clear_sessions", "schedule": crontab(hour=3, minute=0)},
    "lift lost second factors": {"task": "accounts.lift_due_factors", "schedule": timedelta(minutes=10)},
    "announce dated marks": {"task": "companies.announce_dated_marks", "schedule": crontab(hour=0, minute=10)},
    "forget old invitations": {"task": "companies.forget_old_invitations", "schedule": crontab(hour=3, minute=0)},
    "close due offers": {"task": "jobs.close_due_offers", "schedule": timedelta(minutes=10)},
    "remind of expiring offers": {"task": "jobs.remind_expiring_offers", "schedule": timedelta(hours=1)},
    "run due imports": {"task": "jobs.run_due_imports", "schedule": timedelta(minutes=1), "options": {"expires": 60}},
    "forget old imports": {"task": "jobs.forget_old_imports", "schedule": crontab(hour=3, minute=15)},
    "remind companies": {"task": "candidates.remind_companies", "schedule": crontab(hour=8, minute=0)},
    "close silent applications": {
        "task": "candidates.close_silent_applications",
        "schedule": crontab(hour=8, minute=30),
    },
    "refresh answer figures": {"task": "candidates.refresh_answer_figures", "schedule": crontab(hour=4, minute=15)},
    "sweep CV files": {"task": "candidates.sweep_cv_files", "schedule": crontab(hour=2, minute=45)},
    "drop old interest of companies": {"task": "candidates.drop_old_interest", "schedule": crontab(hour=4, minute=0)},
    "drop old drafts": {"task": "candidates.drop_old_drafts", "schedule": timedelta(hours=6)},
    "send alerts": {"task": "candidates.send_alerts", "schedule": timedelta(minutes=1), "options": {"expires": 60}},
    "notice silent candidates": {"task": "candidates.notice_silent_candidates", "schedule": crontab(hour=9, minute=0)},
    "remind attendees": {"task": "forums.remind_attendees", "schedule": crontab(hour=8, minute=15)},
    "drop unconfirmed attendees": {"task": "forums.drop_unconfirmed", "schedule": crontab(hour=4, minute=45)},
    "ask what became of meetings": {"task": "ledger.ask_follow_ups", "schedule": crontab(hour=8, minute=45)},
    "forget old attendees": {"task": "ledger.forget_old", "schedule": crontab(hour=3, minute=45)},
    "ask for time stamps": {"task": "reports.ask_time_stamps", "schedule": timedelta(minutes=1)},
    "verify the ledger": {"task": "ledger.verify_ledger", "schedule": crontab(hour=4, minute=30)},
    "settle the ledger": {"task": "ledger.settle_ledger", "schedule": timedelta(hours=1)},
    "anonymise silent candidates": {
        "task": "candidates.anonymise_silent_candidates",
        "schedule": crontab(hour=3, minute=30),
    },
}

# Megabytes that the data folder should have free; below, the site says that it is ill.
DISK_FREE_MB = env.int("MEDINJOB_DISK_FREE_MB", 300)

# Ed25519, 32 bytes in base64: signs frozen reports. Public keys, in base64, of those that signed before it.
SIGNING_KEY = env.str("MEDINJOB_SIGNING_KEY", "")
SIGNING_OLD_KEYS = env.list("MEDINJOB_SIGNING_OLD_KEYS", default=[])
# An authority that stamps them with the time (RFC 3161), and the file of the certificates (PEM) that vouch for it.
TIMESTAMP_URL = env.str("MEDINJOB_TIMESTAMP_URL", "")
TIMESTAMP_CA = env.str("MEDINJOB_TIMESTAMP_CA", "")

# Offers are fetched from https:// of public addresses only; a "host:port" here may be private, and speak http://.
IMPORT_TRUSTED_HOSTS = env.list("MEDINJOB_IMPORT_TRUSTED_HOSTS", default=[])
IMPORT_MAX_MB = env.int("MEDINJOB_IMPORT_MAX_MB", 500)
# What comes out of a compressed file.
IMPORT_MAX_UNPACKED_MB = env.int("MEDINJOB_IMPORT_MAX_UNPACKED_MB", 4 * IMPORT_MAX_MB)
# Memory that the process of an import may ask for; it ends as a failure beyond.
IMPORT_MEMORY_MB = env.int("MEDINJOB_IMPORT_MEMORY_MB", 1000)
# When more than so many of a hundred offers of a source (or rows of a referential) are absent from a complete file,
# nothing is withdrawn (or closed) before a person agrees.
ABSENCE_SHARE = env.int("MEDINJOB_ABSENCE_SHARE", 20)
# Seconds that a download may take; less than `jobs.enums.IMPORT_SILENCE`.
IMPORT_PATIENCE = env.int("MEDINJOB_IMPORT_PATIENCE", 300)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "medinjob.lib.throttles.AnonThrottle",
        "medinjob.lib.throttles.UserThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": env.str("MEDINJOB_API_RATE", "120/min"), "user": "300/min"},
    "PAGE_SIZE": 20,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Medinjob",
    "DESCRIPTION": "Offres d'emploi et de formation du numérique en Provence-Alpes-Côte d'Azur.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
}

# The facts of the legal pages; a site that serves the public must fill them.
SITE = {
    "name": "Medinjob",
    "publisher": env.str("MEDINJOB_PUBLISHER", "Medinsoft"),
    "publisher_address": env.str("MEDINJOB_PUBLISHER_ADDRESS", ""),
    "publication_director": env.str("MEDINJOB_PUBLICATION_DIRECTOR", ""),
    "host": env.str("MEDINJOB_HOST", ""),
    "contact_email": env.str("MEDINJOB_CONTACT_EMAIL", "contact@medinjob.example"),
    "privacy_email": env.str("MEDINJOB_PRIVACY_EMAIL", "donnees@medinjob.example"),
    "accessibility_status": env.str("MEDINJOB_ACCESSIBILITY_STATUS", "partial"),
    "accessibility_date": env.str("MEDINJOB_ACCESSIBILITY_DATE", ""),
}

# The components on one page, for those who write templates.
GALLERY = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"masked": {"()": "medinjob.masking.MaskedRecords"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["masked"]}},
    "root": {"handlers": ["console"], "level": env.str("MEDINJOB_LOG_LEVEL", "WARNING")},
}

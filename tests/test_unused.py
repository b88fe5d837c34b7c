"""Templates, addresses, tasks and settings that nothing uses any more. What only a library or a machine asks for is
listed, with who asks."""

import re
import subprocess
from functools import cache
from pathlib import Path

import django.forms
from django.apps import apps
from django.conf import global_settings, settings
from django.urls import get_resolver

from medinjob.celery import app
from tests.ours import is_ours
from tests.test_permissions import names_in

ROOT = Path(settings.BASE_DIR)
ALLAUTH = "allauth's own pages link to it, or send there"
ADDRESSES_OF_OTHERS = {
    "account_email_verification_sent": ALLAUTH,
    "account_inactive": ALLAUTH,
    "account_reset_password_done": ALLAUTH,
    "account_reset_password_from_key_done": ALLAUTH,
    "account_set_password": ALLAUTH,
    "api-companies": "programs read it in the schema",
    "api-docs": "people who write programs, from docs/",
    "api-edition-report": "programs read it in the schema",
    "api-unknown": "answers what no other address of the API does",
    "company-logo": "the storage of logos builds the address",
    "gallery": "developers look at the components there",
    "health": "whoever watches the site",
    "set_language": "Django's own form",
    "sitemap": "robots.txt",
    "sitemap-section": "Django's index of the sitemap",
}
LIBRARIES = (
    "ACCOUNT_",
    "CELERY_",
    "COTTON_",
    "MFA_",
    "REST_FRAMEWORK",
    "SPECTACULAR_",
    "WHITENOISE_",
    "SETTINGS_MODULE",
)
SETTINGS_OF_DJANGO = {"CONTENT_SECURITY_POLICY", "ROOT_URLCONF", "EMAIL_FILE_PATH"}
"""Which `django.conf.global_settings` does not have."""


@cache
def sources() -> dict[str, str]:
    """The text of each file of production, by its path."""
    listed = [
        "git",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "*.py",
        "*.html",
        "*.txt",
        "*.js",
        "*.svg",
    ]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    left_out = ("tests/", "bench/", "docs/", "locale/", "requirements/")
    read = [name for name in names if name and not name.startswith(left_out) and "/migrations/" not in name]
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in read if (ROOT / name).exists()}


@cache
def everything() -> str:
    return "\n".join(sources().values())


def of_a_library(name: str) -> bool:
    """It takes the place of a template of Django or of an installed app."""
    folders = [Path(config.path) / "templates" for config in apps.get_app_configs() if not is_ours(config)]
    folders.append(Path(django.forms.__file__).parent / "templates")
    return any((folder / name).exists() for folder in folders)


def is_used(name: str) -> bool:
    """By its name, as a component, or by a name put together from its folder and its last word."""
    stem = name.rpartition(".")[0]
    folder, _, last = stem.rpartition("/")
    if re.search(rf"""["']{re.escape(stem)}(\.\w+)?["']""", everything()):
        return True
    if folder == "components" and f"<c-{last.replace('_', '-')}" in everything():
        return True
    together = f"{folder}/{{" in everything() or f'"{folder}"' in everything() or f'"{folder}/"' in everything()
    begun = re.escape(last.partition("_")[0])
    return together and bool(re.search(rf"""["']({re.escape(last)}["']|{begun}_{{)""", everything()))


def test_every_template_is_used():
    names = [name.removeprefix("templates/") for name in sources() if name.startswith("templates/")]
    assert len(names) > 300
    assert not is_used("candidates/nobody_asks_for_this.html")
    assert [name for name in names if not is_used(name) and not of_a_library(name)] == []


def test_every_address_is_used():
    names = set(names_in(get_resolver().url_patterns))
    unused = {name for name in names if not re.search(rf"""["']{re.escape(name)}["'?#]""", everything_but_urls())}
    assert unused == set(ADDRESSES_OF_OTHERS)


@cache
def everything_but_urls() -> str:
    return "\n".join(text for name, text in sources().items() if not name.endswith("urls.py"))


# Messages may wait under them since the forum became three apps (ledger/tasks.py); they go with docs/renamed.md.
OLD_NAMES_OF_TASKS = {"forums.ask_follow_ups", "forums.settle_ledger", "forums.forget_old"}


def test_every_task_is_due_at_a_time_or_asked_for():
    app.loader.import_default_modules()  # what nobody has imported yet is not known yet
    due = {entry["task"] for entry in app.conf.beat_schedule.values()}
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
    assert ours
    asked = re.compile(r"\b(\w+)\.(?:delay|apply_async|si?)\b|nudge\((?:\w+\.)?(\w+)")
    called = {name for pair in asked.findall(everything()) for name in pair if name}
    unused = {name for name, task in ours.items() if name not in due and task.__name__ not in called}
    assert unused == OLD_NAMES_OF_TASKS


def test_every_setting_is_read():
    """By our code, by another setting, or by Django or a library that owns the name."""
    theirs = set(dir(global_settings)) | SETTINGS_OF_DJANGO
    ours = [name for name in dir(settings) if name.isupper() and name not in theirs and not name.startswith(LIBRARIES)]
    assert len(ours) > 20
    assert [name for name in ours if len(re.findall(rf"\b{name}\b", everything())) < 2] == []

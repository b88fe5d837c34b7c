"""The laws of the house that no other tool checks."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OWN_APPS = ("accounts", "referentials", "companies", "jobs", "search", "candidates", "forums", "ledger", "reports")


def test_scheduled_tasks_exist():
    from medinjob.celery import app

    app.loader.import_default_modules()
    missing = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} - set(app.tasks)
    assert missing == set()


@pytest.mark.parametrize("word", ["utils", "helpers", "misc", "common"])
def test_no_module_is_a_drawer(word):
    found = [p for app in (*OWN_APPS, "medinjob", "demo") for p in (ROOT / app).rglob(f"*{word}*.py")]
    assert found == []


def test_models_have_no_save_that_acts():
    owners = [m.__name__ for app in OWN_APPS for m in apps.get_app_config(app).get_models() if "save" in vars(m)]
    assert owners == []


def test_templates_hold_no_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*ld\+json)|<style|\sstyle=|\son[a-z]+=\"", re.IGNORECASE)
    found = [str(p) for p in (ROOT / "templates").rglob("*.html") if inline.search(p.read_text())]
    assert found == []

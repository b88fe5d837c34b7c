"""Each setting that the code reads can be given to each kind of public site: a new one without its line fails here."""

import re

import yaml
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
NOT_PUBLIC = {"MEDINJOB_DEBUG"}
NOT_IN_CONTAINERS = {
    "MEDINJOB_SEARCH_API_KEY": "the account of search_account.sh is used",
    "MEDINJOB_SEARCH_CA": "Elasticsearch speaks clear HTTP inside",
}


def names_read():
    text = "".join(path.read_text() for path in (settings.BASE_DIR / "medinjob" / "settings").glob("*.py"))
    names = set(re.findall(r"\benv\.\w+\(\s*\"(MEDINJOB_\w+)\"", text))
    assert len(names) > 30
    return names - NOT_PUBLIC


def names_offered(example):
    """Set, or shown after a #."""
    return set(re.findall(r"^#?([A-Z_]+)=", (DEPLOY / example).read_text(), re.MULTILINE))


def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def given_by_image():
    return set(re.findall(r"(MEDINJOB_\w+)=", (DEPLOY / "Dockerfile").read_text().split("COPY . .")[0]))


def test_every_setting_is_in_the_example_of_an_installed_site():
    assert names_read() - names_offered("medinjob.env.example") == set()


def test_every_setting_reaches_the_containers():
    for name in ("web", "worker", "beat", "prepare"):
        reached = set(compose()["services"][name]["environment"]) | given_by_image() | set(NOT_IN_CONTAINERS)
        assert names_read() - reached == set(), name


def test_whatever_the_compose_file_asks_for_is_in_its_example():
    text = (DEPLOY / "compose.yaml").read_text()
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", text))
    passed = {name for name, value in compose()["services"]["web"]["environment"].items() if value is None}
    assert asked | passed == names_offered("medinjob.compose.env.example")


def test_examples_name_no_setting_that_nobody_reads():
    assert names_offered("medinjob.env.example") - names_read() == {"DJANGO_SETTINGS_MODULE"}

"""Chromium for the browser tests: one for the session, with no cookie and no stored data at the start of each test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from accounts.models import User
from demo.factories import CompanyFactory, OfferFactory, UserFactory
from jobs.models import Offer

CHROMIUM = Path("/usr/bin/chromium")
WIDE, NARROW = 1440, 360
# Milliseconds: a machine of two cores that runs everything at once takes its time.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser(live_server: Any) -> Iterator[Browser]:
    """Asks for the live server to be closed before it: a connection left open would be a warning, hence an error."""
    if not CHROMIUM.exists():
        if os.environ.get("MEDINJOB_REQUIRE_SERVICES") or os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is required here and absent")
        pytest.skip(f"{CHROMIUM} is absent (Debian: apt-get install chromium)")
    # Playwright keeps an event loop in this thread, where Django then refuses the database unless told otherwise.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def context_for(browser: Browser) -> Callable[[bool], BrowserContext]:
    """A context with or without script, shared by the tests: opening one costs more than most of them."""
    contexts: dict[bool, BrowserContext] = {}

    def context(script: bool) -> BrowserContext:
        if script not in contexts:
            contexts[script] = browser.new_context(
                java_script_enabled=script, reduced_motion="reduce", locale="fr-FR", timezone_id="Europe/Paris"
            )
        return contexts[script]

    return context


@pytest.fixture
def page_at(context_for: Callable[[bool], BrowserContext], live_server: Any) -> Iterator[Callable[..., Page]]:
    """`page_at("/offres/", 360)`: that page, that wide; `user=user` signs in, `script=False` is without JavaScript.

    What a page writes to the console as an error, and errors of its scripts, fail the test, unless it takes them out
    of `page_at.complaints`.
    """
    pages: list[Page] = []
    complaints: list[str] = []

    def open_page(address: str, width: int = WIDE, *, user: Any = None, script: bool = True) -> Page:
        context = context_for(script)
        context.clear_cookies()
        page = context.new_page()
        if not any(other.context == context for other in pages):
            everything = {"origin": live_server.url, "storageTypes": "all"}
            context.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)
        if user:  # once the store is empty: cookies are in it
            context.add_cookies([{**session_cookie(user), "url": live_server.url}])
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 800})
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.answer = page.goto(live_server.url + address)  # type: ignore[attr-defined]
        return page

    open_page.complaints = complaints  # type: ignore[attr-defined]
    yield open_page
    for page in pages:
        page.close()
    # The browser itself logs an address that answers 4xx: the test that goes there knows.
    assert [text for text in complaints if not text.startswith("Failed to load resource")] == []


def session_cookie(user: Any) -> dict[str, str]:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {"name": "sessionid", "value": client.cookies["sessionid"].value}


@pytest.fixture
def recruiter() -> User:
    return UserFactory(name="Dominique Recruteur")


@pytest.fixture
def offer(recruiter: User) -> Offer:
    return OfferFactory(published=True, company=CompanyFactory(name="Atelier Calanque", recruiter=recruiter))

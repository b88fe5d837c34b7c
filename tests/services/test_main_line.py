"""The main line of `tests/browser/test_main_job.py` in Chromium on the whole set: gunicorn, worker, beat, PostgreSQL,
Redis, Elasticsearch and a mail server that the link comes from."""

import email
import re

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM
from tests.browser.test_main_job import EMAIL, apply_without_account, finish_on_another_device, hire_and_sign, leave
from tests.conftest import absent
from tests.services.site import wait_for

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def site(services_site, mail_server):
    site = services_site(EMAIL_URL=f"smtp://127.0.0.1:{mail_server.server_address[1]}")
    site.start_worker("--concurrency=2")
    site.start_beat()
    site.start_web()
    return site


@pytest.fixture
def page_at(site):
    """As the fixture of the browser tests; `user` is a session."""
    if not CHROMIUM.exists():
        absent(f"{CHROMIUM} is absent: apt install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])

        def open_page(address, width, *, user=None):
            context = chromium.new_context(locale="fr-FR", viewport={"width": width, "height": 800})
            if user:
                context.add_cookies([{"name": "sessionid", "value": user, "url": site.url}])
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.goto(site.url + address)
            return page

        yield open_page
        chromium.close()


def link_from(mail_server, site):
    """The address in the mail that has arrived at the candidate's, if it has."""
    for text in mail_server.received:
        mail = email.message_from_bytes(text)
        if mail["To"] == EMAIL:
            body = mail.get_payload(decode=True).decode()
            return re.search(rf"{re.escape(site.url)}(/candidature/\S+)", body)[1]
    return None


@pytest.mark.parametrize("width", [360, 1440])
def test_main_job_on_the_whole_set(width, site, page_at, mail_server):
    recruiter = site.ask("main_line")
    wait_for(lambda: site.ask("pending")["index"] == 0, what="the worker to index the offer")
    apply_without_account(page_at, width)
    link = wait_for(lambda: link_from(mail_server, site), what="the mail with the link")
    finish_on_another_device(page_at, width, link)
    hire_and_sign(page_at, recruiter, width)
    assert site.ask("counts") == [1, 1, 1, 1]
    leave(page_at, width, site.ask("session_of", EMAIL))
    assert site.ask("counts") == [1, 1, 1, 0]
    assert site.ask("drift") == []

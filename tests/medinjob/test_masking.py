"""No secret of an address in logs and in error reports."""

import io
import logging
from types import SimpleNamespace

import pytest
import sentry_sdk
from django.urls import get_resolver, reverse
from gunicorn.config import Config

from medinjob.access_log import MaskedLogger
from medinjob.masking import MaskedRecords, before_breadcrumb, before_send, mask
from tests.permissions.table import TABLE

SECRET = "WzEsMl0:1vPqXy:Zr8-x_Secret0fTheBearer"


def secret_addresses():
    """Every URL that takes a token or a key, in both languages."""
    for name in TABLE:
        for found in get_resolver().reverse_dict.getlist(name):
            parameters = found[0][0][1]
            if {"token", "key"} & set(parameters):
                values = {key: SECRET if key in ("token", "key") else "1" for key in parameters}
                fitting = {**values, **({"kind": "pdf"} if "kind" in values else {})}
                yield reverse(name, kwargs=fitting)
                break


ADDRESSES = sorted(set(secret_addresses()))


def test_addresses_with_secrets_are_found():
    assert len(ADDRESSES) >= 20


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("before", ["", "https://medinjob.example", "/en", "GET "])
def test_no_secret_of_an_address_stays(address, before):
    masked = mask(f"{before}{address}?draft={SECRET}&next=%2Fb%2F{SECRET}%2F HTTP/1.1")
    assert "Secret0f" not in masked
    assert "…" in masked


@pytest.mark.parametrize("text", ["/offres/12/developpeur-python/", "/offres/?q=python&place=aix", "Fini.", ""])
def test_other_words_stay(text):
    assert mask(text) == text


def test_log_of_a_page_that_is_not_there(client, db):
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    handler.addFilter(MaskedRecords())
    logging.getLogger().addHandler(handler)
    client.get(f"/forum/suites/{SECRET}/")
    logging.getLogger().removeHandler(handler)
    assert "Not Found: /forum/suites/…/" in told.getvalue()
    assert "Secret0f" not in told.getvalue()


def test_console_of_every_site_is_masked(settings):
    for handler in settings.LOGGING["handlers"].values():
        assert "masked" in handler["filters"]


def test_access_log_of_gunicorn():
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": f"/b/{SECRET}/",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": f"/b/{SECRET}/",
        "QUERY_STRING": f"draft={SECRET}",
        "HTTP_REFERER": f"https://medinjob.example/forum/inscription/{SECRET}/",
    }
    answer = SimpleNamespace(status="200 OK", sent=1, headers=[], response_length=1)
    took = SimpleNamespace(seconds=0, microseconds=1, days=0)
    atoms = MaskedLogger(Config()).atoms(answer, SimpleNamespace(headers=[]), environ, took)
    assert "Secret0f" not in str(atoms)
    assert atoms["r"] == "GET /b/…/ HTTP/1.1"


def test_error_report_holds_no_secret():
    sent = []

    class Kept(sentry_sdk.transport.Transport):
        def capture_envelope(self, envelope):
            sent.extend(item.payload.json for item in envelope.items)

    client = sentry_sdk.Client(
        dsn="https://public@errors.example/1",
        transport=Kept,
        default_integrations=False,
        before_send=before_send,
        before_breadcrumb=before_breadcrumb,
    )
    with sentry_sdk.isolation_scope() as scope:
        scope.set_client(client)
        address = f"https://medinjob.example/cv/{SECRET}/"
        sentry_sdk.add_breadcrumb(category="http", message=f"GET {address}", data={"url": address})
        client.capture_event(
            {
                "message": f"failed at {address}",
                "request": {"url": address, "query_string": f"draft={SECRET}", "headers": {"Referer": address}},
                "exception": {"values": [{"type": "ValueError", "value": address}]},
            },
            scope=scope,
        )
    assert len(sent) == 1
    assert sent[0]["request"]["url"] == "https://medinjob.example/cv/…/"
    assert sent[0]["breadcrumbs"]["values"][0]["data"]["url"] == "https://medinjob.example/cv/…/"
    assert "Secret0f" not in str(sent)

"""Public pages that are the same for every visitor: 304 while their version stands, else from the process's memory.

A page has a version where its view can tell one for less than the page costs. All other pages get an `ETag` of their
content from Django's `ConditionalGetMiddleware`, and are made each time.
"""

import gzip
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache
from django.apps import apps
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

KEPT_BYTES = 16 * 1024 * 1024
SHOWN_FOR = 600
"""Seconds. What a page says of the time ("Nouveau", "aujourd'hui") may be late by as much."""


class Page(NamedTuple):
    """The body of a page, compressed, with its content type."""

    compressed: bytes
    content_type: str


_pages: LRUCache[str, Page] = LRUCache(KEPT_BYTES, getsizeof=lambda page: len(page.compressed))
_guard = Lock()


def answer_by_version(request: HttpRequest, version: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The page that `make` gives, made once for a `version`: a text that changes whenever the page may. With "" it is
    made each time, as for a visitor with a session, for a part of a page, and for an answer that says how it may be
    kept (`Cache-Control`)."""
    if not version or not _is_the_same_for_all(request):
        return make()
    etag = _etag(request, version)
    if (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    with _guard:
        page = _pages.get(etag)
    if page is None:
        answer = make()
        if answer.status_code != 200 or answer.has_header("Cache-Control"):
            return answer
        page = Page(gzip.compress(answer.content, 6, mtime=0), answer["Content-Type"])
        with _guard:
            _pages[etag] = page
    return _answer(request, page, etag)


def forget_pages() -> None:
    """Empties the memory of this process: for tests and measures."""
    with _guard:
        _pages.clear()


def _is_the_same_for_all(request: HttpRequest) -> bool:
    personal = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
    return request.method == "GET" and personal.isdisjoint(request.COOKIES) and "HX-Request" not in request.headers


def _etag(request: HttpRequest, version: str) -> str:
    slot = int(timezone.now().timestamp()) // SHOWN_FOR
    parts = (version, request.get_full_path(), get_language(), slot, timezone.localdate(), release())
    # A weak one: compressed or not, it is the same page.
    return f'W/"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _answer(request: HttpRequest, page: Page, etag: str) -> HttpResponse:
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    body = page.compressed if zipped else gzip.decompress(page.compressed)
    answer = HttpResponse(body, content_type=page.content_type)
    if zipped:
        answer["Content-Encoding"] = "gzip"
    answer["ETag"] = etag
    patch_vary_headers(answer, ["Accept-Encoding", "Cookie", "HX-Request"])
    return answer


@lru_cache
def release() -> str:
    """A digest of the code, templates and words that make the pages: another release makes other pages."""
    digest = sha256()
    base = settings.BASE_DIR
    folders = [path for app in apps.get_app_configs() if (path := Path(app.path)).parent == base]
    for folder in (*folders, base / "templates", base / "locale", base / "static"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".html", ".mo", ".css", ".js", ".svg"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()

"""The look of the site in one file, so that a first visit makes one request for it. Its parts are in `static/css/`."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

PARTS = ("tokens", "base", "layout", "controls", "parts", "pages", "forum", "print")
"""In the order of the cascade."""


class Stylesheet(NamedTuple):
    """`digest` is part of the address: another text has another address, so that browsers may keep it for ever."""

    text: str
    digest: str


def stylesheet() -> Stylesheet:
    """Read again when a part has changed where files may change (`WHITENOISE_AUTOREFRESH`), else once."""
    refreshed = getattr(settings, "WHITENOISE_AUTOREFRESH", False)
    return _joined(tuple(_path(name).stat().st_mtime_ns for name in PARTS) if refreshed else ())


@lru_cache(1)
def _joined(_changed: tuple[int, ...]) -> Stylesheet:
    texts = {name: _path(name).read_text(encoding="utf-8") for name in PARTS}
    texts["print"] = f"@media print {{\n{texts['print']}}}\n"
    text = "\n".join(texts.values())
    return Stylesheet(text, sha256(text.encode()).hexdigest()[:12])


def _path(name: str) -> Path:
    return Path(settings.BASE_DIR, "static", "css", f"{name}.css")

"""The engine that the settings name. One more engine is one module and one line here."""

from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import Engine


@cache
def get_engine() -> Engine:
    """One engine by process. `MEDINJOB_SEARCH_URL` is empty or "tantivy:" for the embedded one."""
    url = settings.SEARCH_URL
    if url in {"", "tantivy:"}:
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(settings.SEARCH_INDEX_DIR)
    raise ImproperlyConfigured(f"No search engine for MEDINJOB_SEARCH_URL={url.partition(':')[0]}:…")

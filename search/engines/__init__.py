"""The engine that the settings name. One more engine is one module and one line here."""

from functools import cache, partial

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import Engine
from search.engines.locks import site_lock


@cache
def get_engine() -> Engine:
    """One engine by process. `MEDINJOB_SEARCH_URL` is empty or "tantivy:" for the embedded one,
    "https://user:password@host1:9200,host2:9200" for Elasticsearch."""
    url = settings.SEARCH_URL
    if url in {"", "tantivy:"}:
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(settings.SEARCH_INDEX_DIR)
    if url.startswith(("http://", "https://")):
        from search.engines.elastic import ElasticEngine, connect

        known = {"ca": settings.SEARCH_CA, "api_key": settings.SEARCH_API_KEY}
        client = connect(url, **known, patience=settings.SEARCH_PATIENCE)
        lock = partial(site_lock, folder=settings.SEARCH_INDEX_DIR)
        return ElasticEngine(client, lock, settings.SEARCH_ALIAS, patience=settings.SEARCH_PATIENCE)
    raise ImproperlyConfigured(f"No search engine for MEDINJOB_SEARCH_URL={url.partition(':')[0]}:…")

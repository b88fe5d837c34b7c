"""What Elasticsearch keeps of an offer. Texts come as terms, ready: it only splits them at spaces."""

import hashlib
import json
from functools import cache
from typing import Any

from elasticsearch.dsl import GeoPoint, Integer, Keyword, Long, Mapping, Text

from search.analysis.version import analysis_sources
from search.documents.schema import FACETS, FIELDS, OfferDocument
from search.engines.ranking import EVERYTHING

# What is given back; the rest of a document is only looked into.
KEPT = ("card", "body")
# One shard: word counts are then those of all offers, and a million offers fit.
SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "max_result_window": 20_000,
    # A write that comes late must still meet the trace of the deletion.
    "gc_deletes": "1h",
    # Offers of one occupation say the same words: side by side, whole blocks of them are passed over at once.
    "index.sort.field": ["occupation", "published"],
    "index.sort.order": ["asc", "desc"],
    # Each segment is searched by one thread: those of a large index stay several.
    "merge.policy.max_merged_segment": "1gb",
}


def build_mapping() -> dict[str, Any]:
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    mapping.meta("_source", {"includes": list(KEPT)})
    for name in FIELDS:
        mapping.field(name, Text(analyzer="whitespace", index_options="positions" if name == "title" else "freqs"))
    mapping.field(EVERYTHING, Text(analyzer="whitespace", index_options="positions"))
    for name in KEPT:
        mapping.field(name, Keyword(index=False, doc_values=False))
    for name in FACETS:
        mapping.field(name, Keyword(eager_global_ordinals=True))
    mapping.field("word", Keyword())
    mapping.field("spot", GeoPoint())
    mapping.field("pay", Integer())
    mapping.field("published", Long())
    mapping.field("offer", Long())
    mapping.field("version", Long())
    return mapping.to_dict()


@cache
def signature() -> str:
    """Part of an index's name: another mapping or another analysis is another index."""
    written = json.dumps([build_mapping(), SETTINGS], sort_keys=True)
    return hashlib.sha256("\0".join((written, *analysis_sources())).encode()).hexdigest()[:10]


def to_source(document: OfferDocument) -> dict[str, Any]:
    texts = {name: " ".join(document.terms[name]) for name in FIELDS}
    return {
        **texts,
        EVERYTHING: " ".join(filter(None, texts.values())),
        "card": document.card,
        "body": document.text,
        **{name: list(values) for name, values in document.values.items() if values},
        "word": list(document.words),
        # To ten metres, as the embedded engine keeps them.
        "spot": [{"lat": round(latitude, 4), "lon": round(longitude, 4)} for latitude, longitude in document.spots],
        "pay": document.pay,
        "published": document.published,
        "offer": document.id,
        "version": document.version,
    }

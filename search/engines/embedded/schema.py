"""The tantivy schema, and a document in it. The schema's hash is part of an index's name, so that a new schema is a new
index."""

import hashlib
import inspect
from functools import cache
from importlib.metadata import version
from pathlib import Path

import tantivy

from search.analysis.version import analysis_sources
from search.documents.schema import FACETS, FIELDS, OfferDocument
from search.engines.ranking import EVERYTHING

TOKENIZER = "terms"


def build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # The id is raw text: deleting by term on an unsigned field silently deletes nothing (tantivy 0.27).
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("offer", fast=True)
    builder.add_integer_field("version", fast=True)
    builder.add_bytes_field("card", stored=True)
    builder.add_bytes_field("body", stored=True)
    for name in FIELDS:
        option = "position" if name == "title" else "freq"
        builder.add_text_field(name, tokenizer_name=TOKENIZER, index_option=option)
    builder.add_text_field(EVERYTHING, tokenizer_name=TOKENIZER, index_option="position")
    builder.add_text_field("word", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("spot", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("pay", fast=True, indexed=True)
    builder.add_integer_field("published", fast=True, indexed=True)
    return builder.build()


@cache
def schema_hash() -> str:
    """Changes with the schema and with the analysis, either of which makes an index unreadable or wrong."""
    sources = [inspect.getsource(build_schema), repr((FIELDS, FACETS))]
    return hashlib.sha256("\0".join([*sources, *analysis_sources(), version("tantivy")]).encode()).hexdigest()[:10]


def open_index(path: Path) -> tantivy.Index:
    index = tantivy.Index(build_schema(), path=str(path))
    index.config_reader("manual")
    index.register_tokenizer(TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def spot_of(latitude: float, longitude: float) -> str:
    """A place as a term, to ten metres."""
    return f"{latitude:.4f},{longitude:.4f}"


def to_tantivy(document: OfferDocument) -> tantivy.Document:
    row = tantivy.Document()
    row.add_text("id", str(document.id))
    row.add_integer("offer", document.id)
    row.add_integer("version", document.version)
    row.add_bytes("card", document.card.encode())
    row.add_bytes("body", document.text.encode())
    for name in FIELDS:
        row.add_text(name, " ".join(document.terms[name]))
    row.add_text(EVERYTHING, " ".join(term for name in FIELDS for term in document.terms[name]))
    for word in document.words:
        row.add_text("word", word)
    for latitude, longitude in document.spots:
        row.add_text("spot", spot_of(latitude, longitude))
    for name, values in document.values.items():
        for value in values:
            row.add_text(name, value)
    if document.pay is not None:
        row.add_integer("pay", document.pay)
    row.add_integer("published", document.published)
    return row


def versions_in(searcher: tantivy.Searcher) -> dict[int, int]:
    """The version of every document, by offer id."""
    hits = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1), order_by_field="offer").hits
    addresses = [address for _, address in hits]
    offers = searcher.fast_field_values("offer", addresses)
    versions = searcher.fast_field_values("version", addresses)
    return {int(offer or 0): int(version or 0) for offer, version in zip(offers, versions, strict=True)}

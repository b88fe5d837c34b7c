"""Document frequencies of terms, cached so that a common word is asked only once."""

from collections.abc import Iterable
from typing import NamedTuple

from elasticsearch import Elasticsearch

from search.documents.schema import FIELDS
from search.engines.elastic.connection import engine_errors

MAX_KEPT = 50_000


class KnownFrequencies(NamedTuple):
    """See `search.engines.ranking.Counts`. `fields`: how many offers have the field at all."""

    fields: dict[str, int]
    terms: dict[str, dict[str, int]]

    @property
    def documents(self) -> int:
        return self.fields.get("title", 0)

    def documents_with(self, field: str, term: str) -> int:
        return self.terms[term].get(field, 0)


class Frequencies:
    """Of one index. A count may be out of date by the life of this object."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self.client = client
        self.index = index
        self._known = KnownFrequencies({}, {})

    def of(self, terms: Iterable[str]) -> KnownFrequencies:
        """All that is known, these terms included: one request for those that were not asked before, else none."""
        terms = set(terms)
        known = self._known
        if missing := terms - known.terms.keys():
            if len(known.terms) > MAX_KEPT:
                known, missing = KnownFrequencies({}, {}), terms
            self._ask(known, missing)
            self._known = known
        return known

    def _ask(self, known: KnownFrequencies, terms: set[str]) -> None:
        with engine_errors():
            answer = self.client.termvectors(
                index=self.index,
                doc=dict.fromkeys(FIELDS, " ".join(terms)),
                term_statistics=True,
                field_statistics=True,
                offsets=False,
                payloads=False,
                positions=False,
            )
        counts: dict[str, dict[str, int]] = {term: {} for term in terms}
        for field, vector in answer["term_vectors"].items():
            known.fields[field] = vector["field_statistics"]["doc_count"]
            for term, figures in vector["terms"].items():
                if documents := figures.get("doc_freq"):
                    counts[term][field] = documents
        known.terms.update(counts)

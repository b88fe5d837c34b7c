"""How many offers have the terms of a question, kept for a while so that common words are asked once."""

from collections.abc import Iterable
from typing import NamedTuple

from elasticsearch import Elasticsearch

from search.documents.schema import FIELDS
from search.engines.elastic.connection import one_sentence

MAX_KEPT = 50_000


class Known(NamedTuple):
    """See `search.engines.ranking.Counts`. `fields`: how many offers have the field at all."""

    fields: dict[str, int]
    terms: dict[str, dict[str, int]]

    @property
    def documents(self) -> int:
        return self.fields.get("title", 0)

    def having(self, field: str, term: str) -> int:
        return self.terms[term].get(field, 0)


class Frequencies:
    """Of one index. A count may be out of date by the life of this object."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self.client = client
        self.index = index
        self._known = Known({}, {})

    def of(self, terms: Iterable[str]) -> Known:
        """All that is known, these terms included: one request for those that were not asked before, else none."""
        terms = set(terms)
        known = self._known
        if missing := terms - known.terms.keys():
            if len(known.terms) > MAX_KEPT:
                known, missing = Known({}, {}), terms
            self._ask(known, missing)
            self._known = known
        return known

    def _ask(self, known: Known, terms: set[str]) -> None:
        with one_sentence():
            answer = self.client.termvectors(
                index=self.index,
                doc=dict.fromkeys(FIELDS, " ".join(terms)),
                term_statistics=True,
                field_statistics=True,
                offsets=False,
                payloads=False,
                positions=False,
            )
        found: dict[str, dict[str, int]] = {term: {} for term in terms}
        for field, vector in answer["term_vectors"].items():
            known.fields[field] = vector["field_statistics"]["doc_count"]
            for term, figures in vector["terms"].items():
                if having := figures.get("doc_freq"):
                    found[term][field] = having
        known.terms.update(found)

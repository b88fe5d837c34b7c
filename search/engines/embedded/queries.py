"""Translates plans into tantivy queries. One field with all terms decides which offers are found, without a score; the
other fields decide their order."""

from collections.abc import Sequence
from dataclasses import replace

import tantivy

from search.engines.base import AtLeast, Either, Filter, Near, Plan, Values, Without
from search.engines.embedded.spots import FARTHEST, Spots
from search.engines.ranking import EVERYTHING, EXACT_FIRST, Constant, DisMax, Phrase, Score, Sum, Term, idf, scores_of
from search.query.nodes import Adjacent, AllOf, AnyOf, Node, Occupations, Question, Word

# Radii (km) of growing circles in which the nearest offers are searched.
CIRCLES = (5, 10, 20, 40, 80, 160)

Query = tantivy.Query
MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


class Translator:
    """Makes the queries of one plan against one state of the index."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, spots: Spots) -> None:
        self.searcher = searcher
        self.schema = schema
        self.spots = spots

    def matching(self, plan: Plan, without: str = "") -> tantivy.Query:
        """Which offers are found; the filter of the facet named `without` is left out."""
        parts = [self.filter(item) for item in plan.filters if not (isinstance(item, Values) and item.name == without)]
        if not plan.question.is_empty:
            parts.insert(0, self.question(plan.question))
        return self.all_of(parts)

    def scored(self, plan: Plan) -> tantivy.Query:
        """Which offers are found, and what decides their order."""
        clauses = [(MUST, Query.const_score_query(self.matching(plan), 0.0))]
        if plan.order.name == "distance" and plan.order.point:
            km = self.reach(plan, plan.order.point)
            clauses += [(SHOULD, query) for query in self.spots.by_distance(self.schema, plan.order.point, km)]
        else:
            clauses += [(SHOULD, self.score(score)) for score in scores_of(plan.question, self)]
        if plan.exact_first:
            clauses.append((SHOULD, Query.const_score_query(self.question(plan.exact_first), EXACT_FIRST)))
        return Query.boolean_query(clauses)

    def reach(self, plan: Plan, point: tuple[float, float]) -> float:
        """A distance within which all offers of the page are: those farther away are on later pages and need no
        score."""
        farthest = min((item.km for item in plan.filters if isinstance(item, Near)), default=FARTHEST)
        wanted = plan.offset + plan.size
        for km in CIRCLES:
            if km >= farthest:
                break
            closer = replace(plan, filters=(*plan.filters, Near(*point, km)))
            if self.searcher.search(self.matching(closer), 1).count >= wanted:  # type: ignore[attr-defined]
                return km
        return farthest

    # Which offers are found

    def question(self, question: Question) -> tantivy.Query:
        nodes = [self.match(concept) for concept in question.concepts]
        wanted = self.any_of([self.all_of([nodes[rank] for rank in ranks]) for ranks in question.required])
        if not question.excluded:
            return wanted
        unwanted = [(tantivy.Occur.MustNot, self.match(node)) for node in question.excluded]
        return Query.boolean_query([(MUST, wanted), *unwanted])

    def match(self, node: Node) -> tantivy.Query:
        match node:
            case Word(term):
                return Query.term_query(self.schema, EVERYTHING, term, "basic")
            case Adjacent(terms):
                return Query.phrase_query(self.schema, EVERYTHING, list(terms))
            case Occupations(codes):
                return self.values("occupation", codes)
            case AllOf(parts):
                return self.all_of([self.match(part) for part in parts])
            case AnyOf(parts):
                return self.any_of([self.match(part) for part in parts])

    def filter(self, item: Filter) -> tantivy.Query:
        match item:
            case Values(name, values):
                return self.values(name, values)
            case AtLeast(name, bound):
                return Query.range_query(self.schema, name, tantivy.FieldType.Integer, bound, None)
            case Near(latitude, longitude, km):
                return self.values("spot", [spot.key for spot, _ in self.spots.near(latitude, longitude, km)])
            case Either(filters):
                return self.any_of([self.filter(each) for each in filters])
            case Without(name, value):
                every = (MUST, Query.all_query())
                return Query.boolean_query([every, (tantivy.Occur.MustNot, self.values(name, [value]))])

    def values(self, name: str, values: Sequence[str]) -> tantivy.Query:
        if len(values) == 1:
            return Query.term_query(self.schema, name, values[0], "basic")
        return Query.term_set_query(self.schema, name, list(values)) if values else Query.empty_query()

    @staticmethod
    def all_of(parts: Sequence[tantivy.Query]) -> tantivy.Query:
        if not parts:
            return Query.all_query()
        return parts[0] if len(parts) == 1 else Query.boolean_query([(MUST, part) for part in parts])

    @staticmethod
    def any_of(parts: Sequence[tantivy.Query]) -> tantivy.Query:
        return parts[0] if len(parts) == 1 else Query.boolean_query([(SHOULD, part) for part in parts])

    # In which order

    @property
    def documents(self) -> int:
        return self.searcher.num_docs

    def documents_with(self, field: str, term: str) -> int:
        return self.searcher.doc_freq(field, term)

    def score(self, score: Score) -> tantivy.Query:
        match score:
            case Term(field, term, weight):
                field_idf = idf(self.documents_with(field, term), self.documents)
                return Query.boost_query(Query.term_query(self.schema, field, term, "freq"), weight / field_idf)
            case Phrase(field, terms, weight):
                return Query.boost_query(Query.phrase_query(self.schema, field, list(terms)), weight)
            case Constant(nodes, weight):
                return Query.const_score_query(self.all_of([self.match(node) for node in nodes]), weight)
            case DisMax(parts, tie):
                queries = [self.score(part) for part in parts]
                return Query.disjunction_max_query(queries, tie) if queries else Query.empty_query()
            case Sum(parts, required):
                return Query.boolean_query([(MUST if required else SHOULD, self.score(part)) for part in parts])

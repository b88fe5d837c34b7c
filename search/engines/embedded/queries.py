"""Plans as tantivy queries. Who is found is decided on one field, without a score; the order on the fields."""

from collections.abc import Sequence
from itertools import pairwise
from math import log

import tantivy

from search.engines.base import AtLeast, Filter, Near, Plan, Values, Without
from search.engines.embedded.schema import EVERYTHING
from search.engines.embedded.spots import FARTHEST, Spots
from search.question import Adjacent, AllOf, AnyOf, Node, Occupations, Question, Word

BOOSTS = {"title": 6.0, "skills": 1.5, "facts": 4.0, "employer": 1.5, "text": 1.0}
# How much a term's other fields add to its best one.
TIE = 0.15
TITLE_PHRASE = 6.0
TEXT_PHRASE = 0.6
# An offer found by its occupation alone is worth less than one that says the words; one that has both is worth more
# than words said in passing.
OCCUPATION_TOO = 3.0
MAX_SHARE = 2.5
EXACT = 10_000.0

Query = tantivy.Query
MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


class Translator:
    """Makes the queries of one plan against one state of the index."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, spots: Spots) -> None:
        self.searcher = searcher
        self.schema = schema
        self.spots = spots

    def matching(self, plan: Plan, without: str = "") -> tantivy.Query:
        """Who is found; the filter of the facet named `without` is left out."""
        parts = [self.filter(item) for item in plan.filters if not (isinstance(item, Values) and item.name == without)]
        if not plan.question.is_empty:
            parts.insert(0, self.question(plan.question))
        return self.all_of(parts)

    def scored(self, plan: Plan) -> tantivy.Query:
        """Who is found, with what decides the order."""
        clauses = [(MUST, Query.const_score_query(self.matching(plan), 0.0))]
        if plan.order.name == "distance" and plan.order.point:
            km = min((item.km for item in plan.filters if isinstance(item, Near)), default=FARTHEST)
            clauses += [(SHOULD, query) for query in self.spots.by_distance(self.schema, plan.order.point, km)]
        else:
            clauses += [(SHOULD, query) for query in self.merits(plan.question)]
        if plan.exact_first:
            clauses.append((SHOULD, Query.const_score_query(self.question(plan.exact_first), EXACT)))
        return Query.boolean_query(clauses)

    # Who is found

    def question(self, question: Question) -> tantivy.Query:
        nodes = [self.match(concept) for concept in question.concepts]
        return self.any_of([self.all_of([nodes[rank] for rank in ranks]) for ranks in question.required])

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

    def merits(self, question: Question) -> list[tantivy.Query]:
        queries = [self.merit(concept) for concept in question.concepts]
        sequence = question.sequence
        if len(sequence) > 1:
            whole = Query.phrase_query(self.schema, "title", list(sequence))
            queries.append(Query.boost_query(whole, TITLE_PHRASE))
            for one, other in pairwise(sequence):
                pair = Query.phrase_query(self.schema, EVERYTHING, [one, other], slop=1)
                queries.append(Query.boost_query(pair, TEXT_PHRASE))
        return queries

    def merit(self, node: Node, share: float = 1.0) -> tantivy.Query:
        """`share` is what a synonym may keep of its own score."""
        match node:
            case Word(term, boost):
                return self.word(term, boost * share)
            case Adjacent(terms, boost):
                return self.adjacent(list(terms), boost * share)
            case Occupations(codes, boost):
                return Query.const_score_query(self.values("occupation", codes), boost)
            case AllOf(parts):
                return Query.boolean_query([(MUST, self.merit(part, share)) for part in parts])
            case AnyOf(parts):
                return self.best_of(parts)

    def best_of(self, parts: Sequence[Node]) -> tantivy.Query:
        """Whatever says it counts as being as rare as what was typed: a rare synonym must not outweigh it, nor the word
        that everybody uses be worth less than its acronym."""
        own = self.rarity(parts[0])
        shares = [min(MAX_SHARE, own / (self.rarity(part) or own or 1.0)) for part in parts]
        best = Query.disjunction_max_query([self.merit(part, share) for part, share in zip(parts, shares, strict=True)])
        occupations = [part for part in parts if isinstance(part, Occupations)]
        said = [self.match(part) for part in parts if not isinstance(part, Occupations)]
        if not occupations or not said:
            return best
        both = self.all_of([self.any_of(said), self.match(occupations[0])])
        return Query.boolean_query([(SHOULD, best), (SHOULD, Query.const_score_query(both, OCCUPATION_TOO))])

    def rarity(self, node: Node) -> float:
        """How much it says: its inverse document frequency where words are chosen, in titles and facts."""
        match node:
            case Word(term):
                return self.idf(max(self.searcher.doc_freq(name, term) for name in ("title", "facts")))
            case Adjacent(terms):
                return sum(self.rarity(Word(term)) for term in terms)
            case AllOf(parts):
                return sum(map(self.rarity, parts))
            case AnyOf(parts):
                return self.rarity(parts[0])
            case Occupations():
                return 0.0

    def idf(self, having: int) -> float:
        """BM25's inverse document frequency, as tantivy computes it, of what so many documents have."""
        return log(1 + (self.searcher.num_docs - having + 0.5) / (having + 0.5))

    def word(self, term: str, boost: float) -> tantivy.Query:
        """The term in each field, as rare as it is in titles or facts: rare among employers' names is no merit."""
        having = {name: count for name in BOOSTS if (count := self.searcher.doc_freq(name, term))}
        common = boost * self.rarity(Word(term))
        fields = [
            Query.boost_query(
                Query.term_query(self.schema, name, term, "freq"), BOOSTS[name] * common / self.idf(count)
            )
            for name, count in having.items()
        ]
        return Query.disjunction_max_query(fields, TIE) if fields else Query.empty_query()

    def adjacent(self, terms: list[str | tuple[int, str]], boost: float) -> tantivy.Query:
        weights = {"title": BOOSTS["title"], EVERYTHING: BOOSTS["text"]}
        return Query.disjunction_max_query(
            [
                Query.boost_query(Query.phrase_query(self.schema, name, terms), weight * boost)
                for name, weight in weights.items()
            ],
            TIE,
        )

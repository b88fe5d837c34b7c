"""Translates plans into Elasticsearch queries. One field with all terms decides which offers are found, without a
score; the other fields decide their order."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from elasticsearch.dsl import query as q

from search.engines.base import FACET_SIZE, AtLeast, Either, Filter, Near, Plan, Values, Without
from search.engines.elastic.frequencies import KnownFrequencies
from search.engines.ranking import EVERYTHING, EXACT_FIRST, Constant, DisMax, Phrase, Score, Sum, Term, idf, scores_of
from search.query.nodes import Adjacent, AllOf, AnyOf, Node, Occupations, Question, Word

# Lucene leaves the factor k1 + 1 out of BM25.
BM25 = 2.2


def offers_of(plan: Plan, known: KnownFrequencies) -> dict[str, Any]:
    """The request for the offers of a page. They are not counted here, nor are equal ones of a numbered page put in an
    order: both would keep the server from searching in several threads (its `_score` alone can be sorted so)."""
    body = {
        "query": _query(plan, known).to_dict(),
        "sort": _sort(plan),
        "from": 0 if plan.after else plan.offset,
        "size": plan.size,
        "track_total_hits": False,
    }
    return {**body, "search_after": json.loads(plan.after)} if plan.after else body


def counts_of(plan: Plan) -> dict[str, Any]:
    """The request for all counts, which the server remembers until offers change. A facet's own choice is applied after
    the facets, each of which is counted without its own."""
    chosen = [item for item in plan.filters if isinstance(item, Values) and item.name in plan.facets]
    others = [item for item in plan.filters if item not in chosen]
    body: dict[str, Any] = {
        "query": matching(plan.question, others).to_dict(),
        "size": 0,
        "track_total_hits": True,
        "aggregations": dict(_facets(plan.facets, chosen)),
    }
    if chosen:
        body["post_filter"] = all_of([filter_of(item) for item in chosen]).to_dict()
    return body


def matching(question: Question, filters: Sequence[Filter]) -> q.Query:
    """Which offers are found."""
    words = [] if question.is_empty else [meaning(question)]
    return all_of([*words, *map(filter_of, filters)])


def _query(plan: Plan, known: KnownFrequencies) -> q.Query:
    matched = matching(plan.question, plan.filters)
    if plan.order.name != "relevance":
        return q.Bool(filter=[matched])
    scores = [score(node, known) for node in scores_of(plan.question, known)]
    if plan.exact_first:
        scores.append(q.ConstantScore(filter=meaning(plan.exact_first), boost=EXACT_FIRST))
    return q.Bool(filter=[matched], should=scores, minimum_should_match=0)


def _sort(plan: Plan) -> list[Any]:
    """A walk through all results needs the offer's number last, to know where it stands among equals."""
    if plan.order.name == "distance" and plan.order.point:
        latitude, longitude = plan.order.point
        nearest = {"spot": {"lat": latitude, "lon": longitude}, "order": "asc", "mode": "min", "unit": "km"}
        return [{"_geo_distance": nearest}, {"offer": "asc"}]
    if plan.order.name == "date":
        return [{"published": "desc"}, {"offer": "desc"}]
    if plan.order.name == "pay":
        return [{"pay": {"order": "desc", "missing": "_last"}}, {"published": "desc"}, {"offer": "desc"}]
    return ["_score"] if plan.after is None else ["_score", {"offer": "asc"}]


def _facets(names: Sequence[str], chosen: Sequence[Values]) -> Iterator[tuple[str, dict[str, Any]]]:
    """One group of counts for what is not chosen, one for each choice; `counts_in` reads them."""
    groups = {"": [name for name in names if name not in {item.name for item in chosen}]}
    groups |= {item.name: [item.name] for item in chosen}
    for without, group in groups.items():
        others = all_of([filter_of(item) for item in chosen if item.name != without])
        aggregations = {name: {"terms": {"field": name, "size": FACET_SIZE}} for name in group}
        if group:
            yield f"without {without}", {"filter": others.to_dict(), "aggregations": aggregations}


def counts_in(aggregations: Mapping[str, Any]) -> dict[str, list[tuple[str, int]]]:
    return {
        name: [(bucket["key"], bucket["doc_count"]) for bucket in counted["buckets"]]
        for group in aggregations.values()
        for name, counted in group.items()
        if name != "doc_count"
    }


# Which offers are found


def meaning(question: Question) -> q.Query:
    nodes = [satisfied(concept) for concept in question.concepts]
    wanted = any_of([all_of([nodes[rank] for rank in ranks]) for ranks in question.required])
    if not question.excluded:
        return wanted
    return q.Bool(filter=[wanted], must_not=[satisfied(node) for node in question.excluded])


def satisfied(node: Node) -> q.Query:
    match node:
        case Word(term):
            return q.Term(EVERYTHING, {"value": term})
        case Adjacent(terms):
            return q.MatchPhrase(EVERYTHING, {"query": " ".join(terms)})
        case Occupations(codes):
            return values("occupation", codes)
        case AllOf(parts):
            return all_of([satisfied(part) for part in parts])
        case AnyOf(parts):
            return any_of([satisfied(part) for part in parts])


def filter_of(item: Filter) -> q.Query:
    match item:
        case Values(name, chosen):
            return values(name, chosen)
        case AtLeast(name, bound):
            return q.Range(name, {"gte": bound})
        case Near(latitude, longitude, km):
            return q.GeoDistance(distance=f"{km}km", spot={"lat": latitude, "lon": longitude})
        case Either(filters):
            return any_of([filter_of(each) for each in filters])
        case Without(name, value):
            return q.Bool(must_not=[values(name, (value,))])


def values(name: str, chosen: Sequence[str]) -> q.Query:
    if name == "id":
        return q.Ids(values=list(chosen))
    if len(chosen) == 1:
        return q.Term(name, {"value": chosen[0]})
    return q.Terms(name, list(chosen)) if chosen else q.MatchNone()


def all_of(parts: Sequence[q.Query]) -> q.Query:
    if not parts:
        return q.MatchAll()
    return parts[0] if len(parts) == 1 else q.Bool(filter=list(parts))


def any_of(parts: Sequence[q.Query]) -> q.Query:
    return parts[0] if len(parts) == 1 else q.Bool(should=list(parts), minimum_should_match=1)


# In which order


def score(node: Score, known: KnownFrequencies) -> q.Query:
    match node:
        case Term(field, term, weight):
            field_idf = idf(known.documents_with(field, term), known.fields[field])
            return q.Term(field, {"value": term, "boost": BM25 * weight / field_idf})
        case Phrase(field, terms, weight):
            return q.MatchPhrase(field, {"query": " ".join(terms), "boost": BM25 * weight})
        case Constant(nodes, weight):
            return q.ConstantScore(filter=all_of([satisfied(node) for node in nodes]), boost=weight)
        case DisMax(parts, tie):
            queries = [score(part, known) for part in parts]
            return q.DisMax(queries=queries, tie_breaker=tie) if queries else q.MatchNone()
        case Sum(parts, required):
            queries = [score(part, known) for part in parts]
            return q.Bool(must=queries) if required else q.Bool(should=queries)

"""nDCG@10 of `search()` and of PostgreSQL full text on the real offers, by the rules of `bench.judgements`.

usage: python -m bench.relevance [--worst N]
"""

import argparse
import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from statistics import fmean
from typing import Any

from bench.place import empty_place

DEPTH = 10
# What an honest user would try: `ts_rank_cd` and `ts_rank`, with and without length taken into account.
RANKINGS = tuple(
    f"{function}(words, query, {length})" for function in ("ts_rank_cd", "ts_rank") for length in (0, 1, 2)
)


def ndcg(grades: Sequence[int], ideal: Sequence[int]) -> float:
    best = _dcg(ideal)
    return _dcg(grades) / best if best else 0.0


def _dcg(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades[:DEPTH]))


def job_offers() -> Any:
    """The job offers that can be found, with all that is read of them."""
    from search.documents.eligibility import searchable_offers

    related = ("places", "skills", "occupations")
    return searchable_offers().filter(kind="job").select_related("company", "job").prefetch_related(*related)


def offers_with_facts() -> dict[int, Any]:
    """Every offer that can be found, as the judge sees it."""
    from bench.judgements import Facts, folded

    return {
        offer.pk: Facts(
            title=folded(offer.title),
            text=folded(offer.text),
            codes=frozenset(occupation.pk for occupation in offer.occupations.all()),
            contract=offer.job.contract,
            remote=offer.job.remote,
            places=folded(" ".join(place.label for place in offer.places.all())),
        )
        for offer in job_offers()
    }


class PostgresText:
    """Title A, then B for employer, places, contract, skills and occupation, C for the text; all words, else any."""

    def __init__(self, connection: Any) -> None:

        self.db = connection
        self.db.execute("create extension if not exists unaccent")
        self.db.execute("create text search configuration fr (copy = french)")
        self.db.execute(
            "alter text search configuration fr alter mapping for hword, hword_part, word with unaccent, french_stem"
        )
        self.db.execute("create table offer (id int primary key, words tsvector)")
        for offer in job_offers():
            facts = [offer.employer, offer.job.get_contract_display(), offer.job.get_remote_display()]
            facts += [place.label for place in offer.places.all()] + [skill.label for skill in offer.skills.all()]
            facts += [occupation.label for occupation in offer.occupations.all()]
            self.db.execute(
                "insert into offer values (%s, setweight(to_tsvector('fr', %s), 'A')"
                " || setweight(to_tsvector('fr', %s), 'B') || setweight(to_tsvector('fr', %s), 'C'))",
                [offer.pk, offer.title, " ".join(facts), offer.text],
            )

    def ask(self, text: str, ranking: str) -> list[int]:
        asked = "websearch_to_tsquery('fr', %s)"
        return self._rows(asked, text, ranking) or self._rows(
            f"cast(replace({asked}::text, '&', '|') as tsquery)", text, ranking
        )

    def _rows(self, query: str, text: str, ranking: str) -> list[int]:
        sql = f"select id from offer, {query} query where words @@ query order by {ranking} desc, id limit {DEPTH}"
        return [row[0] for row in self.db.execute(sql, [text]).fetchall()]


def ours(text: str) -> list[int]:
    from search.criteria import SearchCriteria
    from search.service.search import search

    return [hit.id for hit in search(SearchCriteria(q=text), size=DEPTH).hits]


def scores(ask: Callable[[str], list[int]], facts: dict[int, Any], searches: Sequence[Any] = ()) -> dict[str, float]:
    """nDCG@10 by search; a search without any relevant offer is left out."""
    from bench.judgements import JUDGED

    found = {}
    for judged in searches or JUDGED:
        grades = {pk: judged.grade(offer) for pk, offer in facts.items()}
        ideal = sorted(grades.values(), reverse=True)
        if ideal[0]:
            found[judged.text] = ndcg([grades.get(pk, 0) for pk in ask(judged.text)], ideal)
    return found


def import_real_offers() -> None:
    from django.core.management import call_command

    from bench.corpus import REAL, SHARED

    for name in REAL:
        call_command("import_offers", str(SHARED / name), format="france-travail", verbosity=0)
    call_command("search_index", "rebuild", verbosity=0)


def sentences(facts: dict[int, Any]) -> str:
    """The sentences and English searches with each of our engines: those we work with, and those kept apart."""
    from django.core.management import call_command

    from bench.engines import choose
    from bench.results import table
    from bench.sentences import APART, OWN
    from bench.servers import elasticsearch_server

    found: dict[tuple[str, str], dict[str, float]] = {}
    with elasticsearch_server() as url:
        for engine, address in (("embedded", "tantivy:"), ("Elasticsearch", url)):
            if address:
                choose(address)
                call_command("search_index", "rebuild", verbosity=0)
                for name, searches in (("own", OWN), ("kept apart", APART), ("keywords", ())):
                    found[name, engine] = scores(ours, facts, searches)
    choose("tantivy:")
    kinds = {judged.text: judged.kind for judged in (*OWN, *APART)}
    rows = []
    for (name, engine), own in found.items():
        by = {kind: [v for text, v in own.items() if kinds.get(text) == kind] for kind in ("sentences", "english")}
        means = [f"{fmean(values):.3f}" if values else "" for values in by.values()]
        rows.append((name, engine, len(own), *means, f"**{fmean(own.values()):.3f}**"))
    return f"""nDCG@10 on the same offers, by the rules of `bench/sentences.py`. Those kept apart are not clean: words
of theirs stood in the lists before; without these words they were at 0.510 (0.448 before the lists).

{table(["searches", "engine", "judged", "sentences", "English", "all"], rows)}"""


def measure() -> tuple[dict[str, float], dict[str, float], str, int]:
    from bench.servers import postgres_server

    facts = offers_with_facts()
    own = scores(ours, facts)
    with postgres_server() as server:
        if server is None:
            return own, {}, "", len(facts)
        database = PostgresText(server)
        tried = {
            ranking: scores(lambda text, ranking=ranking: database.ask(text, ranking), facts) for ranking in RANKINGS
        }
    best = max(tried, key=lambda ranking: fmean(tried[ranking].values()))
    return own, tried[best], best, len(facts)


def report(own: dict[str, float], other: dict[str, float], ranking: str, offers: int) -> str:
    from bench.judgements import JUDGED
    from bench.results import table

    kinds: dict[str, list[str]] = defaultdict(list)
    for judged in JUDGED:
        if judged.text in own:
            kinds[judged.kind].append(judged.text)
    rows = [
        (kind, len(texts), f"{fmean(own[t] for t in texts):.3f}", f"{fmean(other.get(t, 0) for t in texts):.3f}")
        for kind, texts in kinds.items()
    ]
    mean, theirs = fmean(own.values()), fmean(other.values()) if other else 0.0
    rows.append(("**all**", len(own), f"**{mean:.3f}**", f"**{theirs:.3f}**"))
    ratio = f"{mean / theirs:.2f} ×" if theirs else "PostgreSQL is not installed"
    return f"""nDCG@10 of {len(own)} judged searches over {offers:,} real offers, by the rules of `bench/judgements.py`.
PostgreSQL: `french` after `unaccent`, weights A to C, all words else any, the best of {len(RANKINGS)} rankings
(`{ranking}`). `python -m bench.relevance`

{table(["kind of search", "searches", "Medinjob", "PostgreSQL"], rows)}

Ratio: {ratio}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", type=int, default=0, help="also print so many searches, the worst first")
    options = parser.parse_args()
    with empty_place():
        from bench.corpus import REAL, SHARED
        from bench.results import write

        if not (SHARED / REAL[0]).exists():
            print("bench.relevance: the real offers (../shared/data) are not here; nothing measured.")
            return
        import_real_offers()
        own, other, ranking, offers = measure()
        write("Relevance", report(own, other, ranking, offers))
        write("Relevance of sentences and English", sentences(offers_with_facts()))
        for text in sorted(own, key=lambda text: own[text])[: options.worst]:
            print(f"{own[text]:.3f} {other.get(text, 0):.3f} {text}")


if __name__ == "__main__":
    main()

"""What a site would use instead of a search engine: SQLite FTS5, PostgreSQL full text. Both answer a `Question` whole:
total, best twenty, the seven facets with their own selection left out, title and excerpt with marks.

PostgreSQL: a `tsvector` column with weights (title A, company B, text C), `french` after `unaccent`, GIN,
`ts_rank_cd`, `ts_headline` for the twenty. FTS5: `unicode61` without accents, `bm25` with weights, `highlight` and
`snippet`; it has no French stemmer.
"""

import math
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.utils import timezone

from bench.corpus import Question, Row

FACETS = ("contract", "remote", "experience", "level", "sector", "company", "occupation")
COLUMNS = tuple(name for name in Row.__slots__)
KM_BY_DEGREE = 111.2


def facet_conditions(question: Question) -> dict[str, tuple[str, ...]]:
    """The constraints that are facets, which their own counts leave out."""
    return {name: values for name in ("contract", "remote") if (values := getattr(question, name))}


def other_conditions(question: Question) -> Iterator[tuple[str, tuple[Any, ...]]]:
    if question.point:
        lat, lon = question.point
        dlat = question.radius / KM_BY_DEGREE
        km_lon = KM_BY_DEGREE * math.cos(math.radians(lat))
        dlon = question.radius / km_lon
        yield "latitude between ? and ?", (lat - dlat, lat + dlat)
        yield "longitude between ? and ?", (lon - dlon, lon + dlon)
        # On thirty kilometres a plane is right to some metres, and spares both databases the trigonometry.
        yield (
            "(latitude - ?) * (latitude - ?) * ? + (longitude - ?) * (longitude - ?) * ? <= ?",
            (lat, lat, KM_BY_DEGREE**2, lon, lon, km_lon**2, question.radius**2),
        )
    if question.pay:
        yield "pay >= ?", (question.pay,)
    if question.since:
        yield "published_at >= ?", (timezone.now() - timedelta(days=question.since),)


def selection(conditions: dict[str, tuple[str, ...]], leave_out: str = "") -> tuple[str, list[str]]:
    """SQL for the chosen values of all facets but one."""
    parts = {name: values for name, values in conditions.items() if name != leave_out}
    sql = " and ".join(f"{name} in ({','.join('?' * len(values))})" for name, values in parts.items())
    return sql or "true", [value for values in parts.values() for value in values]


class Fts5:
    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "fts5.sqlite3"
        self.path.unlink(missing_ok=True)
        self.db = sqlite3.connect(self.path)
        self.db.executescript(
            "pragma journal_mode=wal; pragma synchronous=normal; pragma cache_size=-200000;"
            "pragma mmap_size=1000000000; pragma temp_store=memory;"
        )

    def build(self, rows: Iterable[Row]) -> None:
        columns = ", ".join(f"{name} {'integer primary key' if name == 'id' else ''}" for name in COLUMNS)
        self.db.executescript(
            f"create table offer ({columns}); create virtual table words using fts5(title, text, company,"
            " content='offer', content_rowid='id', tokenize='unicode61 remove_diacritics 2');"
        )
        with self.db:
            values = (
                [str(v) if name == "published_at" else v for name in COLUMNS for v in [getattr(row, name)]]
                for row in rows
            )
            self.db.executemany(f"insert into offer values ({','.join('?' * len(COLUMNS))})", values)
            self.db.execute("insert into words(words) values ('rebuild')")
        self.db.execute("insert into words(words) values ('optimize')")
        self.db.executescript(
            "create index place on offer (latitude, longitude); create index day on offer (published_at); analyze;"
        )

    def size(self) -> int:
        return self.path.stat().st_size

    def ask(self, question: Question) -> int:
        match = " AND ".join(f'"{word}"' for word in question.words)
        chosen = facet_conditions(question)
        others = [*other_conditions(question)]
        where = " and ".join(["words match ?", *(sql for sql, _ in others)])
        values = [match, *(str(v) if hasattr(v, "year") else v for _, items in others for v in items)]
        facets = ", ".join(f"offer.{name} as {name}" for name in FACETS)
        self.db.execute("drop table if exists temp.found")
        self.db.execute(
            f"create temp table found as select words.rowid as id, bm25(words, 4.0, 1.0, 2.0) as score, {facets}"
            f" from words join offer on offer.id = words.rowid where {where}",
            values,
        )
        kept, picked = selection(chosen)
        total = self.db.execute(f"select count(*) from found where {kept}", picked).fetchone()[0]
        best = [row[0] for row in self.db.execute(f"select id from found where {kept} order by score limit 20", picked)]
        for name in FACETS:
            sql, given = selection(chosen, leave_out=name)
            self.db.execute(
                f"select {name}, count(*) as n from found where {sql} group by 1 order by n desc limit 20", given
            ).fetchall()
        self._highlights(match, best)
        return total

    def _highlights(self, match: str, best: list[int]) -> None:
        marks = ",".join("?" * len(best))
        self.db.execute(
            "select highlight(words, 0, '<mark>', '</mark>'), snippet(words, 1, '<mark>', '</mark>', '…', 30), offer.*"
            f" from words join offer on offer.id = words.rowid where words match ? and offer.id in ({marks})",
            [match, *best],
        ).fetchall()


class Postgres:
    name = "PostgreSQL full text"

    def __init__(self, connection: psycopg.Connection) -> None:
        self.db = connection

    def build(self, rows: Iterable[Row]) -> None:
        self.db.execute("create extension if not exists unaccent")
        self.db.execute("create text search configuration french_unaccent (copy = french)")
        self.db.execute(
            "alter text search configuration french_unaccent"
            " alter mapping for hword, hword_part, word with unaccent, french_stem"
        )
        types = {
            "id": "integer primary key",
            "level": "integer",
            "pay": "integer",
            "latitude": "float8",
            "longitude": "float8",
            "published_at": "timestamptz",
        }
        columns = ", ".join(f"{name} {types.get(name, 'text')}" for name in COLUMNS)
        self.db.execute(f"create table offer ({columns}, words tsvector)")
        with self.db.cursor().copy(f"copy offer ({', '.join(COLUMNS)}) from stdin") as copy:
            for row in rows:
                copy.write_row([getattr(row, name) for name in COLUMNS])
        self.db.execute(
            "update offer set words = setweight(to_tsvector('french_unaccent', title), 'A')"
            " || setweight(to_tsvector('french_unaccent', company), 'B')"
            " || setweight(to_tsvector('french_unaccent', text), 'C')"
        )
        self.db.execute("create index on offer using gin (words)")
        self.db.execute("create index on offer (latitude, longitude)")
        self.db.execute("create index on offer (published_at)")
        self.db.execute("vacuum full analyze offer")

    def size(self) -> int:
        return self.db.execute("select pg_total_relation_size('offer')").fetchone()[0]

    def ask(self, question: Question) -> int:
        query = " & ".join(question.words)
        chosen = facet_conditions(question)
        others = [*other_conditions(question)]
        where = " and ".join(["words @@ query", *(sql for sql, _ in others)])
        kept, picked = selection(chosen)
        branches = [f"(select 'total', '', count(*)::text from found where {kept})"]
        values: list[Any] = [query, *(v for _, items in others for v in items), *picked]
        for name in FACETS:
            sql, given = selection(chosen, leave_out=name)
            branches.append(
                f"(select '{name}', {name}::text, count(*)::text from found where {sql}"
                " group by 2 order by count(*) desc limit 20)"
            )
            values += given
        branches.append(
            f"(select 'hit', id::text, score::text from found where {kept} order by score desc, id limit 20)"
        )
        values += picked
        found = (
            f"with found as materialized (select id, ts_rank_cd(words, query) as score, {', '.join(FACETS)}"
            f" from offer, to_tsquery('french_unaccent', ?) query where {where}) "
        )
        answer = self.db.execute((found + " union all ".join(branches)).replace("?", "%s"), values).fetchall()
        self._highlights(query, [int(row[1]) for row in answer if row[0] == "hit"])
        return int(answer[0][2])

    def _highlights(self, query: str, best: list[int]) -> None:
        self.db.execute(
            "select id, title, company, contract, label, pay, published_at,"
            " ts_headline('french_unaccent', title, query, 'HighlightAll=true, StartSel=<mark>, StopSel=</mark>'),"
            " ts_headline('french_unaccent', text, query, 'MaxWords=35, MinWords=20, StartSel=<mark>, StopSel=</mark>')"
            " from offer, to_tsquery('french_unaccent', %s) query where id = any(%s)",
            [query, best],
        ).fetchall()

"""Documents for engines, without a database."""

from datetime import datetime
from typing import Any

from search.documents.card import Card, to_json
from search.documents.schema import FIELDS, OfferDocument


def made(number: int, title: str = "python", **changes: Any) -> OfferDocument:
    published = datetime.fromisoformat("2026-11-22T12:00+01:00")
    card = Card(number, "job", title, title, "", None, (), published, None, "local")
    document = OfferDocument(
        id=number,
        version=1,
        card=to_json(card),
        text="",
        terms={name: [title] if name == "title" else [] for name in FIELDS},
        words=(title,),
        values={"kind": ("job",)},
        pay=None,
        published=int(published.timestamp()),
        spots=(),
    )
    return document._replace(**changes)

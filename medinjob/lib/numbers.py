"""Numbers that come from an address or a form: whatever is written there."""

LARGEST_ID = 2**63 - 1
"""What a database takes; a larger one in a question is an error there, not an empty answer."""


def row_ids(texts: list[str]) -> list[int]:
    """Those that can be the id of a row; the others are left out."""
    return [number for text in texts if (number := row_id(text)) is not None]


def row_id(text: str | None) -> int | None:
    if not text or not text.isascii() or not text.isdecimal() or len(text) > 19:
        return None
    number = int(text)
    return number if number <= LARGEST_ID else None

"""Signed cursors, to read all results of one search page after page. A cursor is valid for its own search only."""

from django.core import signing

from search.criteria import SearchCriteria

SALT = "search.cursor"
# Seconds that a cursor is valid.
LIFETIME = 24 * 3600


def sign_cursor(after: str, criteria: SearchCriteria) -> str:
    return signing.dumps([criteria.with_().to_query_string(), after], salt=SALT, compress=True)


def read_cursor(cursor: str, criteria: SearchCriteria) -> str | None:
    """The position in the cursor; None when it is invalid, too old, or was made for another search."""
    try:
        query_string, after = signing.loads(cursor, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return str(after) if query_string == criteria.with_().to_query_string() else None

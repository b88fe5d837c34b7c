"""Signed cursors, to read all results of one search page after page. A cursor is valid for its own search only."""

from django.core import signing

from search.criteria import SearchCriteria

SALT = "search.cursor"
# Seconds. A walk that stops for longer begins again.
LIFETIME = 24 * 3600


def sign_cursor(after: str, criteria: SearchCriteria) -> str:
    return signing.dumps([criteria.with_().to_query_string(), after], salt=SALT, compress=True)


def read_cursor(cursor: str, criteria: SearchCriteria) -> str | None:
    """What was sealed for this search; None when it is another's, too old, or nobody's."""
    try:
        query_string, after = signing.loads(cursor, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return str(after) if query_string == criteria.with_().to_query_string() else None

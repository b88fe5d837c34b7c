"""How far a walk through results has come, for who reads them all: signed, and good for its own search only."""

from django.core import signing

from search.criteria import SearchCriteria

SALT = "search.cursor"
# Seconds. A walk that stops for longer begins again.
GOOD_FOR = 24 * 3600


def seal(after: str, criteria: SearchCriteria) -> str:
    return signing.dumps([criteria.with_().to_query_string(), after], salt=SALT, compress=True)


def unseal(cursor: str, criteria: SearchCriteria) -> str | None:
    """What was sealed for this search; None when it is another's, too old, or nobody's."""
    try:
        asked, after = signing.loads(cursor, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return str(after) if asked == criteria.with_().to_query_string() else None

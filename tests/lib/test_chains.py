"""The chain writes canonical JSON as `canonical_json` does, only faster."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinjob.lib.canonical import canonical_json
from medinjob.lib.chains import canonical_text

# As databases keep them: no lone surrogate, no zero; integers that JavaScript reads exactly; our keys.
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcdefgh_.", min_size=1), inner),
)


@given(VALUES)
def test_same_text(value):
    assert canonical_text(value) == canonical_json(value)


def test_dates_are_texts_in_utc_to_the_microsecond():
    at = datetime(2026, 12, 1, 11, 0, tzinfo=timezone(timedelta(hours=1)))
    assert canonical_text({"b": at, "a": date(2026, 12, 1)}) == '{"a":"2026-12-01","b":"2026-12-01T10:00:00.000000Z"}'
    assert canonical_text({"at": [datetime(2026, 1, 1, tzinfo=UTC)]}) == '{"at":["2026-01-01T00:00:00.000000Z"]}'


def test_what_has_no_canonical_form_is_refused():
    with pytest.raises(TypeError):
        canonical_text({"x": {1, 2}})

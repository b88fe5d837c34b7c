import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinjob.lib.canonical import canonical_json, sha256

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(), parts, max_size=4),
    max_leaves=12,
)


def test_keys_are_sorted_and_nothing_is_spaced():
    assert canonical_json({"b": 1, "a": [True, None, "é"]}) == '{"a":[true,null,"é"],"b":1}'


def test_keys_sort_by_utf_16_units():
    """RFC 8785, 3.2.3: an emoji (a surrogate pair) comes before a letter of the private use area."""
    assert list(json.loads(canonical_json({"\ufb33": 1, "\U0001f600": 2}))) == ["\U0001f600", "\ufb33"]


def test_control_characters_are_escaped_as_short_as_can_be():
    assert canonical_json('\n\x1f\x7f"/') == '"\\n\\u001f\x7f\\"/"'


def test_decimals_and_dates_are_texts():
    assert canonical_json([Decimal("12.50"), date(2018, 10, 4)]) == '["12.50","2018-10-04"]'


def test_a_float_is_refused():
    with pytest.raises(TypeError):
        canonical_json({"share": 0.1})


@given(TREES)
def test_what_is_written_reads_back_and_writes_the_same(tree):
    text = canonical_json(tree)
    assert canonical_json(json.loads(text)) == text


def test_digest_is_of_the_bytes():
    assert sha256("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"

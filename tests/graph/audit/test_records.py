"""One record has one encoding: RFC 8785's."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.audit.keys import Tokens
from graph.audit.records import (
    AuditRecord,
    canonical,
    encode,
    log_of,
    number_of,
    numbered_place,
    numbered_range,
    waiting_place,
    waiting_range,
)
from graph.errors import RowError

BARE = AuditRecord(
    id="00ff",
    log="operator",
    at_us=1_763_942_400_000_001,
    actor="a",
    action="b",
    object=None,
    outcome="c",
)


def test_the_bytes_of_a_record_are_fixed() -> None:
    assert canonical(BARE) == (
        b'{"action":"b","actor":"a","at_us":1763942400000001,"id":"00ff","log":"operator",'
        b'"outcome":"c","v":1}'
    )
    full = AuditRecord(
        id="00ff",
        log="agency:x",
        at_us=1,
        actor="a",
        agency="x",
        purpose="lead",
        investigation="x|1",
        action="check",
        object="token:00",
        outcome="hit",
        decision="permit",
        policies=("p1", "p2"),
        disclosed=("ncmec:1",),
    )
    assert canonical(full) == (
        b'{"action":"check","actor":"a","agency":"x","at_us":1,"decision":"permit",'
        b'"disclosed":["ncmec:1"],"id":"00ff","investigation":"x|1","log":"agency:x",'
        b'"object":"token:00","outcome":"hit","policies":["p1","p2"],"purpose":"lead","v":1}'
    )


def test_strings_are_written_as_rfc_8785_writes_them() -> None:
    """Its section 3.2.2.2, and the example of 3.2.2 without the numbers."""
    value = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    assert encode({"s": value}) == '{"s":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()
    assert encode({"s": "\b\t\n\f\r\x1f\x7f\u2028"}) == (
        b'{"s":"\\b\\t\\n\\f\\r\\u001f\x7f\xe2\x80\xa8"}'
    )


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.text(st.characters(exclude_categories=["Cs"])))
)
def test_two_values_never_share_bytes(fields: dict[str, str]) -> None:
    assert json.loads(encode(dict(fields))) == fields
    assert encode(dict(reversed(fields.items()))) == encode(dict(fields))


def test_what_cannot_be_encoded_is_refused() -> None:
    for value in ("\ud800", 2**53, "x" * 70_000):
        with pytest.raises(RowError):
            encode({"a": value})


def test_a_field_that_is_added_later_leaves_older_bytes_alone() -> None:
    assert b"purpose" not in canonical(BARE)
    assert b"null" not in canonical(BARE)


def test_places_are_ordered_and_logs_do_not_run_into_each_other() -> None:
    one, other = log_of("a"), log_of("a|b")
    assert log_of(None) == "operator"
    assert log_of("operator") != log_of(None)
    for first, second in ((one, other), (other, one)):
        start, end = waiting_range(first)
        assert start <= waiting_place(first, 5, "k") < end
        assert not start <= waiting_place(second, 5, "k") < end
        start, end = numbered_range(first)
        assert start <= numbered_place(first, 10**14) < end
        assert not start <= numbered_place(second, 0) < end
    assert numbered_place(one, 9) < numbered_place(one, 10) < numbered_place(one, 10**14)
    assert number_of(numbered_place(other, 17)) == 17
    assert number_of(waiting_place(one, 5, "9")) is None


def test_a_token_depends_on_key_kind_and_value_and_shows_none() -> None:
    tokens = Tokens(secret=b"k" * 32)
    found = {
        tokens.of("Phone", "+12015550123"),
        tokens.of("Email", "+12015550123"),
        tokens.of("Phone", "+12015550124"),
        Tokens(secret=b"l" * 32).of("Phone", "+12015550123"),
    }
    assert len(found) == 4
    assert not any("+1201" in token for token in found)
    assert "kkk" not in repr(tokens)

"""A tip's state depends on the set of its versions, never on their order of arrival."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.fold import fold
from graph.statements import FileStatement, Statement, TipFacts, decode, encode
from graph.tip_state import Version
from tests.deliveries import MONDAY_US, email


def version(
    name: str,
    *,
    at: int = 0,
    part: str = "ids-json",
    statement: Statement | None = None,
) -> Version:
    return Version(
        key=name,
        part=part,
        document=name * 8,
        issued_us=MONDAY_US + at,
        statement=statement if statement is not None else Statement(facts=TipFacts()),
    )


def saying(*emails: str) -> Statement:
    return Statement(facts=TipFacts(), assertions=tuple(email(key) for key in emails))


def lives(versions: list[Version]) -> dict[str, tuple[str, str | None]]:
    state = fold(versions)
    return {s.assertion.identifier: (s.since, s.ended_by) for s in state.assertions}


def test_what_a_newer_version_no_longer_says_is_ended_not_removed() -> None:
    older = version("a", statement=saying("x@example.com", "y@example.com"))
    newer = version("b", at=1, statement=saying("y@example.com"))
    assert lives([older, newer]) == {"x@example.com": ("a", "b"), "y@example.com": ("a", None)}


def test_an_older_version_that_comes_late_brings_only_ended_assertions() -> None:
    newer = version("b", at=1, statement=saying("y@example.com"))
    older = version("a", statement=saying("x@example.com"))
    assert lives([newer, older])["x@example.com"] == ("a", "b")


def test_parts_do_not_supersede_each_other() -> None:
    report = version("a", part="ncmec-report", statement=saying("x@example.com"))
    file = version("b", at=5, part="ncmec-file:1", statement=Statement(files=()))
    assert lives([report, file]) == {"x@example.com": ("a", None)}


def test_something_said_in_two_parts_lives_as_long_as_one_says_it() -> None:
    versions = [
        version("a", part="ncmec-report", statement=saying("x@example.com")),
        version("b", part="ids-json", statement=saying("x@example.com")),
        version("c", at=1, part="ids-json", statement=saying()),
    ]
    assert lives(versions) == {"x@example.com": ("a", None)}


def test_said_again_after_a_gap_is_live() -> None:
    versions = [
        version("a", statement=saying("x@example.com")),
        version("b", at=1, statement=saying()),
        version("c", at=2, statement=saying("x@example.com")),
    ]
    assert lives(versions) == {"x@example.com": ("a", None)}


def test_the_first_incident_type_is_kept_when_ncmec_adds_another() -> None:
    versions = [
        version("b", at=1, statement=Statement(facts=TipFacts(incident_types=("second",)))),
        version("a", statement=Statement(facts=TipFacts(incident_types=("first",)))),
    ]
    assert fold(versions).facts.incident_types == ("first", "second")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("yes", "not stated", "not stated"), ("not stated", "yes", "yes"), ("no", "yes", "yes")],
)
def test_case_27_the_newest_version_says_whether_a_file_was_viewed(
    before: str, after: str, expected: str
) -> None:
    def viewed(value: str) -> Statement:
        return Statement(facts=TipFacts(), files=(FileStatement(file_id="1", viewed_by_esp=value),))

    versions = [version("a", statement=viewed(before)), version("b", at=1, statement=viewed(after))]
    assert fold(versions).files[0][0].viewed_by_esp == expected


_STATEMENTS = st.builds(
    lambda keys, types: Statement(
        facts=TipFacts(incident_types=tuple(types)), assertions=tuple(map(email, keys))
    ),
    st.lists(st.sampled_from(["a@example.com", "b@example.com", "c@example.com"]), max_size=3),
    st.lists(st.sampled_from(["one", "two"]), max_size=2, unique=True),
)


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(["ids-json", "ncmec-report"]), _STATEMENTS),
        min_size=1,
        max_size=4,
    )
)
def test_any_order_of_arrival_gives_the_same_state(
    drawn: list[tuple[int, str, Statement]],
) -> None:
    versions = [
        version(f"v{n}", at=at, part=part, statement=said)
        for n, (at, part, said) in enumerate(drawn)
    ]
    expected = fold(versions)
    assert all(fold(order) == expected for order in permutations(versions))


@given(_STATEMENTS)
def test_a_statement_survives_being_stored(statement: Statement) -> None:
    assert decode(encode(statement)) == statement

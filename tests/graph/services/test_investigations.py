"""Investigations by the ten thousand, names of every kind, searches over many platforms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from graph.identifiers.core import Identifier, IdentifierKind
from graph.queries.identifiers import MOST_PROVIDERS, IdentifierKeysParams
from graph.queries.investigations import MOST_KEYS, KeysParams
from graph.services.investigation_pages import (
    investigations_of,
    list_investigations,
    page_investigations,
)
from graph.services.investigations import (
    AgencyFacts,
    ClaimFacts,
    enter_agencies,
    enter_claims,
)
from graph.services.search import search
from graph.store import Store
from tests.stores import RunningStore

MANY = 50_001


def claim(
    agency: str,
    reference: str,
    key: str = "x@example.com",
    *,
    kind: IdentifierKind = IdentifierKind.EMAIL,
) -> ClaimFacts:
    return ClaimFacts(
        agency=agency,
        reference=reference,
        title=None,
        status="open",
        opened_us=None,
        contact=None,
        identifier=Identifier(kind=kind, key=key, display=key),
        role="suspect",
    )


def agencies(store: Store, *keys: str) -> None:
    facts = [AgencyFacts(key=k, name=k.upper(), kind="task force") for k in keys]
    enter_agencies(store, facts, actor="test")


@pytest.mark.neo4j_long
@pytest.mark.timeout(240)
def test_more_investigations_than_any_limit_are_all_listed_and_taken(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    agencies(store, "a", "z")
    for start in range(0, MANY, 10_000):
        running_store.rows(
            "MATCH (a:Agency {key: 'a'}) UNWIND range($start, $end) AS n "
            "CREATE (a)-[:RUNS]->(:Investigation {key: 'a|' + toString(n), agency: 'a', "
            "reference: toString(n), status: 'open'}) RETURN count(a) AS made",
            start=start + 1_000_000,
            end=min(start + 10_000, MANY) + 999_999,
        )
    assert enter_claims(store, [claim("z", "last")], actor="test") == 1
    listed = list_investigations(store)
    assert len(listed) == MANY + 1
    assert [row.key for row in listed] == sorted(row.key for row in listed)
    assert listed[-1].key == "z|last"
    assert listed[-1].claim_total == 1
    page = page_investigations(store, after=listed[49_990].key, limit=5)
    assert [row.key for row in page] == [row.key for row in listed[49_991:49_996]]
    wanted = {listed[0].key, listed[-1].key, "a|nobody"}
    found = store.reading(lambda unit: investigations_of(unit, wanted), name="test")
    assert set(found) == wanted - {"a|nobody"}


@pytest.mark.neo4j_long
def test_a_table_of_more_claims_than_one_question_holds_is_taken_once(store: Store) -> None:
    agencies(store, "a")
    claims = [claim("a", f"r{n}", f"{n}@example.com") for n in range(MOST_KEYS + 2)]
    assert enter_claims(store, claims, actor="test") == MOST_KEYS + 2
    assert enter_claims(store, claims[-4:], actor="test") == 0
    assert len(list_investigations(store)) == MOST_KEYS + 2


def test_questions_are_bounded_by_what_they_take() -> None:
    with pytest.raises(ValidationError):
        KeysParams(keys=["x"] * (MOST_KEYS + 1))
    with pytest.raises(ValidationError):
        IdentifierKeysParams(keys=["x"] * 501)


def test_names_with_a_bar_are_different_investigations(store: Store) -> None:
    agencies(store, "a", "a|b")
    claims = [claim("a", "b|c"), claim("a|b", "c")]
    assert enter_claims(store, claims, actor="test") == 2
    rows = list_investigations(store)
    assert [(r.agency, r.reference) for r in rows] == [("a|b", "c"), ("a", "b|c")]


_NAMES = st.text("ab|%7C25\\", min_size=1, max_size=6)


@given(one=st.tuples(_NAMES, _NAMES, _NAMES), other=st.tuples(_NAMES, _NAMES, _NAMES))
def test_no_two_names_give_one_key(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    first, second = claim(*one), claim(*other)
    assert (first.investigation_key == second.investigation_key) == (one[:2] == other[:2])
    assert (first.key == second.key) == (one == other)


def test_a_reference_that_looks_like_a_claim_is_none() -> None:
    claimed = "x|Email|y"
    one = claim("a", "r|Email|x", "y", kind=IdentifierKind.EMAIL)
    other = claim("a", "r", claimed, kind=IdentifierKind.EMAIL)
    assert one.key != other.key


def test_plain_names_keep_the_key_that_they_had() -> None:
    assert claim("north county", "2026-017/B").investigation_key == "north county|2026-017/B"


def test_a_bare_name_is_looked_up_on_every_platform(running_store: RunningStore) -> None:
    """The last of 1,200 reporting providers, which one question once did not reach."""
    store = running_store.store
    names = [f"site{n:04}" for n in range(1200)]
    store.writing(
        lambda unit: unit.insert_nodes("Provider", [{"key": n, "name": n} for n in names]),
        name="test",
    )
    agencies(store, "a")
    key = f"{names[-1]}|dark-fox-99"
    enter_claims(store, [claim("a", "1", key, kind=IdentifierKind.SCREEN_NAME)], actor="test")
    answer = search(store, "dark-fox-99")
    assert [item.identifier.key for item in answer.found] == [key]
    assert answer.cut_off == ()


def test_more_platforms_than_are_looked_at_are_said(running_store: RunningStore) -> None:
    names = [f"site{n:05}" for n in range(MOST_PROVIDERS + 1)]
    running_store.store.writing(
        lambda unit: unit.insert_nodes("Provider", [{"key": n, "name": n} for n in names]),
        name="test",
    )
    (sentence,) = search(running_store.store, "dark-fox-99").cut_off
    assert f"first {MOST_PROVIDERS} providers" in sentence

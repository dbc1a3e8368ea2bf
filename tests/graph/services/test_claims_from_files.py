"""What claims that come in with a file are, and what a file that comes again leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.casework.terms import UNREVIEWED_US, USUAL_US
from graph.errors import RowError
from graph.services.investigations import AgencyFacts, ClaimFacts, enter_agencies, enter_claims
from graph.store import Store
from tests.graph.services.casework import FACTS, mail
from tests.stores import RunningStore


def facts(key: str, role: str = "suspect") -> ClaimFacts:
    """Give a claim as a file states it."""
    return ClaimFacts(
        agency="north",
        reference="1",
        title=None,
        status="open",
        opened_us=None,
        contact=None,
        identifier=mail(key),
        role=role,
    )


def north(store: Store) -> None:
    """Enter an agency."""
    enter_agencies(store, [AgencyFacts(key="north", name="N", kind="federal")], actor="test")


def test_a_file_makes_pointers_of_suspects_and_keeps_personas_silent(
    running_store: RunningStore,
) -> None:
    north(running_store.store)
    stated = replace(facts("b@example.com"), predicate=FACTS, visibility="open")
    claims = [facts("a@example.com"), stated, facts("c@example.com", "officer persona")]
    enter_claims(running_store.store, claims, actor="test")
    rows = running_store.rows(
        "MATCH (c:Claim)-[:CLAIMS]->(x) RETURN c.visibility, c.review_due_us - c.entered_us, "
        "c.predicate_by, c.silent_until_us IS NULL ORDER BY x.key"
    )
    assert rows == [
        ("pointer", UNREVIEWED_US, None, True),
        ("open", USUAL_US, "test", True),
        ("silent", UNREVIEWED_US, None, False),
    ]
    logged = running_store.rows(
        "MATCH (e:AuditEntry {action: 'claim.entered'}) MATCH (c:Claim {ref: e.object}) "
        "RETURN DISTINCT e.log, e.investigation"
    )
    assert logged == [("agency:north", "north|1")]


def test_a_file_that_comes_again_undoes_no_decision(running_store: RunningStore) -> None:
    store = running_store.store
    north(store)
    enter_claims(store, [facts("a@example.com")], actor="test")
    running_store.rows(
        "MATCH (i:Investigation)-[:HOLDS]->(c:Claim) SET c.visibility = 'sealed', "
        "c.sealed_to = 'boss', i.lead = 'lee', i.purpose = 'cybertip' RETURN count(c)"
    )
    again = replace(facts("a@example.com", "victim"), title="Night Owl", status="closed")
    assert enter_claims(store, [again], actor="test") == 0
    assert running_store.rows(
        "MATCH (i:Investigation)-[:HOLDS]->(c:Claim) "
        "RETURN c.role, c.visibility, c.sealed_to, i.lead, i.purpose, i.title, i.status"
    ) == [("victim", "sealed", "boss", "lee", "cybertip", "Night Owl", "closed")]
    persona = facts("a@example.com", "officer persona")
    running_store.rows("MATCH (c:Claim) SET c.visibility = 'pointer' RETURN count(c)")
    enter_claims(store, [persona], actor="test")
    assert running_store.rows("MATCH (c:Claim) RETURN c.visibility, c.silent_until_us > 0") == [
        ("silent", True)
    ]
    with pytest.raises(RowError, match="persona stays one"):
        enter_claims(store, [facts("a@example.com"), facts("b@example.com")], actor="test")
    assert running_store.rows("MATCH (c:Claim) RETURN c.role") == [("officer persona",)]


def test_what_has_lapsed_is_claimed_anew(running_store: RunningStore) -> None:
    store = running_store.store
    north(store)
    enter_claims(store, [facts("a@example.com")], actor="test")
    running_store.rows("MATCH (c:Claim) SET c.review_due_us = 1, c.ref = 'old' RETURN count(c)")
    assert enter_claims(store, [facts("a@example.com")], actor="test") == 1
    assert running_store.rows(
        "MATCH (c:Claim)-[:CLAIMS]->(x:Email) RETURN c.ref = 'old', x.claim_count"
    ) == [(False, 1)]
    assert running_store.rows(
        "MATCH (e:AuditEntry {action: 'claim.purged'}) RETURN e.object, e.log"
    ) == [("old", "agency:north")]

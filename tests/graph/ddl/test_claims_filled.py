"""Claims that a store of schema 6 wrote get a name, an agency, a visibility and a review date."""

from __future__ import annotations

from graph.casework.terms import LONGEST_SILENCE_US, UNREVIEWED_US
from graph.clock import now_us
from graph.ddl.migrate import prepare
from graph.queries.meta import SET_VERSION, SetVersionParams
from graph.services.overlaps import find_overlaps
from tests.stores import RunningStore


def test_older_claims_are_filled_in_once(running_store: RunningStore) -> None:
    for agency, role in (("north", "suspect"), ("south", "suspect"), ("west", "officer persona")):
        running_store.rows(
            "MERGE (x:Email {key: 'x@example.com'}) SET x.kind = 'Email', x.state = 'normal', "
            "x.mention_count = 0, x.claim_count = 3 "
            "CREATE (a:Agency {key: $agency, name: $agency, kind: 'task force'}) "
            "CREATE (a)-[:RUNS]->(i:Investigation {key: $agency + '|1', agency: $agency, "
            "reference: '1', status: 'open'}) "
            "CREATE (i)-[:HOLDS]->(c:Claim {key: $agency + '|1|Email|x@example.com', "
            "investigation: $agency + '|1', role: $role})-[:CLAIMS]->(x) RETURN count(c)",
            agency=agency,
            role=role,
        )
    assert find_overlaps(running_store.store).overlaps == ()
    before_us = now_us()
    older = SetVersionParams(version=6)
    running_store.store.writing(lambda unit: unit.run(SET_VERSION, older), name="test")
    prepare(running_store.store, synthetic=None)
    rows = running_store.rows(
        "MATCH (c:Claim) RETURN c.agency, c.visibility, c.ref, c.review_due_us, c.silent_until_us "
        "ORDER BY c.agency"
    )
    assert [(row[0], row[1]) for row in rows] == [
        ("north", "pointer"),
        ("south", "pointer"),
        ("west", "silent"),
    ]
    assert len({row[2] for row in rows}) == 3
    for row in rows:
        assert before_us + UNREVIEWED_US <= int(str(row[3])) <= now_us() + UNREVIEWED_US
    assert int(str(rows[2][4])) >= before_us + LONGEST_SILENCE_US
    assert len(find_overlaps(running_store.store).overlaps) == 1
    running_store.store.writing(lambda unit: unit.run(SET_VERSION, older), name="test")
    prepare(running_store.store, synthetic=None)
    again = running_store.rows("MATCH (c:Claim) RETURN c.ref ORDER BY c.agency")
    assert [row[0] for row in again] == [row[2] for row in rows]

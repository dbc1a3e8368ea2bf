"""28 CFR Part 23, rules 23-9 to 23-13: review, purge, corrections, who is no suspect."""

from __future__ import annotations

import pytest

from graph.casework.terms import LONGEST_US, USUAL_US
from graph.casework.vocabulary import ClaimRole, Content
from graph.errors import NotFoundError, RowError
from graph.roles import Role
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.audit_reads import ReadLog
from graph.services.case_access import list_cases
from graph.services.claim_access import list_claims, list_due, show_claim
from graph.services.claims import ClaimEdit, edit_claim, validate_claim
from graph.services.purging import purge_claim, purge_lapsed
from graph.services.recording import record
from graph.services.tip_claims import claim_from_tip
from graph.store import Store
from tests.deliveries import MONDAY_US, delivery, email
from tests.graph.services.casework import FACTS, LOOKED_AT, case, claimed, draft
from tests.graph.services.people import DAY_US, later, staff
from tests.graph.services.test_rules_of_part_23 import pointed, refusal
from tests.stores import RunningStore


def test_rule_23_09_unreviewed_claims_are_gone_the_same_day_and_then_purged(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south")
    lead, boss, other = people["lead.north"], people["boss.north"], people["lead.south"]
    key = case(lead, store)
    assert "23-9" in refusal(store, lead, key, review_due_us=MONDAY_US + LONGEST_US + 1)
    assert "23-9" in refusal(store, lead, key, review_due_us=MONDAY_US)
    (ref,) = claimed(lead, store, key, draft(review_due_us=MONDAY_US + LONGEST_US))
    reads = ReadLog(store)
    eve = LONGEST_US - 1
    assert pointed(store, later(other, eve)) == 1
    assert [
        row.ref
        for row in list_due(later(lead, eve), store, before_us=MONDAY_US + LONGEST_US, reads=reads)
    ] == [ref]
    after = later(lead, LONGEST_US)
    with pytest.raises(NotFoundError):
        show_claim(after, store, ref=ref, reads=reads)
    with pytest.raises(NotFoundError):
        validate_claim(after, store, ref=ref, expected=1, looked_at=LOOKED_AT)
    assert pointed(store, later(other, LONGEST_US)) == 0
    assert list_claims(after, store, investigation=key, reads=reads) == ()
    assert [row.claim_total for row in list_cases(after, store, reads=reads)] == [0]
    assert purge_lapsed(later(boss, eve), store) == 0
    assert purge_lapsed(later(people["boss.south"], LONGEST_US), store) == 0
    assert purge_lapsed(later(people["ops"], LONGEST_US), store) == 1
    assert running_store.rows("MATCH (n) WHERE n:Claim OR n:Email RETURN count(n)") == [(0,)]
    assert ("agency:north", "lapsed") in running_store.rows(
        "MATCH (e:AuditEntry {action: 'claim.purged'}) RETURN e.log, e.outcome"
    )


def test_rule_23_10_an_edit_is_no_validation_and_a_validation_says_what_was_looked_at(
    store: Store,
) -> None:
    lead = staff(store, "north")["lead.north"]
    key = case(lead, store)
    (ref,) = claimed(lead, store, key, draft())
    then = later(lead, 300 * DAY_US)
    edited = edit_claim(then, store, ref=ref, expected=1, edit=ClaimEdit(predicate=FACTS + " Yes."))
    assert edited.review_due_us == MONDAY_US + USUAL_US
    for text in ("", "fine"):
        with pytest.raises(RowError, match="23-10"):
            validate_claim(then, store, ref=ref, expected=2, looked_at=text)
    with pytest.raises(RowError, match="23-9"):
        validate_claim(
            then,
            store,
            ref=ref,
            expected=2,
            looked_at=LOOKED_AT,
            review_due_us=then.as_of_us + LONGEST_US + 1,
        )
    done = validate_claim(then, store, ref=ref, expected=2, looked_at=LOOKED_AT)
    assert done.review_due_us == then.as_of_us + USUAL_US
    row = show_claim(later(lead, 400 * DAY_US), store, ref=ref, reads=ReadLog(store))
    assert (row.validated_us, row.validated_by, row.validated_what) == (
        then.as_of_us,
        "lead.north",
        LOOKED_AT,
    )


def test_rule_23_11_whoever_was_shown_it_is_to_be_told_of_a_correction(store: Store) -> None:
    people = staff(store, "north", "south", "west")
    lead, boss = people["lead.north"], people["boss.north"]
    (ref,) = claimed(lead, store, case(lead, store), draft())
    shown = Leaf(action="check", object="token", outcome="hit", agency="south", disclosed=(ref,))
    store.writing(
        lambda unit: add_leaves(unit, [shown], actor="lead.south", at_us=MONDAY_US), name="test"
    )
    edit = ClaimEdit(content=Content.DOUBTFUL)
    assert edit_claim(lead, store, ref=ref, expected=1, edit=edit).to_tell == ("south",)
    assert purge_claim(boss, store, ref=ref, why="It was an error.").to_tell == ("south",)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.VICTIM, "a victim's"),
        (Role.REPORTER, "the reporting person's"),
        (Role.ESP_CONTACT, "the provider's contact's"),
        (Role.PARENT_GUARDIAN, "a parent's"),
        (Role.LAW_ENFORCEMENT, "an officer's"),
    ],
)
def test_rule_23_12_who_is_no_suspect_is_not_made_one_from_a_tip(
    store: Store, role: Role, words: str
) -> None:
    people = staff(store, "north", "south")
    lead = people["lead.north"]
    key = case(lead, store)
    said = [email("x@example.com", role=role), email("x@example.com", role=Role.REPORTED, path="b")]
    record(store, [delivery("1", said, holder="north")], actor="test")
    (line,) = claim_from_tip(lead, store, investigation=key, tip="ncmec:1", drafts=[draft()])
    assert line.outcome == "refused"
    assert words in str(line.reason)
    assert "23-12" in str(line.reason)
    if role is Role.VICTIM:
        child = draft(role=ClaimRole.VICTIM, predicate=None)
        (line,) = claim_from_tip(lead, store, investigation=key, tip="ncmec:1", drafts=[child])
        assert line.outcome == "claimed"
        assert pointed(store, people["lead.south"]) == 0


def test_rule_23_13_the_submitter_names_where_the_supporting_file_is(store: Store) -> None:
    lead = staff(store, "north")["lead.north"]
    key = case(lead, store)
    assert "23-13" in refusal(store, lead, key, support=None)
    (ref,) = claimed(lead, store, key, draft())
    assert show_claim(lead, store, ref=ref, reads=ReadLog(store)).support is not None

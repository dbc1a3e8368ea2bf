"""28 CFR Part 23 as rules, each a test named by its number; 23-9 on: `test_rules_of_review`."""

from __future__ import annotations

from typing import Any

import pytest

from graph.casework.caller import Caller
from graph.casework.terms import VIEWS_WARNING
from graph.casework.vocabulary import Content, Handling, Reliability
from graph.errors import RightsError, RowError
from graph.schema import SCHEMA
from graph.services.agreements import add_agreement, agreement_between
from graph.services.audit_ledger import ledger
from graph.services.audit_reads import ReadLog
from graph.services.case_access import list_cases
from graph.services.claim_access import list_claims, show_claim
from graph.services.claim_entry import claim
from graph.services.claims import ClaimEdit, edit_claim, validate_claim
from graph.services.purging import purge_claim
from graph.services.recording import record
from graph.services.tip_claims import claim_from_tip
from graph.store import Store
from tests.deliveries import MONDAY_US, delivery, email
from tests.graph.services.casework import FACTS, LOOKED_AT, case, claimed, draft, shown_to
from tests.graph.services.people import DAY_US, staff
from tests.stores import RunningStore

LABELS = ("reliability", "content", "handling")


def refusal(store: Store, caller: Caller, key: str, **terms: Any) -> str:
    """Give the reason why a draft is refused."""
    (line,) = claim(caller, store, investigation=key, drafts=[draft(**terms)])
    assert line.outcome == "refused"
    assert line.reason is not None
    return line.reason


def pointed(store: Store, caller: Caller, key: str = "x@example.com") -> int:
    """Give how many pointers another agency gets for an address."""
    found = shown_to(caller, store, key)
    return len(found)


def test_rule_23_01_a_suspect_needs_facts_and_a_tip_alone_makes_none(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north")
    lead = people["lead.north"]
    key = case(lead, store)
    assert "23-1" in refusal(store, lead, key, predicate=None)
    assert "23-1" in refusal(store, lead, key, predicate="a suspect")
    assert "23-1" in refusal(store, lead, key, predicate_us=lead.as_of_us + 1)
    record(store, [delivery("1", [email("x@example.com")], holder="north")], actor="test")
    assert running_store.rows("MATCH (c:Claim) RETURN count(c)") == [(0,)]
    (line,) = claim_from_tip(
        lead, store, investigation=key, tip="ncmec:1", drafts=[draft(predicate=None)]
    )
    assert "23-1" in str(line.reason)
    decided = draft(predicate_by="Det. Example", predicate_us=lead.as_of_us - DAY_US)
    (line,) = claim_from_tip(lead, store, investigation=key, tip="ncmec:1", drafts=[decided])
    row = show_claim(lead, store, ref=str(line.ref), reads=ReadLog(store))
    assert (row.predicate, row.predicate_by, row.predicate_us, row.tip, row.entered_by) == (
        FACTS,
        "Det. Example",
        lead.as_of_us - DAY_US,
        "ncmec:1",
        "lead.north",
    )


def test_rule_23_02_no_field_for_views_and_a_warning_about_words_of_them(store: Store) -> None:
    names = {prop.name for prop in SCHEMA.node_by_label["Claim"].props}
    assert names.isdisjoint({"religion", "politics", "ethnicity", "association", "views"})
    lead = staff(store, "north")["lead.north"]
    key = case(lead, store)
    texts = ("Met the seller at a church group, as chats say.", FACTS)
    warned = [
        claim(lead, store, investigation=key, drafts=[draft(f"{n}@example.com", predicate=text)])
        for n, text in enumerate(texts)
    ]
    assert [line.warnings for (line,) in warned] == [(VIEWS_WARNING,), ()]


def test_rule_23_03_the_lawful_source_is_stated_and_what_is_suppressed_goes(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south")
    lead = people["lead.north"]
    key = case(lead, store)
    assert "23-3" in refusal(store, lead, key, source=" ")
    (ref,) = claimed(lead, store, key, draft())
    assert pointed(store, people["lead.south"]) == 1
    purge_claim(people["boss.north"], store, ref=ref, why="Suppressed by the court.")
    assert pointed(store, people["lead.south"]) == 0
    assert running_store.rows("MATCH (x:Email) RETURN count(x)") == [(0,)]


def test_rule_23_04_only_roles_that_need_to_know_see_casework(store: Store) -> None:
    people = staff(store, "north")
    lead = people["lead.north"]
    key = case(lead, store)
    (ref,) = claimed(lead, store, key, draft())
    reads = ReadLog(store)
    for name in ("audit.north", "admin.north", "ops"):
        with pytest.raises(RightsError, match=r"No policy permits .* needed: one of"):
            show_claim(people[name], store, ref=ref, reads=reads)
        with pytest.raises(RightsError):
            list_claims(people[name], store, investigation=key, reads=reads)
        with pytest.raises(RightsError):
            list_cases(people[name], store, reads=reads)
    with pytest.raises(RowError, match="no such purpose"):
        case(lead, store, "26-002", purpose="curiosity")


def test_rule_23_05_exchange_rests_on_an_agreement_of_equal_rules(store: Store) -> None:
    people = staff(store, "north", "south")

    def agreed(at_us: int) -> bool:
        found = store.reading(
            lambda unit: agreement_between(unit, "north", "south", at_us=at_us), name="test"
        )
        return found is not None

    assert not agreed(MONDAY_US)
    for equal_rules in (False, True):
        add_agreement(
            people["admin.south"],
            store,
            other="north",
            reference="MOU 7",
            equal_rules=equal_rules,
            from_us=MONDAY_US,
            until_us=MONDAY_US + DAY_US,
        )
        assert agreed(MONDAY_US) is equal_rules
    assert not agreed(MONDAY_US + DAY_US)


def test_rule_23_06_who_was_shown_what_and_when_is_on_record(store: Store) -> None:
    people = staff(store, "north")
    lead, boss = people["lead.north"], people["boss.north"]
    key = case(lead, store)
    (ref,) = claimed(lead, store, key, draft())
    reads = ReadLog(store)
    list_claims(boss, store, investigation=key, reads=reads)
    show_claim(people["deputy.north"], store, ref=ref, reads=reads)
    lines = ledger(store, ref)
    assert {(line.actor, line.action, line.capacity) for line in lines} == {
        ("lead.north", "claim.add", "the record itself"),
        ("boss.north", "claim.read", "shown with the answer"),
        ("deputy.north", "claim.read", "the record itself"),
    }
    assert {line.log for line in lines} == {"agency:north"}
    assert {line.investigation for line in lines if line.actor != "deputy.north"} == {key}


def test_rule_23_07_every_change_is_in_the_agencys_log_and_no_identifier(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north")
    lead, boss = people["lead.north"], people["boss.north"]
    key = case(lead, store)
    (ref,) = claimed(lead, store, key, draft("canary-7@example.com"))
    edit_claim(lead, store, ref=ref, expected=1, edit=ClaimEdit(content=Content.CONFIRMED))
    validate_claim(lead, store, ref=ref, expected=2, looked_at=LOOKED_AT)
    with pytest.raises(RightsError):
        purge_claim(lead, store, ref=ref, why="x")
    purge_claim(boss, store, ref=ref, why="No longer suspected.")
    rows = running_store.rows(
        "MATCH (e:AuditEntry {log: 'agency:north'}) WHERE e.object = $ref "
        "RETURN e.actor, e.action, e.decision, e.outcome ORDER BY e.action, e.decision",
        ref=ref,
    )
    assert [(row[0], row[1], row[2]) for row in rows] == [
        ("lead.north", "claim.add", "permit"),
        ("lead.north", "claim.edit", "permit"),
        ("lead.north", "claim.purge", "deny"),
        ("boss.north", "claim.purge", "permit"),
        ("boss.north", "claim.purged", None),
        ("lead.north", "claim.validate", "permit"),
    ]
    everything = running_store.rows("MATCH (e:AuditEntry) RETURN properties(e)")
    assert "canary-7" not in repr(everything)
    assert "canary-7" not in repr(running_store.rows("MATCH (n) RETURN properties(n)"))


def test_rule_23_08_confidence_and_sensitivity_are_labelled(store: Store) -> None:
    lead = staff(store, "north")["lead.north"]
    key = case(lead, store)
    for name in LABELS:
        assert "23-8" in refusal(store, lead, key, **{name: None})
    (ref,) = claimed(
        lead,
        store,
        key,
        draft(
            reliability=Reliability.UNKNOWN,
            content=Content.CANNOT_JUDGE,
            handling=Handling.ORIGINATOR_ONLY,
        ),
    )
    row = show_claim(lead, store, ref=ref, reads=ReadLog(store))
    assert [getattr(row, name) for name in LABELS] == ["unknown", "cannot judge", "originator only"]
    assert row.agency == "north"

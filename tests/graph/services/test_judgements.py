"""Judgements: append-only, undoable, and followed by every later answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.clock import now_us
from graph.errors import NotFoundError, RowError, StoreRefusedError
from graph.identifiers.core import Identifier, IdentifierKind, Policy, RawIdentifier
from graph.identifiers.registry import clean
from graph.queries.judgements import JudgementRow
from graph.services import judgements as judgements_module
from graph.services import judging
from graph.services.audit_ledger import ledger
from graph.services.explaining import explain
from graph.services.investigations import AgencyFacts, ClaimFacts, enter_agencies, enter_claims
from graph.services.judgements import judge, judgements_of, list_judgements, undo
from graph.services.judging import Verdict, in_force
from graph.services.overlaps import find_overlaps
from graph.services.recording import record
from graph.services.states import list_decisions, set_state
from graph.store import Store
from tests.deliveries import MONDAY_US, delivery, email
from tests.linking import BASIS, links_of
from tests.stores import RunningStore


@pytest.fixture
def pair(store: Store) -> Store:
    """A store with two linked tips, and a third one."""
    shared = email("x@example.com")
    record(store, [delivery(str(n), [shared]) for n in (1, 2, 3)], actor="test")
    return store


def decide(store: Store, verdict: Verdict, first: str = "ncmec:1", second: str = "ncmec:2") -> str:
    return judge(store, first, second, verdict=verdict, why="seen", basis=BASIS, actor="ann").key


def claim(store: Store, agency: str, value: str) -> None:
    raw = RawIdentifier(kind=IdentifierKind.EMAIL, value=value)
    found = clean(raw, Policy(synthetic=True))
    assert isinstance(found, Identifier)
    facts = AgencyFacts(key=agency, name=agency.upper(), kind="task force")
    enter_agencies(store, [facts], actor="test")
    claimed = ClaimFacts(
        agency=agency,
        reference="R-1",
        title=None,
        status="open",
        opened_us=MONDAY_US,
        contact=None,
        identifier=found,
        role="suspect",
    )
    enter_claims(store, [claimed], actor="test")


def linked(store: Store, tip: str) -> dict[str, str | None]:
    return {link.tip.key: link.judged for link in links_of(store, tip).links}


def test_a_reason_that_no_text_can_hold_is_refused_in_words(pair: Store) -> None:
    """A shell passes bytes that are no UTF-8 on as lone surrogates."""
    tips, why = ("ncmec:1", "ncmec:2"), "seen \udcff"
    with pytest.raises(RowError, match="why with half a character"):
        judge(pair, *tips, verdict=Verdict.SAME, why=why, basis=BASIS, actor="ann")
    with pytest.raises(RowError, match="why with half a character"):
        set_state(pair, IdentifierKind.EMAIL, "x@example.com", state="shared", why=why, actor="ann")
    assert (judgements_of(pair, "ncmec:1"), list_decisions(pair)) == ((), ())


def test_not_the_same_is_never_suggested_again_from_either_side(pair: Store) -> None:
    decide(pair, Verdict.NOT_SAME)
    assert linked(pair, "ncmec:1") == {"ncmec:3": None}
    assert linked(pair, "ncmec:2") == {"ncmec:3": None}
    assert links_of(pair, "ncmec:1").apart == ("ncmec:2",)


def test_a_judgement_keeps_who_when_why_and_what_was_seen(pair: Store) -> None:
    key = decide(pair, Verdict.SAME)
    (row,) = judgements_of(pair, "ncmec:2")
    link = links_of(pair, "ncmec:1").links[0]
    assert (row.key, row.tips, row.verdict) == (key, ["ncmec:1", "ncmec:2"], "same actor")
    assert (row.judged_by, row.why, row.weights) == ("ann", "seen", BASIS.weights.version)
    assert (row.score, row.grade) == (link.score, link.grade)
    assert linked(pair, "ncmec:1")["ncmec:2"] == "same actor"
    assert explain(pair, "ncmec:2", "ncmec:1", basis=BASIS).judgements == (row,)


def test_undoing_lets_the_one_before_count_and_forgets_nothing(pair: Store) -> None:
    decide(pair, Verdict.SAME)
    later = decide(pair, Verdict.NOT_SAME)
    assert "ncmec:2" not in linked(pair, "ncmec:1")
    undo(pair, later, why="mistaken", actor="bob")
    assert linked(pair, "ncmec:1")["ncmec:2"] == "same actor"
    verdicts = [row.verdict for row in list_judgements(pair)]
    assert verdicts == ["undone", "not the same", "same actor"]
    with pytest.raises(RowError, match="undone before"):
        undo(pair, later, why="again", actor="bob")
    undoing = list_judgements(pair)[0].key
    with pytest.raises(RowError, match="undoing itself"):
        undo(pair, undoing, why="again", actor="bob")
    assert len(list_judgements(pair)) == 3


def test_a_judgement_holds_for_the_tip_that_gets_its_number(store: Store) -> None:
    nameless = delivery(None, [email("x@example.com")], body="b")
    record(store, [nameless, delivery("2", [email("x@example.com")])], actor="test")
    decide(store, Verdict.NOT_SAME, nameless.tip_key, "ncmec:2")
    record(store, [delivery("1", [email("x@example.com")], body="b")], actor="test")
    assert linked(store, "ncmec:1") == {}
    assert judgements_of(store, "ncmec:1")[0].tips == ["ncmec:1", "ncmec:2"]


def test_what_cannot_be_judged_is_said_and_nothing_is_kept(pair: Store) -> None:
    with pytest.raises(NotFoundError, match="ncmec:9"):
        decide(pair, Verdict.SAME, "ncmec:1", "ncmec:9")
    with pytest.raises(NotFoundError, match="two different"):
        decide(pair, Verdict.SAME, "ncmec:1", "ncmec:1")
    with pytest.raises(RowError, match="needs a reason"):
        judge(pair, "ncmec:1", "ncmec:2", verdict=Verdict.SAME, why="  ", basis=BASIS, actor="ann")
    with pytest.raises(NotFoundError, match="no judgement"):
        undo(pair, "nothing", why="x", actor="ann")
    assert list_judgements(pair) == ()


def test_every_judgement_leaves_a_leaf(running_store: RunningStore) -> None:
    store = running_store.store
    record(store, [delivery(str(n), [email("x@example.com")]) for n in (1, 2)], actor="test")
    key = decide(store, Verdict.SAME)
    undone = undo(store, key, why="x", actor="bob").key
    rows = running_store.rows(
        "MATCH (a:AuditEntry) WHERE a.action = 'judgement' "
        "RETURN a.actor, a.object, a.outcome ORDER BY a.at_us"
    )
    assert rows == [("ann", key, "same actor"), ("bob", undone, "undone")]
    for tip in ("ncmec:1", "ncmec:2"):
        acts = [line.action for line in ledger(store, tip)]
        assert acts.count("judgement") == 2


def _row(number: int, verdict: str, undoes: str | None) -> JudgementRow:
    return JudgementRow(
        key=f"{number:03}",
        tips=["a", "b"],
        verdict=verdict,
        undoes=undoes,
        why="w",
        judged_by="x",
        at_us=number,
        weights=None,
        score=None,
        grade=None,
    )


@given(st.lists(st.sampled_from(["same actor", "not the same", "unsure", "undo"]), max_size=12))
def test_any_history_of_judging_and_undoing_is_a_stack(steps: list[str]) -> None:
    rows: list[JudgementRow] = []
    stack: list[JudgementRow] = []
    for number, step in enumerate(steps):
        if step != "undo":
            rows.append(_row(number, step, None))
            stack.append(rows[-1])
        elif len(stack) > 0:
            rows.append(_row(number, "undone", stack.pop().key))
    expected = {frozenset(("a", "b")): stack[-1]} if len(stack) > 0 else {}
    assert in_force(reversed(rows)) == expected


def test_a_judgement_of_tips_that_turn_out_to_be_one_can_be_undone(store: Store) -> None:
    nameless = delivery(None, [email("x@example.com")], body="b")
    record(store, [nameless, delivery("1", [email("y@example.com")])], actor="test")
    key = decide(store, Verdict.NOT_SAME, nameless.tip_key, "ncmec:1")
    record(store, [delivery("1", [email("x@example.com")], body="b")], actor="test")
    undo(store, key, why="one tip", actor="bob")
    assert [row.verdict for row in judgements_of(store, "ncmec:1")] == ["not the same", "undone"]


def test_a_clock_that_steps_back_brings_no_older_decision_back(
    pair: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(pair, Verdict.SAME)
    now = now_us()
    monkeypatch.setattr(judgements_module, "now_us", lambda: now - 5_000_000)
    decide(pair, Verdict.NOT_SAME)
    assert links_of(pair, "ncmec:1").apart == ("ncmec:2",)


def test_tips_that_were_judged_apart_bring_no_investigations_together(store: Store) -> None:
    shared = email("between@example.com")
    record(
        store,
        [
            delivery("1", [email("a@example.com"), shared]),
            delivery("2", [email("b@example.com"), shared]),
        ],
        actor="test",
    )
    claim(store, "oh", "a@example.com")
    claim(store, "pa", "b@example.com")
    assert len(find_overlaps(store).overlaps) + len(find_overlaps(store).low_value) == 1
    decide(store, Verdict.NOT_SAME)
    answer = find_overlaps(store)
    assert (answer.overlaps, answer.low_value) == ((), ())
    assert any("judged" in sentence for sentence in answer.cut_off)


def test_more_judgements_than_are_read_are_read_in_parts_or_refused(
    pair: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(pair, Verdict.NOT_SAME, "ncmec:1", "ncmec:2")
    decide(pair, Verdict.NOT_SAME, "ncmec:1", "ncmec:3")
    monkeypatch.setattr(judging, "MAX_JUDGED", 2)
    with pytest.raises(StoreRefusedError, match="ncmec:1 has 2 judgements"):
        links_of(pair, "ncmec:1")
    monkeypatch.setattr(judging, "MAX_JUDGED", 3)
    assert linked(pair, "ncmec:1") == {}
    decide(pair, Verdict.SAME, "ncmec:2", "ncmec:3")
    found = pair.reading(
        lambda unit: judging.standing(unit, ["ncmec:1", "ncmec:2", "ncmec:3"]), name="test"
    )
    assert len(found) == 3

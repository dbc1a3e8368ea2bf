"""An agency's own table: what it may change, the floor, and what an upgrade leaves of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import RowError
from graph.triage.own_table import OFF, RuleChange, checked, own_table, version_name
from graph.triage.priority import (
    RANKS,
    Priority,
    PriorityTable,
    judged,
    parse_priority_table,
    shipped_priority_table,
)
from tests.graph.triage.test_priority import KNOWN

TABLE = shipped_priority_table()
RULES = {rule.name: rule for rule in TABLE.rules}
SAFETY = {
    "imminent danger",
    "sadistic exploitation",
    "live streaming and physical harm",
    "sextortion",
    "escalated",
    "NCMEC priority 1",
    "NCMEC priority 2",
    "molestation",
    "trafficking",
    "sex tourism",
    "live streaming",
    "physical harm",
}
_TO = st.sampled_from([*Priority, OFF])
_CHANGES = st.dictionaries(st.sampled_from(sorted(RULES)), _TO, max_size=12)


def _table(*rules: tuple[str, str, bool]) -> PriorityTable:
    """Give a table of rules by name, class, and whether it is for safety."""
    text = 'version = "9"\nmade = "2026-11-23"\nhow = "For tests."\n'
    for each in Priority:
        text += f'[[class]]\nname = "{each}"\nlook_within_hours = 1\n'
    for when, name, is_safety in rules:
        text += f'[[rule]]\nwhen = ["{when}"]\nclass = "{name}"\nsays = "It says {when}."\n'
        text += 'safety = "A source for tests."\n' if is_safety else ""
    return parse_priority_table(text)


def _may(change: RuleChange) -> bool:
    rule = RULES[change.rule]
    return change.rule not in SAFETY or (
        change.to != OFF and RANKS[change.to] <= RANKS[rule.priority]
    )


def test_the_rules_for_safety_are_these_and_each_says_from_where() -> None:
    assert {rule.name for rule in TABLE.rules if rule.safety is not None} == SAFETY


@given(_CHANGES)
def test_whatever_is_allowed_leaves_safety_at_its_floor(wanted: dict[str, str]) -> None:
    changes = [RuleChange(rule=rule, to=to) for rule, to in wanted.items()]
    if not all(_may(change) for change in changes):
        with pytest.raises(RowError, match="rule for safety and stays at least"):
            checked(changes, TABLE)
        return
    own = own_table(TABLE, checked(changes, TABLE), number=1)
    assert own.fallen == ()
    assert {rule.name: rule.priority for rule in own.table.rules} == {
        name: to for name, rule in RULES.items() if (to := wanted.get(name, rule.priority)) != OFF
    }


@given(_CHANGES, st.sampled_from(sorted(SAFETY)), st.sets(st.sampled_from(KNOWN)))
def test_no_allowed_change_puts_a_tip_below_a_floor(
    wanted: dict[str, str], safety: str, more: set[str]
) -> None:
    changes = [RuleChange(rule=rule, to=to) for rule, to in wanted.items()]
    own = own_table(TABLE, [change for change in changes if _may(change)], number=1)
    found = judged({*RULES[safety].when, *more}, own.table).priority
    assert RANKS[found] <= RANKS[RULES[safety].priority]


def test_what_cannot_be_is_refused_with_a_sentence() -> None:
    infant = RuleChange(rule="infant", to=OFF)
    with pytest.raises(RowError, match="named twice"):
        checked([infant, RuleChange(rule="infant", to=Priority.TODAY)], TABLE)
    with pytest.raises(RowError, match="no rule 'nothing'"):
        checked([infant, RuleChange(rule="nothing", to=OFF)], TABLE)
    with pytest.raises(RowError, match=r"at once.*or off"):
        checked([RuleChange(rule="infant", to="soon")], TABLE)


def test_a_rule_that_is_off_is_no_reason() -> None:
    own = own_table(TABLE, [RuleChange(rule="infant", to=OFF)], number=3)
    assert judged({"infant"}, own.table).reasons == ("No rule of the table holds.",)
    assert own.table.version == f"{TABLE.version}.3"
    assert version_name("2", 0) == "2"


def test_an_upgrade_leaves_changes_standing_and_says_which_fell_away() -> None:
    old = _table(("a", "today", False), ("b", "this week", False), ("c", "today", False))
    changes = checked([RuleChange(rule=name, to="this week") for name in ("a", "b", "c")], old)
    # `a` is gone, `b` has another class, and `c` became a rule for safety.
    new = _table(("b", "not for action", False), ("c", "today", True), ("d", "at once", False))
    own = own_table(new, changes, number=4)
    assert [(rule.name, rule.priority) for rule in own.table.rules] == [
        ("b", Priority.THIS_WEEK),
        ("c", Priority.TODAY),
        ("d", Priority.AT_ONCE),
    ]
    assert [(each.rule, each.to) for each in own.fallen] == [("a", "this week"), ("c", "this week")]
    assert "no rule 'a'" in own.fallen[0].why
    assert "safety" in own.fallen[1].why
    # A class that is gone falls away too: no stored version keeps tips from being taken in.
    gone = own_table(new, [RuleChange(rule="b", to="soon")], number=4)
    assert [each.rule for each in gone.fallen] == ["b"]
    assert gone.table.rules == new.rules


def test_a_built_in_table_keeps_safety_urgent_and_names_a_rule_once() -> None:
    with pytest.raises(RowError, match="for safety"):
        _table(("a", "this week", True))
    with pytest.raises(RowError, match="one rule for what holds"):
        _table(("a", "this week", False), ("a", "today", False))

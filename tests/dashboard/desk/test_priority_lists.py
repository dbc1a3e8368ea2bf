"""A draft of the table of priority, and what a trial adds up to."""

from __future__ import annotations

from client.resources.priority import (
    PriorityClass,
    PriorityRule,
    PriorityShift,
    PriorityTableAnswer,
    PriorityTrial,
)
from dashboard.desk.priority_lists import (
    choices,
    draft_of,
    drafted,
    rule_columns,
    settings_of,
    trial_of,
)


def _rule(name: str, to: str, built_in: str, safety: str | None = None) -> PriorityRule:
    return PriorityRule(
        rule=name,
        to=to,
        built_in=built_in,
        is_changed=to != built_in,
        says=f"{name}.",
        safety=safety,
    )


ANSWER = PriorityTableAnswer(
    as_of="2026-11-23T00:00:00Z",
    synthetic=True,
    queries=("x",),
    agency="north",
    version=1,
    rules_version="2.1",
    built_in="2",
    made_by="boss.north",
    made_at="2026-11-22T00:00:00Z",
    why="A school.",
    classes=tuple(PriorityClass(name=name, look_within_hours=1) for name in ("now", "later")),
    rules=(
        _rule("infant", "now", "later"),
        _rule("danger", "now", "now", "28 CFR 23.20(e)"),
        _rule("spam", "later", "later"),
    ),
    fell_away=(),
    to_place=0,
    is_more_to_place=False,
    under_way=None,
)


def test_a_draft_holds_what_is_otherwise_than_built_in() -> None:
    draft = draft_of(ANSWER)
    assert draft == {"infant": "now"}
    assert drafted(draft, ANSWER, rule="infant", to="later") == {}
    both = drafted(draft, ANSWER, rule="spam", to="off")
    assert [(each.rule, each.to) for each in settings_of(both)] == [
        ("infant", "now"),
        ("spam", "off"),
    ]
    assert rule_columns(ANSWER, both)["In the draft"] == ["", "", "off"]
    assert rule_columns(ANSWER, {})["In the draft"] == ["later", "", ""]


def test_a_rule_for_safety_goes_no_lower() -> None:
    assert choices(ANSWER, "danger") == ["now"]
    assert choices(ANSWER, "spam") == ["now", "later", "off"]


def test_pages_of_a_trial_are_added_up() -> None:
    def page(count: int, after: str | None) -> PriorityTrial:
        return PriorityTrial(
            as_of=ANSWER.as_of,
            synthetic=True,
            queries=("x",),
            looked_at=10,
            changed=count,
            shifts=(
                PriorityShift(before="now", after="later", tips=count, open=1, set_by_person=0),
            ),
            next_after=after,
        )

    whole = trial_of([page(2, "x"), page(3, None)])
    assert (whole.looked_at, whole.changed, whole.is_whole) == (20, 5, True)
    assert whole.columns["Tips"] == [5]
    assert whole.columns["Open ones"] == [2]
    assert not trial_of([page(2, "x")]).is_whole
    assert not trial_of([]).is_whole

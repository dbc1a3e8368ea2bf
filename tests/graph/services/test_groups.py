"""The group around a tip: what welds it, what is kept apart, and what was not looked at."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest

from graph.errors import NotFoundError
from graph.grouping.cuts import Cause
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.services.exploring import Budget
from graph.services.group_answers import GroupAround
from graph.services.groups import BUDGET, group_of
from graph.services.judgements import judge, undo
from graph.services.judging import Verdict
from graph.services.recording import record
from graph.services.withdrawal import withdraw
from graph.statements import Assertion
from graph.store import Store
from tests.deliveries import delivery, email, says
from tests.linking import BASIS

# Two people of three tips each, every two of them by an address of their own, and one bad value.
FIRST = {"1": ("12", "13"), "2": ("12", "23"), "3": ("13", "23")}
SECOND = {"6": ("67", "68"), "7": ("67", "78"), "8": ("68", "78")}


def enter(store: Store, tips: Mapping[str, Sequence[str]], *, seed: int | None = None) -> None:
    made = [delivery(tip, [_email(name) for name in names]) for tip, names in tips.items()]
    if seed is not None:
        random.Random(seed).shuffle(made)
    record(store, made, actor="test")


def _email(name: str) -> Assertion:
    return email(f"{name}@example.com")


def both(*bad: str) -> dict[str, Sequence[str]]:
    """Give the two people; the tips in `bad` also have one address in common."""
    people: dict[str, Sequence[str]] = {**FIRST, **SECOND}
    return {tip: (*names, "bad") if tip in bad else names for tip, names in people.items()}


def group(store: Store, tip: str, *, budget: Budget = BUDGET) -> GroupAround:
    return group_of(store, f"ncmec:{tip}", basis=BASIS, budget=budget)


def members(answer: GroupAround) -> str:
    return "".join(member.tip.key.removeprefix("ncmec:") for member in answer.members)


def decide(store: Store, first: str, second: str, verdict: Verdict) -> str:
    tips = (f"ncmec:{first}", f"ncmec:{second}")
    return judge(store, *tips, verdict=verdict, why="seen", basis=BASIS, actor="ann").key


def test_members_say_why_they_belong(store: Store) -> None:
    enter(store, FIRST)
    answer = group(store, "2")
    assert members(answer) == "123"
    first = answer.members[0]
    assert [link.tip.key for link in first.links] == ["ncmec:2", "ncmec:3"]
    assert [r.identifier for r in first.links[0].reasons] == ["12@example.com"]
    assert (first.link_total, first.attached, first.hinge) == (2, False, False)
    assert answer.weakest is not None
    assert answer.weakest.score == first.links[0].score
    assert (answer.rests_on, answer.beside, answer.apart) == ((), (), ())
    assert (answer.looked_at, answer.partial) == (3, False)
    assert answer.caveat == "investigative lead, not identification"


@pytest.mark.parametrize(("bad", "cause"), [("36", Cause.LINK), ("2367", Cause.VALUE)])
def test_one_bad_link_or_value_welds_nothing_and_is_shown(
    store: Store, bad: str, cause: Cause
) -> None:
    enter(store, both(*bad))
    answer = group(store, "1")
    assert members(answer) == "123"
    (beside,) = answer.beside
    assert beside.tips == ("ncmec:6", "ncmec:7", "ncmec:8")
    (hold,) = beside.holds
    assert hold.cause is cause
    assert {value.identifier for link in hold.links for value in link.needs} == {"bad@example.com"}
    assert "would be one group only by this one" in hold.sentence
    assert members(group(store, "7")) == "678"


def test_the_same_in_any_order_of_arrival_and_from_every_member(store: Store) -> None:
    enter(store, both(*"2367"), seed=5)
    again = {tip: group(store, tip) for tip in "1268"}
    assert {members(answer) for answer in again.values()} == {"123", "678"}
    assert again["1"].members == again["2"].members
    assert again["6"].beside == again["8"].beside
    assert again["1"].beside[0].holds == again["6"].beside[0].holds
    assert [link.first for link in again["1"].beside[0].holds[0].links] == [
        "ncmec:2", "ncmec:2", "ncmec:3", "ncmec:3",
    ]  # fmt: skip


def test_same_actor_welds_what_shares_nothing_and_not_the_same_parts_it(store: Store) -> None:
    enter(store, both())
    assert members(group(store, "1")) == "123"
    same = decide(store, "1", "8", Verdict.SAME)
    answer = group(store, "7")
    assert members(answer) == "123678"
    assert answer.members[0].same_actor_as == ("ncmec:8",)
    decide(store, "2", "7", Verdict.NOT_SAME)
    parted = group(store, "7")
    assert "2" not in members(parted)
    assert [(a.first, a.second, a.judged_by, a.why) for a in parted.apart] == [
        ("ncmec:2", "ncmec:7", "ann", "seen")
    ]
    assert [hold.cause for other in parted.beside for hold in other.holds] == [Cause.JUDGEMENT]
    undo(store, same, why="mistaken", actor="ann")
    assert members(group(store, "7")) == "678"


def test_not_the_same_is_not_joined_through_a_third_tip(store: Store) -> None:
    enter(store, {"1": ("a",), "2": ("a", "b"), "3": ("b",)})
    assert members(group(store, "1")) == "123"
    decide(store, "1", "3", Verdict.NOT_SAME)
    assert members(group(store, "1")) == "12"
    assert members(group(store, "3")) == "3"
    (beside,) = group(store, "3").beside
    assert "A person judged ncmec:1 and ncmec:3 not the same" in beside.holds[0].sentence
    assert [link.second for link in beside.holds[0].links] == ["ncmec:3"]


def test_victims_reporters_and_what_only_looks_alike_hold_nobody(store: Store) -> None:
    alike = says(IdentifierKind.FILE_HASH, "pdq:" + "0f" * 32, role=Role.FILE, state="shared")
    child = email("kid@example.com", role=Role.VICTIM)
    other = email("mum@example.com", role=Role.REPORTER)
    made = [delivery(str(n), [alike, child, other]) for n in (1, 2)]
    record(store, made, actor="test")
    assert members(group(store, "1")) == "1"


def test_what_the_budget_leaves_out_is_said(store: Store) -> None:
    enter(store, both("2", "3", "6"))
    answer = group(store, "1", budget=Budget(tips=2, rounds=9, seconds=60))
    assert (answer.partial, answer.looked_at) == (True, 2)
    assert "tips met and not looked at: 2, as at most" in answer.cut_off[0]
    near = group(store, "1", budget=Budget(tips=99, rounds=1, seconds=60))
    assert (near.partial, near.looked_at, members(near)) == (True, 3, "123")
    assert "tips met and not looked at: 1, as at most" in near.cut_off[0]
    late = group(store, "1", budget=Budget(tips=99, rounds=9, seconds=0))
    assert (late.partial, late.looked_at) == (True, 1)
    assert "seconds for one answer were over" in late.cut_off[0]


def test_withdrawn_tips_hold_nothing(store: Store) -> None:
    enter(store, {"1": ("a",), "2": ("a", "b"), "3": ("b",)})
    decide(store, "1", "3", Verdict.SAME)
    withdraw(store, "ncmec:3", why="test", actor="test")
    assert members(group(store, "1")) == "12"
    answer = group(store, "3")
    assert members(answer) == "3"
    assert "withdrawn" in answer.cut_off[0]
    with pytest.raises(NotFoundError, match="ncmec:9"):
        group(store, "9")

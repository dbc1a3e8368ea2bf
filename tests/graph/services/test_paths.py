"""Chains between two tips: ranked by their weakest link, bounded, and honest about it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest

from graph.errors import NotFoundError
from graph.identifiers.core import Identifier, IdentifierKind
from graph.roles import Role
from graph.scoring.weights import Grade
from graph.services.exploring import Budget
from graph.services.investigations import AgencyFacts, ClaimFacts, enter_agencies, enter_claims
from graph.services.judgements import judge
from graph.services.judging import Verdict
from graph.services.path_answers import Paths
from graph.services.paths import BUDGET, paths
from graph.services.recording import record
from graph.services.snapshot import take_snapshot
from graph.services.withdrawal import withdraw
from graph.statements import Assertion
from graph.store import Store
from tests.deliveries import MONDAY_US, delivery, email, says
from tests.linking import BASIS

# A true chain of three links, and one link by a screen name that only hints.
CHAIN: Mapping[str, Sequence[str]] = {
    "1": ("a", "~alias"),
    "2": ("a", "b"),
    "3": ("b", "c"),
    "4": ("c", "~alias"),
}


def enter(store: Store, tips: Mapping[str, Sequence[str]], *, seed: int | None = None) -> None:
    made = [delivery(tip, [_says(name) for name in names]) for tip, names in tips.items()]
    if seed is not None:
        random.Random(seed).shuffle(made)
    record(store, made, actor="test")
    take_snapshot(store, actor="test")


def _says(name: str) -> Assertion:
    """Give an address, or after `~` a screen name, after `!` a child's address."""
    if name.startswith("~"):
        return says(IdentifierKind.SCREEN_NAME, f"chatterbox|{name[1:]}")
    if name.startswith("!"):
        return email(f"{name[1:]}@example.com", role=Role.VICTIM)
    return email(f"{name}@example.com")


def ask(store: Store, own: str, other: str, *, budget: Budget = BUDGET, **more: int) -> Paths:
    return paths(store, f"ncmec:{own}", f"ncmec:{other}", basis=BASIS, budget=budget, **more)


def words(answer: Paths) -> list[str]:
    return ["".join(tip.key.removeprefix("ncmec:") for tip in c.tips) for c in answer.chains]


def decide(store: Store, first: str, second: str, verdict: Verdict) -> None:
    tips = (f"ncmec:{first}", f"ncmec:{second}")
    judge(store, *tips, verdict=verdict, why="seen", basis=BASIS, actor="ann")


def test_a_true_chain_stands_before_a_shorter_one_that_hints(store: Store) -> None:
    enter(store, CHAIN)
    answer = ask(store, "1", "4")
    assert words(answer) == ["1234", "14"]
    strong, hint = answer.chains
    assert strong.grade is Grade.STRONG
    assert hint.grade is not Grade.STRONG
    assert [[r.identifier for r in step.reasons] for step in strong.steps] == [
        ["a@example.com"], ["b@example.com"], ["c@example.com"],
    ]  # fmt: skip
    assert strong.steps[strong.weakest].score == min(step.score for step in strong.steps)
    for step in strong.steps:
        assert step.score == sum(reason.weight for reason in step.reasons)
    assert "Chains found: 2 " in answer.summary
    assert (answer.partial, answer.cut_off) == (False, ())


def test_the_same_from_both_ends_and_in_any_order_of_arrival(store: Store) -> None:
    enter(store, {**CHAIN, "5": ("a", "c"), "6": ("a", "c")}, seed=3)
    there, back = ask(store, "1", "4", most=9), ask(store, "4", "1", most=9)
    assert words(there) == ["154", "164", "1234", "14"]
    assert [word[::-1] for word in words(back)] == words(there)
    assert [c.steps[0].own for c in back.chains] == ["ncmec:4"] * 4
    assert words(ask(store, "1", "4", most=1)) == ["154"]


def test_bounds_are_kept_and_none_is_no_statement_that_there_is_none(store: Store) -> None:
    enter(store, {str(n): (f"v{n}", f"v{n + 1}") for n in range(1, 7)})
    assert words(ask(store, "1", "5")) == ["12345"]
    none = ask(store, "1", "6")
    assert (none.chains, none.partial) == ((), False)
    assert "No chain within these bounds (of at most 4 links" in none.summary
    assert "does not say that there is none" in none.summary
    assert words(ask(store, "1", "6", longest=5)) == ["123456"]
    assert words(ask(store, "1", "2", longest=1)) == ["12"]
    assert words(ask(store, "1", "4", longest=3)) == ["1234"]
    assert words(ask(store, "4", "1", longest=2)) == []


def test_a_search_that_was_cut_short_is_partial(store: Store) -> None:
    enter(store, CHAIN)
    few = ask(store, "1", "4", budget=Budget(tips=2, rounds=2, seconds=60))
    assert (words(few), few.partial) == (["14"], True)
    assert "tips met and not looked at: 2, as at most" in few.cut_off[0]
    late = ask(store, "1", "3", budget=Budget(tips=99, rounds=2, seconds=0))
    assert late.partial
    assert "seconds for one answer were over" in " ".join(late.cut_off)


def test_judged_pairs(store: Store) -> None:
    enter(store, {**CHAIN, "7": ("x",), "8": ("x",)})
    decide(store, "2", "3", Verdict.NOT_SAME)
    assert words(ask(store, "1", "4")) == ["14"]
    decide(store, "4", "7", Verdict.SAME)
    answer = ask(store, "4", "8")
    assert words(answer) == ["478"]
    step = answer.chains[0].steps[0]
    assert (step.judged, step.grade, step.reasons) == ("same actor", Grade.STRONG, ())
    decide(store, "1", "4", Verdict.NOT_SAME)
    apart = ask(store, "1", "4")
    assert (apart.judged, words(apart)) == ("not the same", [])
    assert "no sign that they are" in apart.cut_off[0]
    withdraw(store, "ncmec:7", why="test", actor="test")
    assert words(ask(store, "4", "8")) == []


def test_a_link_that_only_the_other_end_shows_keeps_its_grade_and_reasons(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never a strong step that nobody judged and nothing speaks for."""
    enter(store, {"1": ("a", "~alias"), "2": ("a",), "3": ("~alias",)})
    whole = {own: ask(store, own, other).chains[0].steps[0] for own, other in ("13", "31")}
    monkeypatch.setattr("graph.services.exploring.MAX_SHARED", 1)
    for own, other in ("13", "31"):
        (chain,) = ask(store, own, other).chains
        (step,) = chain.steps
        assert step == whole[own]
        assert (step.judged, step.grade is Grade.STRONG) == (None, False)
        assert 0 < step.score == sum(reason.weight for reason in step.reasons)


def test_no_chain_goes_through_two_tips_judged_apart(store: Store) -> None:
    enter(store, {str(n): (f"v{n}", f"v{n + 1}") for n in range(1, 6)} | {"7": ("v1", "v6")})
    assert words(ask(store, "1", "5")) == ["175", "12345"]
    decide(store, "2", "4", Verdict.NOT_SAME)
    for own, other in ("15", "51"):
        answer = ask(store, own, other)
        assert [sorted(word) for word in words(answer)] == [list("157")]
        assert "left out: 1, as" in answer.cut_off[0]
        assert "ncmec:2 and ncmec:4" in answer.cut_off[0]
        # A dropped chain does not take the place of another.
        assert len(ask(store, own, other, most=1).chains) == 1


def test_chains_drop_tips_judged_apart_that_were_not_looked_at(store: Store) -> None:
    many = {"6": ("d",), "7": ("d",)}
    middle = {"2": ("a", "b"), "3": ("p", "q", "b", "c"), "4": ("c", "d")}
    enter(store, {"1": ("a", "p", "q"), **middle, "5": ("d",), **many})
    # The third tip is looked at, as the first one's strongest link; the two around it are not.
    few = Budget(tips=3, rounds=2, seconds=60)
    assert words(ask(store, "1", "5", budget=few)) == ["1345", "12345"]
    decide(store, "2", "4", Verdict.NOT_SAME)
    answer = ask(store, "1", "5", budget=few)
    assert words(answer) == ["1345"]
    assert "ncmec:2 and ncmec:4" in answer.cut_off[0]


def test_children_and_hubs_carry_no_chain(store: Store) -> None:
    many = {str(n): ("hub",) for n in range(30, 60)}
    enter(store, {"1": ("!kid", "hub"), "2": ("!kid", "b"), "3": ("b", "hub"), **many})
    answer = ask(store, "1", "3")
    assert answer.chains == ()
    assert "stopped: 1. Tips that only these join" in answer.cut_off[0]


def test_an_investigation_that_claims_of_both_is_no_chain(store: Store) -> None:
    enter(store, {"1": ("a", "!kid"), "2": ("b", "!kid")})
    enter_agencies(store, [AgencyFacts(key="oh", name="OH", kind="task force")], actor="test")
    claims = [_claim("R-1", "a"), _claim("R-1", "b"), _claim("R-2", "kid", role="victim")]
    enter_claims(store, claims, actor="test")
    answer = ask(store, "1", "2")
    assert answer.chains == ()
    (met,) = answer.investigations
    assert (met.reference, met.own, met.other) == (
        "R-1", ("Email a@example.com",), ("Email b@example.com",),
    )  # fmt: skip


def _claim(reference: str, name: str, *, role: str = "suspect") -> ClaimFacts:
    key = f"{name}@example.com"
    return ClaimFacts(
        agency="oh",
        reference=reference,
        title=None,
        status="open",
        opened_us=MONDAY_US,
        contact=None,
        identifier=Identifier(kind=IdentifierKind.EMAIL, key=key, display=key),
        role=role,
    )


def test_what_cannot_be_asked_is_said(store: Store) -> None:
    enter(store, CHAIN)
    with pytest.raises(NotFoundError, match="ncmec:9"):
        ask(store, "1", "9")
    with pytest.raises(NotFoundError, match="two different"):
        ask(store, "1", "1")
    withdraw(store, "ncmec:4", why="test", actor="test")
    gone = ask(store, "1", "4")
    assert gone.chains == ()
    assert gone.cut_off[0] == "ncmec:4: The tip was withdrawn: it links nothing."

"""Groups: no single link or value welds two parts, judged pairs stay apart, any order is alike."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from graph.grouping.bonds import Bond, Value, bond_of
from graph.grouping.cuts import Cause
from graph.grouping.groups import Grouping, grouped

SCORE = 20_000


def bond(pair: str, *values: str, score: int = SCORE, judged: bool = False) -> Bond:
    """Give a bond between two tips of one letter each; without values it needs one of its own."""
    first, second = sorted(pair)
    named = values if len(values) > 0 else (pair,)
    needs = frozenset(Value(kind="Email", key=v) for v in named)
    return Bond(
        first=first,
        second=second,
        score=score,
        needs=frozenset() if judged else needs,
        judged=judged,
    )


def clique(tips: str, *values: str, score: int = SCORE) -> list[Bond]:
    """Give bonds between all of some tips, each with a value of its own where none is given."""
    return [bond(a + b, *values, score=score) for a, b in combinations(tips, 2)]


def groups(bonds: list[Bond], *apart: tuple[str, str]) -> list[str]:
    """Give the groups, each as the letters of its tips."""
    return ["".join(group.tips) for group in found(bonds, *apart).groups]


def found(bonds: list[Bond], *apart: tuple[str, str]) -> Grouping:
    tips = {tip for each in bonds for tip in each.pair}
    return grouped(tips, bonds, apart)


def test_a_single_link_welds_no_two_parts_and_is_reported() -> None:
    bridge = bond("cx")
    answer = found([*clique("abc"), *clique("xyz"), bridge])
    assert [group.tips for group in answer.groups] == [("a", "b", "c"), ("x", "y", "z")]
    (cut,) = answer.cuts
    assert (cut.cause, cut.bonds, cut.score) == (Cause.LINK, (bridge,), SCORE)


def test_two_independent_links_weld() -> None:
    assert groups([*clique("abc"), *clique("xyz"), bond("cx"), bond("bx")]) == ["abcxyz"]


def test_one_bad_value_in_many_tips_welds_no_two_parts() -> None:
    bad = [bond(pair, "bad") for pair in ("bx", "by", "cx", "cy")]
    answer = found([*clique("abc"), *clique("xyz"), *bad])
    assert [group.tips for group in answer.groups] == [("a", "b", "c"), ("x", "y", "z")]
    (cut,) = answer.cuts
    assert (cut.cause, cut.value) == (Cause.VALUE, Value(kind="Email", key="bad"))
    assert [each.pair for each in cut.bonds] == [("b", "x"), ("b", "y"), ("c", "x"), ("c", "y")]
    assert groups([*clique("abc"), *clique("xyz"), *bad[:3], bond("cy", "good")]) == ["abcxyz"]


def test_one_value_that_all_share_is_a_group_and_said() -> None:
    (group,) = found(clique("abcd", "account")).groups
    assert group.tips == ("a", "b", "c", "d")
    assert group.rests_on == (Value(kind="Email", key="account"),)
    assert group.attached == ()


def test_a_single_tip_hangs_on_one_link_and_is_marked() -> None:
    answer = found([*clique("abc"), bond("cx", score=16_000)])
    (group,) = answer.groups
    assert (group.attached, group.hinges) == (("x",), ())
    assert group.weakest is not None
    assert group.weakest.pair == ("c", "x")
    (two,) = found([bond("ab")]).groups
    assert two.attached == ("a", "b")


def test_a_single_tip_goes_where_its_link_is_strongest() -> None:
    shared = [bond(pair, "bad") for pair in ("ax", "sa", "sy")]
    stronger = [*shared[:2], bond("sx", "bad", score=SCORE + 1), shared[2]]
    assert groups([*clique("abc"), *clique("xyz"), *shared]) == ["abcs", "xyz"]
    assert groups([*clique("abc"), *clique("xyz"), *stronger]) == ["abc", "sxyz"]


def test_a_tip_that_holds_parts_together_is_a_hinge() -> None:
    (group,) = found([*clique("abc"), *clique("cxy")]).groups
    assert (group.tips, group.hinges) == (("a", "b", "c", "x", "y"), ("c",))


def test_a_persons_judgement_welds() -> None:
    assert groups([*clique("abc"), *clique("xyz"), bond("cx", judged=True, score=0)]) == ["abcxyz"]


def test_not_the_same_is_not_joined_through_others() -> None:
    links = [*clique("abc", score=60_000), bond("cx"), bond("cy"), bond("by", score=17_000)]
    links.append(bond("xy", score=50_000))
    assert groups(links) == ["abcxy"]
    answer = found(links, ("a", "x"))
    assert [group.tips for group in answer.groups] == [("a", "b", "c"), ("x", "y")]
    (cut,) = answer.cuts
    assert (cut.cause, cut.pair) == (Cause.JUDGEMENT, ("a", "x"))
    assert cut.score == 2 * SCORE + 17_000
    assert not cut.against_judgement


def test_judgements_that_contradict_each_other_are_kept_apart_and_told() -> None:
    links = [bond("ab", judged=True, score=9), bond("bc", judged=True, score=8)]
    answer = found(links, ("c", "a"))
    assert [group.tips for group in answer.groups] == [("a", "b"), ("c",)]
    assert answer.cuts[0].against_judgement


def test_a_judgement_outweighs_all_links() -> None:
    links = [bond("ab", judged=True, score=0), *clique("bcd"), bond("ac"), bond("ad")]
    assert groups(links, ("a", "c")) == ["abd", "c"]
    closer = [each for each in links if each.pair != ("c", "d")] + [bond("cd", score=90_000)]
    assert groups(closer, ("a", "c")) == ["ab", "cd"]


def test_a_bond_needs_what_it_would_not_be_strong_without() -> None:
    values = [
        Value(kind="Email", key="a"),
        Value(kind="Phone", key="b"),
        Value(kind="Url", key="c"),
    ]
    counted = list(zip(values, (12_000, 6_000, 500), strict=True))
    made = bond_of("y", "x", score=18_500, strong=15_000, counted=counted)
    assert made.pair == ("x", "y")
    assert made.needs == frozenset(values[:2])
    judged = bond_of("y", "x", score=18_500, strong=15_000, counted=counted, judged=True)
    assert judged.needs == frozenset()


_TIPS = "abcdefgh"
_PAIRS = ["".join(pair) for pair in combinations(_TIPS, 2)]


@st.composite
def _cases(draw: st.DrawFn) -> tuple[list[Bond], list[tuple[str, str]]]:
    pairs = draw(st.lists(st.sampled_from(_PAIRS), unique=True, max_size=18))
    bonds = [
        bond(
            pair,
            *draw(st.lists(st.sampled_from("uvw"), min_size=1, max_size=2, unique=True)),
            score=draw(st.integers(15_500, 15_504)),
            judged=draw(st.integers(0, 9)) == 0,
        )
        for pair in pairs
    ]
    apart = draw(st.lists(st.sampled_from(_PAIRS), unique=True, max_size=2))
    return bonds, [(pair[0], pair[1]) for pair in apart]


@given(_cases(), st.integers(0, 1000))
def test_whatever_the_links_are(case: tuple[list[Bond], list[tuple[str, str]]], seed: int) -> None:
    bonds, apart = case
    answer = grouped(_TIPS, bonds, apart)
    assert sorted(tip for group in answer.groups for tip in group.tips) == list(_TIPS)
    for first, second in apart:
        assert answer.group_of(first) is not answer.group_of(second)
    for group in answer.groups:
        _require_held(list(group.bonds), group.tips)
    dice = random.Random(seed)
    shuffled = dice.sample(bonds, len(bonds))
    turned = [pair[::-1] for pair in dice.sample(apart, len(apart))]
    assert grouped(reversed(_TIPS), shuffled, turned) == answer


def _require_held(bonds: list[Bond], tips: tuple[str, ...]) -> None:
    """Find, by trying each link and value in turn, that none alone holds two parts together."""
    assert len(_sizes(bonds, tips)) == 1
    for each in bonds:
        if not each.judged:
            assert sum(n > 1 for n in _sizes([b for b in bonds if b is not each], tips)) <= 1
    for value in {value for each in bonds for value in each.needs}:
        assert sum(n > 1 for n in _sizes([b for b in bonds if value not in b.needs], tips)) <= 1


def _sizes(bonds: list[Bond], tips: tuple[str, ...]) -> list[int]:
    graph: nx.Graph[str] = nx.Graph([each.pair for each in bonds])
    graph.add_nodes_from(tips)
    return [len(part) for part in nx.connected_components(graph)]

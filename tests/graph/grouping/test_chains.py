"""Chains: the weakest link decides, bounds are kept, detours are left out."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.grouping.bonds import Value
from graph.grouping.chains import Chains, Hop, best_chains

Hops = dict[tuple[str, str], Hop]


def hops(*links: tuple[str, int, int] | tuple[str, int, int, str]) -> Hops:
    """Give links: two letters, place of the grade, score, and what leads (its own when none)."""
    made: Hops = {}
    for pair, rank, score, *leads in links:
        value = Value(kind="Email", key=str(leads[0]) if len(leads) > 0 else pair)
        made[(pair[0], pair[1])] = Hop(rank=rank, score=score, leads=value)
    return made


def best(links: Hops, *, most: int = 9, longest: int = 4, most_steps: int = 10_000) -> Chains:
    return best_chains(links, ("a", "z"), most=most, longest=longest, most_steps=most_steps)


def words(found: Chains) -> list[str]:
    return ["".join(chain) for chain in found.chains]


def test_a_longer_chain_of_strong_links_stands_before_a_weak_short_one() -> None:
    links = hops(("az", 2, 7), ("am", 0, 20), ("mz", 0, 16))
    assert words(best(links)) == ["amz", "az"]


def test_of_one_grade_the_shorter_then_the_stronger_then_the_key() -> None:
    links = hops(
        ("ab", 0, 30), ("bc", 0, 30), ("cz", 0, 30),
        ("am", 0, 20), ("mz", 0, 17),
        ("an", 0, 18), ("nz", 0, 18),
        ("ao", 0, 18), ("oz", 0, 19),
    )  # fmt: skip
    assert words(best(links)) == ["anz", "aoz", "amz", "abcz"]
    assert words(best(links, most=2)) == ["anz", "aoz"]


def test_no_chain_is_longer_than_asked() -> None:
    links = hops(("ab", 0, 9), ("bc", 0, 9), ("cz", 0, 9))
    assert words(best(links, longest=2)) == []
    assert words(best(links, longest=3)) == ["abcz"]


def test_a_value_that_leads_two_links_is_no_second_chain() -> None:
    links = hops(("am", 0, 20, "x"), ("mz", 0, 20, "x"), ("az", 0, 20, "x"))
    assert words(best(links)) == ["az"]
    assert best(links).detours == ("m",)
    other = hops(("am", 0, 20, "x"), ("mz", 0, 20, "y"), ("az", 0, 20, "x"))
    assert words(best(other)) == ["az", "amz"]
    assert best(other).detours == ()
    # Without the short chain, or with a weaker one, the longer one tells something.
    assert words(best(hops(("am", 0, 20, "x"), ("mz", 0, 20, "x")))) == ["amz"]
    weaker = hops(("am", 0, 20, "x"), ("mz", 0, 20, "x"), ("az", 1, 11, "x"))
    assert words(best(weaker)) == ["amz", "az"]


def test_a_search_that_was_cut_short_says_so() -> None:
    links = hops(*((f"a{m}", 0, 20) for m in "bcdefg"), *((f"{m}z", 0, 20) for m in "bcdefg"))
    assert not best(links).exhausted
    found = best(links, most_steps=3)
    assert found.exhausted
    assert len(found.chains) < 6


_PAIRS = ["".join(pair) for pair in combinations("abcdz", 2)]
_LINKS = st.lists(
    st.tuples(st.sampled_from(_PAIRS), st.integers(0, 2), st.integers(5, 9)),
    unique_by=lambda link: link[0],
)


@given(_LINKS, st.integers(1, 4), st.integers(0, 1000))
def test_every_chain_is_found_in_order_whatever_the_order_of_the_links(
    links: list[tuple[str, int, int]], longest: int, seed: int
) -> None:
    found = best(hops(*links), most=1000, longest=longest)
    assert words(found) == sorted(_all(hops(*links), longest), key=lambda w: _rank(hops(*links), w))
    shuffled = random.Random(seed).sample(links, len(links))
    assert best(hops(*shuffled), most=1000, longest=longest) == found


def _all(links: Hops, longest: int) -> list[str]:
    """Give every simple chain, by walking them all."""
    whole: list[str] = []
    begun = ["a"]
    while len(begun) > 0:
        word = begun.pop()
        for pair in links:
            if word[-1] in pair:
                other = pair[1] if pair[0] == word[-1] else pair[0]
                if other == "z" and len(word) <= longest:
                    whole.append(word + other)
                elif other not in word and other != "z" and len(word) < longest:
                    begun.append(word + other)
    return whole


def _rank(links: Hops, word: str) -> tuple[int, int, int, str]:
    steps = [links[(min(pair), max(pair))] for pair in pairwise(word)]
    return (max(s.rank for s in steps), len(steps), -min(s.score for s in steps), word)

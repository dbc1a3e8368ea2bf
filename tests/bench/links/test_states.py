"""What counting finds in corpora whose answer can be worked out by hand."""

from __future__ import annotations

from bench.links.states import found_states, measured, total
from graph.identifiers.core import IdentifierKind
from graph.statements import Assertion
from tests.bench.links.corpora import corpus
from tests.deliveries import email, says

NAME = "chatterbox|redfox"
_NAME = IdentifierKind.SCREEN_NAME


def _tip(number: int, *more: Assertion) -> list[Assertion]:
    account = says(IdentifierKind.ACCOUNT, f"chatterbox||a{number}")
    return [account, email(f"e{number}@example.com"), *more]


def test_a_name_of_strangers_is_found_and_one_persons_is_not() -> None:
    own = says(_NAME, "chatterbox|onlyone")
    tips = {f"1{n:03}": _tip(n, says(_NAME, NAME)) for n in range(12)}
    tips |= {f"2{n:03}": _tip(100 + n, own, email("same@example.com")) for n in range(20)}
    given = corpus(tips, {"one": [number for number in tips if number.startswith("2")]})
    assert {value: f.state for value, f in found_states(given).items()} == {(_NAME, NAME): "shared"}
    shared, viral = measured(given)
    assert (shared.right, shared.wrong, shared.missed) == (1, 0, 0)
    assert shared.one_person == 2
    assert (shared.precision, shared.recall) == (1.0, 1.0)
    assert (viral.right, viral.wrong, viral.missed) == (0, 0, 0)
    assert total([shared, shared]).right == 2


def test_what_is_found_wrongly_lowers_the_precision() -> None:
    """Nothing in these tips shows that they are one person's, and the truth says so."""
    tips = {f"1{n:03}": _tip(n, says(_NAME, NAME)) for n in range(12)}
    given = corpus(tips, {"one": list(tips)})
    shared, _ = measured(given)
    assert (shared.right, shared.wrong, shared.precision) == (0, 1, 0.0)
    assert shared.names == (f"wrong ScreenName {NAME}",)

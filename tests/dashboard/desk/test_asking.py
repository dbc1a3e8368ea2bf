"""A question to check: its lines, what it lacks, its digest."""

from __future__ import annotations

from dashboard.desk import asking
from dashboard.desk.asking import Asking, lacking, typed_lines
from graph.casework.purposes import CHECK, PURPOSES
from graph.casework.vocabulary import listed
from graph.identifiers.core import IdentifierKind


def test_the_closed_list_is_the_cores() -> None:
    core = {key for key, purpose in PURPOSES.items() if CHECK in purpose.used_for}
    assert set(asking.PURPOSES) == core


def test_every_kind_may_be_chosen() -> None:
    assert set(asking.KINDS) <= {kind.value for kind in IdentifierKind}, listed(IdentifierKind)


def test_each_line_is_an_identifier_and_empty_ones_say_nothing() -> None:
    assert typed_lines(" a@example.com \r\n\n\t\nb@example.com") == (
        "a@example.com",
        "b@example.com",
    )
    assert typed_lines(" \n ") == ()


def test_nothing_is_asked_without_investigation_purpose_and_lines() -> None:
    whole = {"investigation": "A-1", "purpose": "cybertip", "lines": ["x"]}
    assert lacking(**whole) is None  # type: ignore[arg-type]
    lacks: tuple[dict[str, object], ...] = (
        {"investigation": None},
        {"investigation": " "},
        {"purpose": None},
        {"lines": []},
        {"lines": ["x"] * (asking.MOST_LINES + 1)},
        {"lines": ["x" * (asking.LONGEST + 1)]},
    )
    for missing in lacks:
        assert lacking(**{**whole, **missing}) is not None, missing  # type: ignore[arg-type]


def test_the_digest_tells_questions_apart_and_stays() -> None:
    first = Asking(investigation="A-1", purpose="cybertip", way="lines", lines=("a", "b"))
    same = Asking(investigation="A-1", purpose="cybertip", way="lines", lines=("a", "b"))
    assert first.digest == same.digest
    # printf '{"investigation":"A-1","kind":null,…}' | sha256sum
    assert first.digest == "b4f14fb54f8a441803a0ba77d44f7be32d056e05e085302b97b6e0e53c6e8d8a"
    others = [
        Asking(investigation="A-2", purpose="cybertip", way="lines", lines=("a", "b")),
        Asking(investigation="A-1", purpose="review", way="lines", lines=("a", "b")),
        Asking(investigation="A-1", purpose="cybertip", way="lines", lines=("b", "a")),
        Asking(investigation="A-1", purpose="cybertip", way="lines", lines=("ab",)),
        Asking(investigation="A-1", purpose="cybertip", way="tip", lines=("a", "b")),
        Asking(investigation="A-1", purpose="cybertip", way="lines", lines=("a", "b"), kind="Url"),
    ]
    assert len({first.digest, *(other.digest for other in others)}) == 1 + len(others)

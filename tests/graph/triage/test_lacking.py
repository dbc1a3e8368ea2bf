"""What a tip does not state, and that no name of it is part of another one's."""

from __future__ import annotations

import pytest

from graph.fold import fold
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.statements import Assertion, FileStatement, Statement, TipFacts
from graph.tip_state import Version
from graph.triage.lacking import Lack, lacks_of
from tests.deliveries import says


def lacking(*assertions: Assertion, files: tuple[FileStatement, ...] = ()) -> set[Lack]:
    said = Statement(facts=TipFacts(countries=("US",)), files=files, assertions=assertions)
    version = Version(key="v", part="p", document="d", issued_us=1, statement=said)
    return {Lack(name) for name in lacks_of(fold([version]))}


def address(**more: object) -> Assertion:
    return says(IdentifierKind.IP_ADDRESS, "198.18.0.1", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stated", "missing"),
    [
        ((), {Lack.ADDRESS}),
        ((address(role=Role.VICTIM),), {Lack.ADDRESS}),
        ((address(),), {Lack.TIME, Lack.PORT}),
        ((address(at_us=5),), {Lack.PORT}),
        ((address(earliest_us=5, port=443),), set()),
        ((address(port=443), address(at_us=5, path="other")), set()),
    ],
)
def test_what_is_missing(stated: tuple[Assertion, ...], missing: set[Lack]) -> None:
    assert lacking(*stated) == missing


def test_files_of_which_nothing_says_whether_they_were_viewed() -> None:
    bare = FileStatement(file_id="1", is_media=True)
    seen = FileStatement(file_id="2", is_media=True, viewed_by_esp="yes")
    assert lacking(address(at_us=5, port=1), files=(bare,)) == {Lack.VIEWED}
    assert lacking(address(at_us=5, port=1), files=(bare, seen)) == set()

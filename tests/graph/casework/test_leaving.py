"""Which claims may leave, and how many are said to stay behind."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from graph.casework.leaving import MARKINGS, kept_back, may_leave
from graph.casework.vocabulary import ClaimRole, Handling, Visibility


@dataclass(frozen=True, slots=True)
class Found:
    """What says whether a claim may leave."""

    role: str
    visibility: str
    handling: str | None


ALL = [
    Found(role, visibility, handling)
    for role, visibility, handling in product(ClaimRole, Visibility, (None, *Handling))
]


def test_open_claims_with_a_code_that_permits_leave_and_no_others() -> None:
    left = {(one.role, one.visibility, one.handling) for one in ALL if may_leave(one)}
    assert left == {
        (ClaimRole.SUSPECT, Visibility.OPEN, Handling.PERMITTED),
        (ClaimRole.OFFICER_PERSONA, Visibility.OPEN, Handling.PERMITTED),
    }
    assert {one.handling for one in ALL if may_leave(one)} == set(MARKINGS)


def test_what_is_silent_sealed_or_of_a_victim_is_in_no_count() -> None:
    assert sum(int(said.rpartition("(")[2].rstrip(").")) for said in kept_back(ALL)) == 2 * (4 + 3)
    hidden = [
        one
        for one in ALL
        if one.visibility in (Visibility.SILENT, Visibility.SEALED) or one.role == ClaimRole.VICTIM
    ]
    assert len(hidden) > 0
    assert kept_back(hidden) == ()

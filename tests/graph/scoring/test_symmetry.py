"""Bundles, many uses of one address, shared contacts: the same from both sides, roles kept."""

from __future__ import annotations

import pytest

from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.scoring.evidence import Relation
from graph.scoring.observations import Quality
from graph.scoring.pairs import weigh
from graph.scoring.weights import Grade
from tests.graph.scoring.profiles import (
    HOUR_US,
    NOON_US,
    address,
    basis,
    email,
    file_hash,
    seen,
    tip,
)


def test_a_child_of_a_bundle_stays_a_child_whoever_else_it_is_said_of() -> None:
    """`domain.md` 6, case 13: in a bundled report as in any other."""
    child = email("kid", role=Role.VICTIM, linking=False, person="victim[0]")
    told = email("kid", role=Role.MENTIONED, quality=Quality.MINED, person=None)
    for also in (told, email("kid", person="reported[0]")):
        bundle = tip(child, also, email("z", person="reported[0]"), bundled=True)
        other = tip(email("kid"), name="other")
        for own, their in ((bundle, other), (other, bundle)):
            weighed = weigh(own, their, basis())
            assert (weighed.score, weighed.grade) == (0, Grade.NONE)
            assert {e.relation for e in weighed.evidence} == {Relation.CHILD}


def test_of_a_bundle_what_is_said_of_nobody_is_not_added_up() -> None:
    said = (file_hash("md5:1", file_id="1"), email("w", role=Role.MENTIONED))
    bundle = tip(*said, bundled=True)
    other = tip(file_hash("md5:1"), email("w"), name="other")
    weighed = weigh(bundle, other, basis())
    assert [e.counted > 0 for e in weighed.evidence] == [True, False]


def test_of_many_uses_both_sides_see_the_same_ones() -> None:
    year = 400 * 24 * HOUR_US
    own = tip(address(), *(address(at_us=NOON_US - k * year) for k in range(1, 9)))
    poor = address(at_us=NOON_US + HOUR_US // 60, possible_proxy=True)
    good = address(at_us=NOON_US + HOUR_US // 12)
    late = [address(at_us=NOON_US + k * year) for k in range(1, 8)]
    other = tip(poor, good, *late, name="other")
    there, back = weigh(own, other, basis()), weigh(other, own, basis())
    assert (there.score, there.grade) == (back.score, back.grade)
    assert there.score > 0


def test_bundles_that_meet_in_two_persons_tell_the_same_one_from_both_ends() -> None:
    one = tip(email("p", person="a"), email("q", person="b"), bundled=True)
    two = tip(email("q", person="x"), email("p", person="y"), bundled=True, name="other")
    there, back = weigh(one, two, basis()), weigh(two, one, basis())
    assert {(e.value, e.counted) for e in there.evidence} == {
        (e.value, e.counted) for e in back.evidence
    }


@pytest.mark.parametrize("role", [Role.VICTIM, Role.REPORTED])
def test_a_shared_contact_that_is_no_evidence_is_no_counter_evidence(role: Role) -> None:
    number = "+15555550100"
    state = "normal" if role is Role.VICTIM else "shared"
    phone = seen(IdentifierKind.PHONE, number, state=state)
    also = seen(IdentifierKind.PHONE, number, state=state, role=role, linking=False)
    traits = frozenset({f"states:Phone|{number}"})
    one = tip(email("e"), phone, also, traits=traits)
    two = tip(email("e"), phone, traits=traits, name="other")
    weighed = weigh(one, two, basis())
    assert all(e.relation is not Relation.AGAINST for e in weighed.evidence)
    other = tip(email("e"), traits=frozenset({"states:Phone|+15555550101"}), name="other")
    assert "phone.differs" in {e.name for e in weigh(one, other, basis()).evidence}
    # What an older Crosstip recorded does not say which contacts they are.
    old = tip(email("e"), traits=frozenset({"states:Phone"}), name="other")
    assert all(e.relation is not Relation.AGAINST for e in weigh(one, old, basis()).evidence)

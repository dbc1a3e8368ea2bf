"""Overlaps: who meets whom and through what; what many share makes nobody meet."""

from __future__ import annotations

import pytest

from graph.errors import RowError
from graph.identifiers.core import Identifier, IdentifierKind, IdentifierState
from graph.roles import LINKING_ROLES, Role
from graph.services.investigation_pages import list_investigations
from graph.services.investigations import (
    AgencyFacts,
    ClaimFacts,
    enter_agencies,
    enter_claims,
)
from graph.services.links import NO_SNAPSHOT
from graph.services.overlaps import Overlaps, find_overlaps
from graph.services.recording import record
from graph.services.snapshot import take_snapshot
from graph.services.states import set_state
from graph.services.withdrawal import withdraw
from graph.store import Store
from tests.deliveries import delivery, email, says
from tests.stores import RunningStore

EMAIL, ADDRESS = IdentifierKind.EMAIL, IdentifierKind.IP_ADDRESS


@pytest.fixture
def agencies(store: Store) -> Store:
    """Two agencies and one more unit of the first."""
    facts = [AgencyFacts(key=k, name=k.upper(), kind="task force") for k in ("north", "south")]
    enter_agencies(store, facts, actor="test")
    return store


def claim(
    agency: str,
    reference: str,
    key: str,
    *,
    kind: IdentifierKind = EMAIL,
    role: str = "suspect",
    status: str = "open",
    state: IdentifierState = IdentifierState.NORMAL,
) -> ClaimFacts:
    return ClaimFacts(
        agency=agency,
        reference=reference,
        title=None,
        status=status,
        opened_us=None,
        contact=None,
        identifier=Identifier(kind=kind, key=key, display=key, state=state),
        role=role,
    )


def pairs(answer: Overlaps) -> set[tuple[str, str]]:
    return {(o.first.reference, o.second.reference) for o in answer.overlaps}


def test_two_agencies_that_claim_one_identifier_overlap(agencies: Store) -> None:
    enter_claims(
        agencies,
        [
            claim("north", "N1", "x@example.com"),
            claim("south", "S1", "x@example.com"),
            claim("south", "S2", "y@example.com"),
        ],
        actor="test",
    )
    answer = find_overlaps(agencies)
    assert pairs(answer) == {("N1", "S1")}
    assert answer.overlaps[0].is_direct
    assert answer.overlaps[0].meetings[0].tip is None


def test_one_agency_does_not_overlap_with_itself(agencies: Store) -> None:
    claims = [claim("north", "N1", "x@example.com"), claim("north", "N2", "x@example.com")]
    enter_claims(agencies, claims, actor="test")
    assert find_overlaps(agencies).overlaps == ()


def test_closed_investigations_do_not_overlap(agencies: Store) -> None:
    claims = [
        claim("north", "N1", "x@example.com"),
        claim("south", "S1", "x@example.com", status="closed"),
    ]
    enter_claims(agencies, claims, actor="test")
    assert find_overlaps(agencies).overlaps == ()


def test_a_tip_brings_two_agencies_together_and_is_no_hit(agencies: Store) -> None:
    claims = [claim("north", "N1", "x@example.com"), claim("south", "S1", "y@example.com")]
    enter_claims(agencies, claims, actor="test")
    both = delivery("1", [email("x@example.com"), email("y@example.com")], urgency=0)
    record(agencies, [both], actor="test")
    answer = find_overlaps(agencies)
    assert pairs(answer) == {("N1", "S1")}
    assert not answer.overlaps[0].is_direct
    assert answer.overlaps[0].urgency == 0
    assert "no hit" in answer.overlaps[0].meetings[0].sentence
    withdraw(agencies, "ncmec:1", why="test", actor="test")
    assert find_overlaps(agencies).overlaps == ()


def test_two_linked_tips_bring_two_agencies_together(agencies: Store) -> None:
    claims = [claim("north", "N1", "x@example.com"), claim("south", "S1", "y@example.com")]
    enter_claims(agencies, claims, actor="test")
    series = says(IdentifierKind.FILE_HASH, "md5:7", role=Role.FILE)
    record(
        agencies,
        [
            delivery("1", [email("x@example.com"), series]),
            delivery("2", [email("y@example.com"), series]),
        ],
        actor="test",
    )
    meeting = find_overlaps(agencies).overlaps[0].meetings[0]
    assert meeting.tip is not None
    assert meeting.second_tip is not None
    assert {meeting.tip.key, meeting.second_tip.key} == {"ncmec:1", "ncmec:2"}
    assert meeting.bridge_identifier == "md5:7"


def test_a_value_that_many_share_is_of_low_value(agencies: Store) -> None:
    claims = [
        claim("north", "N1", "198.18.0.1", kind=ADDRESS),
        claim("south", "S1", "198.18.0.1", kind=ADDRESS),
    ]
    enter_claims(agencies, claims, actor="test")
    shared = says(ADDRESS, "198.18.0.1")
    record(agencies, [delivery(str(n), [shared]) for n in range(10)], actor="test")
    # What weighs is the snapshot: until one is taken every value counts as rare, and this is said.
    uncounted = find_overlaps(agencies)
    assert len(uncounted.overlaps) == 1
    assert NO_SNAPSHOT in uncounted.cut_off
    take_snapshot(agencies, actor="test")
    answer = find_overlaps(agencies)
    assert answer.overlaps == ()
    assert len(answer.low_value) == 1
    assert NO_SNAPSHOT not in answer.cut_off
    sentence = answer.low_value[0].meetings[0].sentence
    assert "between 8 and 15 tips held it" in sentence
    # One more tip changes nothing that others may read before the next snapshot.
    record(agencies, [delivery("99", [shared])], actor="test")
    assert find_overlaps(agencies).low_value == answer.low_value


X, Y = "x@example.com", "y@example.com"


def test_case_13_a_childs_address_in_a_tip_is_protective_and_no_overlap(agencies: Store) -> None:
    """Whatever else the tip says of it: the narrative repeats it as somebody mentioned."""
    enter_claims(agencies, [claim("north", "N1", X), claim("south", "S1", Y)], actor="test")
    told = [email(X, role=Role.VICTIM), email(X, path="notes"), email(Y)]
    record(agencies, [delivery("1", told)], actor="test")
    answer = find_overlaps(agencies)
    assert answer.overlaps == ()
    (pair,) = answer.protective
    assert "child" in pair.meetings[0].sentence


def test_case_12_a_reporting_persons_address_makes_no_overlap(agencies: Store) -> None:
    enter_claims(agencies, [claim("north", "N1", X), claim("south", "S1", Y)], actor="test")
    told = [email(X, role=Role.REPORTER), email(X, path="notes"), email(Y)]
    record(agencies, [delivery("1", told)], actor="test")
    answer = find_overlaps(agencies)
    assert (answer.overlaps, answer.protective) == ((), ())
    assert any("reporting person" in sentence for sentence in answer.cut_off)


@pytest.mark.parametrize(
    ("role", "more", "overlaps", "protective"),
    [
        (Role.REPORTED, None, 1, 0),
        (Role.INTENDED_RECIPIENT, None, 1, 0),
        # Only one tip's child: never deconflicted, as nothing of it links (case 13).
        (Role.VICTIM, None, 0, 0),
        (Role.VICTIM, Role.ASSOCIATED, 0, 1),
        (Role.REPORTER, Role.ASSOCIATED, 0, 0),
        (Role.LAW_ENFORCEMENT, Role.ASSOCIATED, 0, 0),
    ],
)
def test_two_tips_meet_over_what_links_them_by_the_rule_of_links(
    agencies: Store, role: Role, more: Role | None, overlaps: int, protective: int
) -> None:
    enter_claims(agencies, [claim("north", "N1", X), claim("south", "S1", Y)], actor="test")
    said = [email("z@example.com", role=role, linking=role in LINKING_ROLES)]
    said += [email("z@example.com", role=more, path="notes")] if more is not None else []
    tips = [delivery("1", [email(X), email("z@example.com")]), delivery("2", [email(Y), *said])]
    record(agencies, tips, actor="test")
    answer = find_overlaps(agencies)
    assert (len(answer.overlaps), len(answer.protective)) == (overlaps, protective)


def test_a_claimed_value_that_a_person_calls_shared_is_said_not_to_be_walked(
    agencies: Store,
) -> None:
    enter_claims(agencies, [claim("north", "N1", X), claim("south", "S1", Y)], actor="test")
    record(agencies, [delivery("1", [email(X), email(Y)])], actor="test")
    assert len(find_overlaps(agencies).overlaps) == 1
    set_state(agencies, EMAIL, X, state="shared", why="a club's", actor="ann")
    answer = find_overlaps(agencies)
    assert answer.overlaps == ()
    assert any("shared by strangers" in sentence for sentence in answer.cut_off)


def test_a_carrier_address_is_of_low_value(agencies: Store) -> None:
    shared = IdentifierState.SHARED
    claims = [
        claim("north", "N1", "100.64.0.1", kind=ADDRESS, state=shared),
        claim("south", "S1", "100.64.0.1", kind=ADDRESS, state=shared),
    ]
    enter_claims(agencies, claims, actor="test")
    assert len(find_overlaps(agencies).low_value) == 1


def test_the_same_victim_is_protective_and_no_subject(agencies: Store) -> None:
    claims = [
        claim("north", "N1", "x@example.com", role="victim"),
        claim("south", "S1", "x@example.com", role="victim"),
    ]
    enter_claims(agencies, claims, actor="test")
    answer = find_overlaps(agencies)
    assert answer.overlaps == ()
    assert len(answer.protective) == 1


def test_a_corrected_role_counts_and_two_roles_in_one_file_are_refused(agencies: Store) -> None:
    suspects = [claim("north", "N1", "x@example.com"), claim("south", "S1", "x@example.com")]
    victims = [
        claim("north", "N1", "x@example.com", role="victim"),
        claim("south", "S1", "x@example.com", role="victim"),
    ]
    enter_claims(agencies, suspects, actor="test")
    assert len(find_overlaps(agencies).overlaps) == 1
    assert enter_claims(agencies, victims, actor="test") == 0
    answer = find_overlaps(agencies)
    assert (len(answer.overlaps), len(answer.protective)) == (0, 1)
    with pytest.raises(RowError, match="two roles"):
        enter_claims(agencies, [suspects[0], victims[0]], actor="test")


def test_what_was_not_looked_at_is_said(agencies: Store) -> None:
    claims = [claim("north", "N1", "x@example.com"), claim("south", "S1", "y@example.com")]
    enter_claims(agencies, claims, actor="test")
    both = [email("x@example.com"), email("y@example.com")]
    record(agencies, [delivery(str(n), both) for n in range(21)], actor="test")
    answer = find_overlaps(agencies)
    assert answer.overlaps == ()
    assert len(answer.cut_off) == 1
    assert answer.cut_off[0].startswith("2 claimed identifiers are mentioned by too many tips")


def test_claims_are_entered_once(agencies: Store, running_store: RunningStore) -> None:
    claims = [claim("north", "N1", "x@example.com"), claim("north", "N1", "y@example.com")]
    assert enter_claims(agencies, claims, actor="test") == 2
    assert enter_claims(agencies, claims, actor="test") == 0
    assert running_store.rows("MATCH (x:Email) RETURN x.claim_count") == [(1,), (1,)]
    assert [i.claim_total for i in list_investigations(agencies)] == [2]


def test_an_investigation_needs_its_agency(agencies: Store, running_store: RunningStore) -> None:
    with pytest.raises(RowError, match="not entered"):
        enter_claims(agencies, [claim("west", "W1", "x@example.com")], actor="test")
    assert running_store.rows("MATCH (c:Claim) RETURN count(c)") == [(0,)]

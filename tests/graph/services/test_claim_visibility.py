"""What another agency sees of claims, by visibility; and what colleagues see of sealed ones."""

from __future__ import annotations

from typing import Any

import pytest

from graph.casework.caller import Caller
from graph.casework.terms import LONGEST_SILENCE_US
from graph.casework.vocabulary import ClaimRole, Visibility
from graph.errors import NotFoundError, RightsError, RowError
from graph.services.audit_reads import ReadLog
from graph.services.case_access import list_cases, show_case
from graph.services.claim_access import list_claims, list_due, show_claim
from graph.services.claim_entry import claim
from graph.services.claims import ClaimEdit, edit_claim, show_to_others
from graph.services.overlaps import find_overlaps
from graph.services.purging import purge_claim
from graph.services.search import search
from graph.store import Store
from tests.graph.services.casework import case, claimed, draft, shown_to
from tests.graph.services.people import DAY_US, later, staff
from tests.stores import RunningStore

V = Visibility


def pointed(store: Store, caller: Caller, key: str = "x@example.com") -> list[tuple[str, str]]:
    """Give agency and visibility of the pointers that a caller gets for an address."""
    found = shown_to(caller, store, key)
    return [(row.agency, row.visibility) for row in found]


@pytest.mark.parametrize("visibility", list(V))
def test_others_get_pointers_of_open_and_pointer_claims_only(
    store: Store, visibility: Visibility
) -> None:
    people = staff(store, "north", "south")
    boss = people["boss.north"]
    key = case(boss, store)
    wanted: dict[Visibility, dict[str, Any]] = {
        V.SILENT: {"silent_until_us": boss.as_of_us + DAY_US},
        V.SEALED: {"sealed_to": "chief.north"},
    }
    (ref,) = claimed(boss, store, key, draft(visibility=visibility, **wanted.get(visibility, {})))
    is_shown = visibility in (V.OPEN, V.POINTER)
    other = people["lead.south"]
    assert pointed(store, other) == ([("north", visibility.value)] if is_shown else [])
    assert pointed(store, other, "y@example.com") == []
    assert pointed(store, people["lead.north"]) == [], "one's own claims are no hits"
    reads = ReadLog(store)
    answers = set()
    for name in (ref, "0" * 32):
        with pytest.raises(NotFoundError) as caught:
            show_claim(other, store, ref=name, reads=reads)
        answers.add(str(caught.value))
        with pytest.raises(NotFoundError) as caught:
            edit_claim(other, store, ref=name, expected=1, edit=ClaimEdit())
        answers.add(str(caught.value))
        with pytest.raises(NotFoundError) as caught:
            purge_claim(people["boss.south"], store, ref=name, why="x")
        answers.add(str(caught.value))
    assert len(answers) == 1
    soon = other.as_of_us + 400 * DAY_US
    assert list_due(other, store, before_us=soon, reads=reads) == ()


def test_colleagues_see_nothing_of_what_is_sealed_to_another(store: Store) -> None:
    people = staff(store, "north")
    lead, boss, chief = people["lead.north"], people["boss.north"], people["chief.north"]
    key = case(lead, store)
    sealed = draft(visibility=V.SEALED, sealed_to="chief.north")
    (ref,) = claimed(lead, store, key, sealed)
    reads = ReadLog(store)
    for who, sees in ((lead, 1), (chief, 1), (boss, 0), (people["deputy.north"], 0)):
        assert len(list_claims(who, store, investigation=key, reads=reads)) == sees
        assert show_case(who, store, key=key, reads=reads).claim_total == sees
        assert [row.claim_total for row in list_cases(who, store, reads=reads)] == [sees]
    with pytest.raises(NotFoundError):
        show_to_others(boss, store, ref=ref, expected=1, visibility=V.OPEN)
    # A colleague who claims the same meets nothing: the answer is that of a first claim.
    (line,) = claim(boss, store, investigation=key, drafts=[draft()])
    assert line.outcome == "claimed"
    (line,) = claim(boss, store, investigation=key, drafts=[draft()])
    assert line.outcome == "claimed before"


def test_a_claim_that_is_sealed_later_is_in_nobodys_way_either(store: Store) -> None:
    people = staff(store, "north")
    lead, boss = people["lead.north"], people["boss.north"]
    key = case(lead, store)
    (ref,) = claimed(lead, store, key, draft())
    show_to_others(lead, store, ref=ref, expected=1, visibility=V.SEALED, sealed_to="chief.north")
    (line,) = claim(boss, store, investigation=key, drafts=[draft()])
    assert line.outcome == "claimed"
    again = show_to_others(lead, store, ref=ref, expected=2, visibility=V.POINTER)
    assert again.version == 3


def test_silence_is_a_supervisors_and_ends(store: Store) -> None:
    people = staff(store, "north", "south")
    lead, boss, other = people["lead.north"], people["boss.north"], people["lead.south"]
    key = case(lead, store)
    (line,) = claim(
        lead,
        store,
        investigation=key,
        drafts=[draft(visibility=V.SILENT, silent_until_us=lead.as_of_us + DAY_US)],
    )
    assert "approved by a supervisor" in str(line.reason)
    (ref,) = claimed(lead, store, key, draft())
    for until_us in (None, boss.as_of_us, boss.as_of_us + LONGEST_SILENCE_US + 1):
        with pytest.raises(RowError, match="180 days"):
            show_to_others(
                boss, store, ref=ref, expected=1, visibility=V.SILENT, silent_until_us=until_us
            )
    end = boss.as_of_us + LONGEST_SILENCE_US
    show_to_others(boss, store, ref=ref, expected=1, visibility=V.SILENT, silent_until_us=end)
    row = show_claim(lead, store, ref=ref, reads=ReadLog(store))
    assert (row.approved_by, row.silent_until_us) == ("boss.north", end)
    assert pointed(store, later(other, LONGEST_SILENCE_US - 1)) == []
    assert pointed(store, later(other, LONGEST_SILENCE_US)) == [("north", "silent")]
    with pytest.raises(NotFoundError, match="no supervisor in service"):
        show_to_others(
            boss, store, ref=ref, expected=2, visibility=V.SEALED, sealed_to="boss.south"
        )


def test_an_officers_persona_is_silent_from_the_start_and_stays_so(store: Store) -> None:
    people = staff(store, "north", "south")
    lead, other = people["lead.north"], people["lead.south"]
    key = case(lead, store)
    persona = draft(role=ClaimRole.OFFICER_PERSONA, predicate=None)
    (ref,) = claimed(lead, store, key, persona)
    assert pointed(store, other) == []
    assert pointed(store, later(other, LONGEST_SILENCE_US + DAY_US)) == []
    with pytest.raises(RightsError, match="by a supervisor only"):
        show_to_others(lead, store, ref=ref, expected=1, visibility=V.POINTER)
    (known,) = claimed(lead, store, key, draft("y@example.com"))
    edit_claim(lead, store, ref=known, expected=1, edit=ClaimEdit(role=ClaimRole.OFFICER_PERSONA))
    assert pointed(store, other, "y@example.com") == []
    with pytest.raises(RowError, match="persona stays one"):
        edit_claim(lead, store, ref=known, expected=2, edit=ClaimEdit(role=ClaimRole.SUSPECT))


def test_a_victims_identifier_is_no_hit_for_anybody(store: Store) -> None:
    people = staff(store, "north", "south")
    lead = people["lead.north"]
    child = draft(role=ClaimRole.VICTIM, predicate=None, visibility=V.OPEN)
    claimed(lead, store, case(lead, store), child)
    assert pointed(store, people["lead.south"]) == []


def test_case_39_answers_without_a_caller_know_no_silent_or_sealed_claim(
    running_store: RunningStore,
) -> None:
    """As of today: the callers of these tests live in 2023, what they claim has lapsed now."""
    from graph.clock import now_us

    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    for name in ("boss.north", "boss.south"):
        boss = people[name]
        key = case(boss, store)
        hidden = draft(visibility=V.SEALED, sealed_to=f"chief.{boss.agency}")
        silent = draft("y@example.com", visibility=V.SILENT, silent_until_us=boss.as_of_us + DAY_US)
        claimed(boss, store, key, hidden, silent)
    assert find_overlaps(store).overlaps == ()
    for key in ("x@example.com", "y@example.com"):
        assert search(store, key).found == search(store, "z@example.com").found == ()
    boss = people["boss.north"]
    claimed(boss, store, case(boss, store, "2"), draft("y@example.com"))
    (found,) = search(store, "y@example.com").found
    assert (found.identifier.claim_count, len(found.claims)) == (1, 1)
    assert find_overlaps(store).overlaps == ()

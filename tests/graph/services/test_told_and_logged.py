"""Who was told is on record, sealed letters stay sealed, and no log holds a typed name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.casework.caller import Caller
from graph.casework.vocabulary import ClaimRole, Visibility
from graph.errors import NotFoundError, RightsError, RowError, StoreRefusedError
from graph.services import watch
from graph.services.audit_reads import ReadLog
from graph.services.case_access import list_cases
from graph.services.cases import NewCase, close_case, hand_over, open_case
from graph.services.claim_access import list_claims, recipients_of, show_claim
from graph.services.claims import validate_claim
from graph.services.notices import list_dead, retry
from graph.services.purging import purge_claim
from graph.services.users import UserChange, change_user
from graph.services.whole import halved, whole
from graph.store import Store
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import staff
from tests.stores import RunningStore

_TYPED = "suspect-7@example.com"


def told_of(store: Store, ref: str, owner: str) -> tuple[str, ...]:
    """Give the agencies that received a claim."""
    return store.reading(lambda unit: recipients_of(unit, ref, owner=owner), name="test")


def test_whoever_was_told_by_a_conflict_or_a_notice_received_the_claim(store: Store) -> None:
    people = staff(store, "north", "south")
    north, south = people["boss.north"], people["boss.south"]
    sealed = {"visibility": Visibility.SEALED, "sealed_to": "chief.north"}
    child = {"role": ClaimRole.VICTIM, "predicate": None}
    mine = claimed(
        north, store, case(north, store), draft("a@example.com"),
        draft("b@example.com", **sealed), draft("c@example.com", **child),
    )  # fmt: skip
    theirs = claimed(
        south, store, case(south, store), draft("a@example.com"), draft("b@example.com"),
        draft("c@example.com", **child), draft("d@example.com"),
    )  # fmt: skip
    assert [told_of(store, ref, "north") for ref in mine] == [("south",), (), ("south",)]
    received = [told_of(store, ref, "south") for ref in theirs]
    assert received == [("north",), ("north",), ("north",), ()]
    for identifying in ("It was a@example.com.", "It was A EXAMPLE com.", "Call 555-0123."):
        with pytest.raises(RowError, match="holds no identifiers"):
            purge_claim(north, store, ref=mine[0], why=identifying)
    assert purge_claim(north, store, ref=mine[0], why="An error.").to_tell == ("south",)


def test_a_dead_letter_about_a_sealed_claim_is_the_named_supervisors(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south")
    north, south = people["boss.north"], people["lead.south"]
    sealed = draft(visibility=Visibility.SEALED, sealed_to="chief.north")
    claimed(north, store, case(north, store), sealed, draft("open@example.com"))
    claimed(south, store, case(south, store), draft(), draft("open@example.com"))
    running_store.rows("MATCH (n:Notification) SET n.mail = 'dead', n.attempts = 12")
    reads = ReadLog(store)

    def seen(who: str) -> int:
        return len(list_dead(people[who], store, reads=reads))

    assert (seen("chief.north"), seen("boss.north"), seen("ops")) == (2, 1, 2)
    (key,) = (
        row[0]
        for row in running_store.rows("MATCH (n:Notification) RETURN n.key, n.recipients")
        if row[1] == ["chief.north"]
    )
    for who in ("boss.north", "ops"):
        with pytest.raises(NotFoundError):
            retry(people[who], store, key=str(key))
    assert retry(people["chief.north"], store, key=str(key)) == 1
    assert retry(people["ops"], store) == 2


def test_nothing_that_was_typed_in_the_place_of_a_name_is_in_the_log(
    running_store: RunningStore,
) -> None:
    store, reads = running_store.store, ReadLog(running_store.store)
    people = staff(store, "north")
    lead, key = people["lead.north"], f"north|{_TYPED}"
    taken = case(lead, store)

    def refused(error: type[Exception], work: Callable[[], object]) -> None:
        with pytest.raises(error):
            work()

    for name in ("admin.north", "audit.north", "lead.north"):
        who: Caller = people[name]
        error = NotFoundError if name == "lead.north" else RightsError
        refused(error, lambda w=who: show_claim(w, store, ref=_TYPED, reads=reads))  # type: ignore[misc]
        refused(error, lambda w=who: list_claims(w, store, investigation=key, reads=reads))  # type: ignore[misc]
        refused(error, lambda w=who: close_case(w, store, key=key, expected=1, why="x"))  # type: ignore[misc]
        refused(
            error,
            lambda w=who: validate_claim(w, store, ref=_TYPED, expected=1, looked_at="x"),  # type: ignore[misc]
        )
    change = UserChange(name="X")
    refused(RightsError, lambda: change_user(lead, store, key=_TYPED, expected=1, change=change))
    new = NewCase(reference=_TYPED, purpose="curiosity")
    refused(RowError, lambda: open_case(lead, store, new=new))
    why = {"lead": _TYPED, "why": "Leave."}
    refused(NotFoundError, lambda: hand_over(lead, store, key=taken, expected=1, **why))
    assert len(list_cases(lead, store, reads=reads)) == 1
    said = repr(running_store.rows("MATCH (e:AuditEntry) RETURN properties(e)"))
    assert "no right" in said
    assert _TYPED not in said


def test_what_may_have_been_cut_off_is_looked_at_in_pieces_or_not_at_all(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"a": [1, 2], "b": [3], "c": [4, 5, 6, 7]}

    def read(keys: list[str]) -> list[int]:
        return [number for key in keys for number in found[key]][:4]

    assert halved(read, ["a", "b"], most=4, what="They") == [1, 2, 3]
    assert halved(read, ["a", "b", "a"], most=4, what="They") == [1, 2, 3, 1, 2]
    with pytest.raises(StoreRefusedError, match="They are 4 or more"):
        halved(read, ["a", "c"], most=4, what="They")
    with pytest.raises(StoreRefusedError):
        whole([1, 2], most=2, what="They")
    store = running_store.store
    people = staff(store, "north", "south")
    drafts = [draft(f"{name}@example.com") for name in "abc"]
    for who in (people["lead.north"], people["lead.south"]):
        monkeypatch.setattr(watch, "MOST", 2)
        claimed(who, store, case(who, store), *drafts)
    assert running_store.rows("MATCH (r:Reason) RETURN count(r)") == [(3,)]
    monkeypatch.setattr(watch, "MOST", 1)
    with pytest.raises(StoreRefusedError, match="Nothing was changed"):
        claimed(people["boss.south"], store, case(people["boss.south"], store, "2"), drafts[0])

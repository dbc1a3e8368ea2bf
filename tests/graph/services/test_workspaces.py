"""Saved charts: what is kept, who opens it, and what of it each of them is shown."""

from __future__ import annotations

from functools import partial

import pytest

from graph.casework.caller import Caller
from graph.casework.vocabulary import Visibility
from graph.casework.workspace_rules import Drawing, Group, Kept, Shared, Thing
from graph.clock import now_us
from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.services.audit_reads import ReadLog
from graph.services.holders import release_tips
from graph.services.workspace_reading import PARTIAL, list_workspaces, show_workspace
from graph.services.workspaces import (
    change_workspace,
    drop_workspace,
    make_workspace,
    share_workspace,
)
from graph.store import Store
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import DAY_US, later, staff
from tests.graph.services.queueing import ANYBODY, take_in
from tests.stores import RunningStore


def _kept(*names: tuple[str, str], name: str = "Ring") -> Kept:
    things = tuple(
        Thing(kind=kind, key=key, x=at, y=-at, in_group=0, expanded=at == 0)
        for at, (kind, key) in enumerate(names)
    )
    groups = (Group(name="Ring A", look="orange"),)
    return Kept(name=name, note="Ask.", drawing=Drawing(things=things, groups=groups))


def _names(caller: Caller, store: Store, key: str) -> tuple[list[str], str | None]:
    view = show_workspace(caller, store, key=key, reads=ReadLog(store))
    return [thing.key for thing in view.things], view.not_shown


def _listed(caller: Caller, store: Store) -> list[str]:
    after, found = "", list[str]()
    while True:
        page = list_workspaces(caller, store, reads=ReadLog(store), after=after, limit=1)
        found += [item.name for item in page.items]
        if page.next_after is None:
            return found
        after = page.next_after


def test_each_record_is_asked_about_with_the_reader_s_rights(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, boss, south = people["lead.north"], people["boss.north"], people["boss.south"]
    own, hidden = take_in(store, 1), take_in(store, 2, holder="south", said="south@example.com")
    north_case, south_case = case(boss, store), case(south, store)
    claimed(south, store, south_case, draft("pointed@example.com"))
    end_us = south.as_of_us + DAY_US
    silent = {"visibility": Visibility.SILENT, "silent_until_us": end_us}
    claimed(south, store, south_case, draft("silent@example.com", **silent))
    sealed = {"visibility": Visibility.SEALED, "sealed_to": "chief.north"}
    claimed(boss, store, north_case, draft("sealed@example.com", **sealed))
    names = [
        *(("Tip", own), ("Tip", hidden), ("Tip", "ncmec:404")),
        *(("Email", ANYBODY), ("Email", "south@example.com"), ("Email", "pointed@example.com")),
        *(("Email", "silent@example.com"), ("Email", "sealed@example.com")),
        *(("Investigation", north_case), ("Investigation", south_case)),
        ("Investigation", "south|26-404"),
    ]
    made = make_workspace(boss, store, kept=_kept(*names))
    seen = [own, ANYBODY, "pointed@example.com"]
    cases = [north_case, south_case]
    # Its keeper entered the sealed claim; a colleague does not know of it.
    assert _names(boss, store, made.workspace) == ([*seen, "sealed@example.com", *cases], PARTIAL)
    share_workspace(boss, store, key=made.workspace, expected=1, shared=Shared.AGENCY)
    assert _names(lead, store, made.workspace) == ([*seen, *cases], PARTIAL)
    # Another agency's investigation is there by its pointer, and by nothing that is guessed.
    guess = make_workspace(lead, store, kept=_kept(("Investigation", south_case)))
    never = make_workspace(lead, store, kept=_kept(("Investigation", "south|26-404")))
    assert _names(lead, store, guess.workspace) == ([], PARTIAL)
    assert _names(lead, store, never.workspace) == ([], PARTIAL)
    whole = make_workspace(lead, store, kept=_kept(("Tip", own), ("Email", ANYBODY)))
    assert _names(lead, store, whole.workspace) == ([own, ANYBODY], None)
    release_tips(people["ops"], store, [own], agency="north")
    assert _names(lead, store, whole.workspace) == ([], PARTIAL)
    # Nothing of what is drawn is in the log, and the record goes with what it names.
    assert ANYBODY not in str(running_store.rows("MATCH (e:AuditEntry) RETURN e.object, e.outcome"))
    rows = running_store.rows("MATCH (w:Workspace) RETURN properties(w)")
    assert ANYBODY not in str(rows)


def test_a_workspace_is_its_keeper_s_and_its_readers_alone(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, boss, deputy = (people[f"{name}.north"] for name in ("lead", "boss", "deputy"))
    south = people["lead.south"]
    tip = take_in(store, 1)
    key = make_workspace(lead, store, kept=_kept(("Tip", tip))).workspace
    make_workspace(later(lead, 1), store, kept=_kept(name="Second"))
    share = partial(share_workspace, lead, store, key=key)
    for people_named in (["lead.south"], ["nobody.north"], []):
        with pytest.raises(RowError):
            share(expected=1, shared=Shared.PEOPLE, people=people_named)
    share(expected=1, shared=Shared.PEOPLE, people=["Boss.North"])
    assert _listed(lead, store) == ["Ring", "Second"]
    assert _listed(boss, store) == ["Ring"]
    assert _listed(deputy, store) == _listed(south, store) == []
    for stranger in (deputy, south):
        for refused in (
            partial(show_workspace, key=key, reads=ReadLog(store)),
            partial(drop_workspace, key=key, expected=2),
            partial(change_workspace, key=key, expected=2, kept=_kept()),
        ):
            with pytest.raises(NotFoundError):
                refused(stranger, store)
    with pytest.raises(RightsError):
        change_workspace(boss, store, key=key, expected=2, kept=_kept())
    with pytest.raises(ChangedError):
        change_workspace(lead, store, key=key, expected=1, kept=_kept())
    assert change_workspace(lead, store, key=key, expected=2, kept=_kept(name="New")).version == 3
    view = show_workspace(boss, store, key=key, reads=ReadLog(store))
    assert (view.name, view.things, view.not_shown, view.is_own) == ("New", (), None, False)
    assert view.groups == (Group(name="Ring A", look="orange"),)
    assert (view.note, view.label) == ("Ask.", "NOTE, NOT EVIDENCE")
    share(expected=3, shared=Shared.AGENCY)
    assert _listed(deputy, store) == ["New"]
    share(expected=4, shared=Shared.NOBODY)
    assert _listed(boss, store) == []
    drop_workspace(lead, store, key=key, expected=5)
    assert _listed(lead, store) == ["Second"]
    _what_is_left(running_store)


def _what_is_left(running: RunningStore) -> None:
    """One seat for the one that is left, and the log as its history."""
    assert len(running.rows("MATCH (s:WorkspaceSeat) RETURN s.workspace")) == 1
    said = "MATCH (e:AuditEntry) WHERE e.action STARTS WITH 'workspace.' RETURN e.action, e.outcome"
    logged = {tuple(row) for row in running.rows(said)}
    assert {
        ("workspace.keep", "saved"),
        ("workspace.keep", "saved as version 3"),
        ("workspace.share", "shared with 1 people"),
        ("workspace.share", "for agency"),
        ("workspace.keep", "deleted"),
        ("workspace.read", "opened"),
        ("workspace.read", "refused: no such record"),
    } <= logged


def test_what_was_guessed_does_not_show_later_that_somebody_had_it(
    running_store: RunningStore,
) -> None:
    """A claim of one's own makes a name visible that was saved before it was."""
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead = people["lead.north"]
    take_in(store, 2, holder="south", said="there@example.com")
    own = case(lead, store)
    guesses = {
        name: make_workspace(lead, store, kept=_kept(("Email", name))).workspace
        for name in ("there@example.com", "never@example.com")
    }
    for name, key in guesses.items():
        assert _names(lead, store, key) == ([], PARTIAL)
        claimed(lead, store, own, draft(name))
        assert _names(lead, store, key) == ([], PARTIAL)
        later_on = make_workspace(lead, store, kept=_kept(("Email", name))).workspace
        assert _names(lead, store, later_on) == ([name], None)

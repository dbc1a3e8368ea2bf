"""Saved charts: making, changing, sharing and deleting one. Each is one transaction with its leaf.

Names of records come from whoever saves. Those that they see are kept as relationships, so that a
record that leaves the store leaves every chart; the others, whether they are there or not, are
forgotten and only counted, so that no answer tells the one from the other, now or later.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, permits, require
from graph.casework.workspace_rules import (
    EVERYBODY,
    Drawing,
    Kept,
    Shared,
    checked,
    list_place,
    order_of,
    readers_of,
    seat_key,
)
from graph.errors import ChangedError, NotFoundError, RowError
from graph.queries.people import USERS_BY_KEY, PeopleKeysParams
from graph.queries.workspace_drops import DROP, UNDRAW, UNDRAW_UNSEEN, UNSEAT, UnseenParams
from graph.queries.workspaces import (
    BY_KEY,
    LOCK,
    NAMES,
    KeysParams,
    NamesParams,
    WorkspaceParams,
    WorkspaceRow,
)
from graph.rows import PropertyRow
from graph.services.acting import About, act, leaf, named, note
from graph.services.callers import why_out_of_service
from graph.services.workspace_sight import drawn_for
from graph.store import ReadUnit, Store, WriteUnit

_NONE = "There is no such workspace, or it is not shared with you."


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceEntry:
    """What became of a workspace: its name for links and its version, and nothing that it says."""

    workspace: str
    version: int
    changed_us: int


def make_workspace(caller: Caller, store: Store, *, kept: Kept) -> WorkspaceEntry:
    """Save a chart under a name, for the caller alone.

    Raises:
        RightsError: the caller does not work on tips.
        RowError: it is no chart, or has no name.
    """
    key = uuid.uuid4().hex

    def work(unit: WriteUnit) -> WorkspaceEntry:
        wanted = checked(kept)
        row = WorkspaceRow.model_validate(
            {
                "key": key,
                "agency": agency_of(caller),
                "keeper": caller.user,
                "shared": Shared.NOBODY.value,
                "readers": [],
                "made_us": caller.as_of_us,
                "changed_us": caller.as_of_us,
                "version": 1,
                **_stated(wanted),
            }
        )
        unit.insert_nodes("Workspace", [row.model_dump()])
        _seat(unit, row)
        _draw(unit, caller, key, wanted.drawing)
        return _done(unit, caller, row, Deed.WORKSPACE_KEEP, "saved")

    about = About(object=key)
    return act(caller, store, deed=Deed.WORKSPACE_KEEP, about=about, work=work)


def change_workspace(
    caller: Caller, store: Store, *, key: str, expected: int, kept: Kept
) -> WorkspaceEntry:
    """Save a chart over one that was saved; with whom it is shared stays as it is.

    Raises:
        RightsError: the caller is not its keeper.
        NotFoundError: there is none that the caller may open.
        ChangedError: somebody changed it meanwhile.
        RowError: as for a new one.
    """

    def work(unit: WriteUnit) -> WorkspaceEntry:
        before = _own(unit, caller, key, deed=Deed.WORKSPACE_KEEP, expected=expected)
        wanted = checked(kept)
        row = before.model_copy(
            update={
                **_stated(wanted),
                "changed_us": caller.as_of_us,
                "version": before.version + 1,
            }
        )
        unit.update_nodes("Workspace", [row.model_dump()])
        unit.run(UNDRAW, WorkspaceParams(key=key))
        _draw(unit, caller, key, wanted.drawing)
        return _done(unit, caller, row, Deed.WORKSPACE_KEEP, f"saved as version {row.version}")

    about = About(object=named(key))
    return act(caller, store, deed=Deed.WORKSPACE_KEEP, about=about, work=work)


def share_workspace(
    caller: Caller,
    store: Store,
    *,
    key: str,
    expected: int,
    shared: Shared,
    people: Sequence[str] = (),
) -> WorkspaceEntry:
    """Say who of the own agency may open a workspace beside its keeper.

    Raises:
        RightsError: the caller is not its keeper.
        NotFoundError: there is none that the caller may open.
        ChangedError: somebody changed it meanwhile.
        RowError: somebody named is nobody of the own agency who could open it.
    """

    def work(unit: WriteUnit) -> WorkspaceEntry:
        before = _own(unit, caller, key, deed=Deed.WORKSPACE_SHARE, expected=expected)
        readers = readers_of(shared, people, keeper=before.keeper)
        _require_colleagues(unit, caller, readers)
        row = before.model_copy(
            update={
                "shared": shared.value,
                "readers": list(readers),
                "changed_us": caller.as_of_us,
                "version": before.version + 1,
            }
        )
        unit.update_nodes("Workspace", [row.model_dump()])
        unit.run(UNSEAT, WorkspaceParams(key=key))
        _seat(unit, row)
        said = f"shared with {len(readers)} people" if len(readers) > 0 else f"for {shared.value}"
        return _done(unit, caller, row, Deed.WORKSPACE_SHARE, said)

    about = About(object=named(key))
    return act(caller, store, deed=Deed.WORKSPACE_SHARE, about=about, work=work)


def drop_workspace(caller: Caller, store: Store, *, key: str, expected: int) -> WorkspaceEntry:
    """Delete a workspace; the records on it stay as they are.

    Raises:
        RightsError: the caller is not its keeper.
        NotFoundError: there is none that the caller may open.
        ChangedError: somebody changed it meanwhile.
    """

    def work(unit: WriteUnit) -> WorkspaceEntry:
        row = _own(unit, caller, key, deed=Deed.WORKSPACE_KEEP, expected=expected)
        unit.run(UNSEAT, WorkspaceParams(key=key))
        unit.run(DROP, WorkspaceParams(key=key))
        return _done(unit, caller, row, Deed.WORKSPACE_KEEP, "deleted")

    about = About(object=named(key))
    return act(caller, store, deed=Deed.WORKSPACE_KEEP, about=about, work=work)


def workspace_there(unit: ReadUnit, caller: Caller, key: str) -> WorkspaceRow:
    """Give a workspace that the caller may open.

    Raises:
        NotFoundError: there is none; whether another one has it is not said.
    """
    rows = unit.read(BY_KEY, KeysParams(keys=[key]))
    if len(rows) == 0 or not permits(caller, Deed.WORKSPACE_READ, resource=resource_of(rows[0])):
        raise NotFoundError(_NONE)
    return rows[0]


def resource_of(row: WorkspaceRow) -> Resource:
    """Give a workspace as the policies see it."""
    is_for_all = row.shared == Shared.AGENCY
    team = None if is_for_all else frozenset({row.keeper, *(row.readers or ())})
    return Resource(owner=row.agency, team=team, entered_by=row.keeper)


def _own(unit: WriteUnit, caller: Caller, key: str, *, deed: Deed, expected: int) -> WorkspaceRow:
    unit.run(LOCK, WorkspaceParams(key=key))
    row = workspace_there(unit, caller, key)
    require(caller, deed, resource=resource_of(row))
    if row.version != expected:
        raise ChangedError(
            f"This workspace has version {row.version}, not {expected}: it was changed meanwhile. "
            "Open it again; nothing was overwritten."
        )
    return row


def _stated(kept: Kept) -> dict[str, object]:
    drawing = kept.drawing
    return {
        "name": kept.name,
        "note": kept.note,
        "groups": [group.name for group in drawing.groups],
        "looks": [group.look for group in drawing.groups],
        "kinds_off": list(drawing.kinds_off),
        "grades_off": list(drawing.grades_off),
        "since": drawing.since,
        "until": drawing.until,
        "budget": drawing.budget,
        "drawn": len(drawing.things),
    }


def _seat(unit: WriteUnit, row: WorkspaceRow) -> None:
    readers = [row.keeper, *(row.readers or ())]
    if row.shared == Shared.AGENCY:
        readers.append(EVERYBODY)
    order = order_of(row.made_us, row.key)
    seats: list[PropertyRow] = [
        {
            "key": seat_key(row.key, reader),
            "workspace": row.key,
            "place": list_place(row.agency, reader, order),
        }
        for reader in readers
    ]
    unit.insert_nodes("WorkspaceSeat", seats)


def _draw(unit: WriteUnit, caller: Caller, key: str, drawing: Drawing) -> None:
    """Keep what the caller sees now.

    What is there and is not theirs to see is forgotten as well: kept, it would show later, once a
    claim or a tip of their own made it theirs, that somebody had had it before.
    """
    keys = sorted({thing.key for thing in drawing.things})
    there = {(row.kind, row.key) for row in unit.read(NAMES, NamesParams(keys=keys))}
    by_kind: dict[str, list[tuple[str, str, PropertyRow]]] = {}
    for number, thing in enumerate(drawing.things):
        if (thing.kind, thing.key) in there:
            how: PropertyRow = {
                "kind": thing.kind,
                "number": number,
                "x": thing.x,
                "y": thing.y,
                "hidden": thing.hidden,
                "pinned": thing.pinned,
                "expanded": thing.expanded,
                "bundle": thing.bundle,
                "in_group": thing.in_group,
            }
            by_kind.setdefault(thing.kind, []).append((key, thing.key, how))
    for kind in sorted(by_kind):
        unit.insert_rels("DRAWS", ("Workspace", kind), by_kind[kind])
    numbers = [row.number for row in drawn_for(unit, caller, key)]
    unit.run(UNDRAW_UNSEEN, UnseenParams(key=key, numbers=numbers))


def _require_colleagues(unit: ReadUnit, caller: Caller, readers: Sequence[str]) -> None:
    rows = unit.read(USERS_BY_KEY, PeopleKeysParams(keys=list(readers)))
    serving = {
        row.key
        for row in rows
        if row.agency == caller.agency and why_out_of_service(row, caller.as_of_us) is None
    }
    if serving != set(readers):
        raise RowError(
            "Somebody of those named is nobody in service at your agency. Workspaces are shared "
            "within the own agency only. Nothing was changed."
        )


def _done(
    unit: WriteUnit, caller: Caller, row: WorkspaceRow, deed: Deed, outcome: str
) -> WorkspaceEntry:
    note(unit, caller, [leaf(caller, deed, About(object=row.key), outcome=outcome)])
    return WorkspaceEntry(workspace=row.key, version=row.version, changed_us=row.changed_us)

"""Saved charts: listing them and opening one, with what of it whoever opens it may see now."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of, confirms
from graph.casework.workspace_rules import EVERYBODY, Group, Thing, list_place
from graph.queries.workspaces import (
    BY_KEY,
    IN_LIST,
    MOST,
    DrawnRow,
    KeysParams,
    ListParams,
    WorkspaceRow,
)
from graph.services.acting import About, Seen, look, named
from graph.services.audit_reads import ReadLog
from graph.services.desk_notes import LABEL
from graph.services.workspace_sight import drawn_for
from graph.services.workspaces import resource_of, workspace_there
from graph.store import ReadUnit, Store

PARTIAL = (
    "Some of what was drawn is not shown to you: it is not in the store any more, or not yours "
    "to see."
)
"""Both are said in the same words, and without a number: neither tells that something exists."""
_AFTER_BAR = "}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceLine:
    """A workspace as lists show it."""

    workspace: str
    name: str
    keeper: str
    shared: str
    is_own: bool
    made_us: int
    changed_us: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspacePage:
    """A page of workspaces."""

    items: tuple[WorkspaceLine, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceView:
    """A workspace as somebody opens it."""

    workspace: str
    name: str
    keeper: str
    shared: str
    readers: tuple[str, ...]
    is_own: bool
    note: str | None
    label: str
    """Stands beside the note wherever it is shown."""
    groups: tuple[Group, ...]
    kinds_off: tuple[str, ...]
    grades_off: tuple[str, ...]
    since: str | None
    until: str | None
    budget: int
    things: tuple[Thing, ...]
    not_shown: str | None
    """A sentence where some of what was drawn is not among them."""
    made_us: int
    changed_us: int
    version: int


def list_workspaces(
    caller: Caller, store: Store, *, reads: ReadLog, after: str = "", limit: int = 50
) -> WorkspacePage:
    """Give a page of the workspaces that the caller may open, the first saved first.

    Raises:
        RightsError: the caller does not work on tips.
    """
    size = max(1, min(limit, MOST))

    def work(unit: ReadUnit) -> Seen[WorkspacePage]:
        found: dict[str, str] = {}
        for reader in (caller.user, EVERYBODY):
            head = list_place(agency_of(caller), reader)
            params = ListParams(
                after=f"{head}{after}", end=f"{head[:-1]}{_AFTER_BAR}", limit=size + 1
            )
            found |= {row.place[len(head) :]: row.workspace for row in unit.read(IN_LIST, params)}
        places = sorted(found)
        rows = unit.read(BY_KEY, KeysParams(keys=[found[place] for place in places[:size]]))
        by_key = {
            row.key: row
            for row in rows
            if confirms(caller, Deed.WORKSPACE_READ, resource=resource_of(row))
        }
        items = tuple(
            _line(by_key[found[place]], caller) for place in places[:size] if found[place] in by_key
        )
        page = WorkspacePage(
            items=items, next_after=places[size - 1] if len(places) > size else None
        )
        return Seen(
            answer=page, outcome="listed", disclosed=tuple(item.workspace for item in items)
        )

    return look(caller, store, deed=Deed.WORKSPACE_READ, about=About(), reads=reads, work=work)


def show_workspace(caller: Caller, store: Store, *, key: str, reads: ReadLog) -> WorkspaceView:
    """Give a workspace, with those of its records that the caller may see now.

    Raises:
        RightsError: the caller does not work on tips.
        NotFoundError: there is none that the caller may open.
    """

    def work(unit: ReadUnit) -> Seen[WorkspaceView]:
        row = workspace_there(unit, caller, key)
        return Seen(answer=_view(unit, caller, row), outcome="opened", disclosed=(row.key,))

    about = About(object=named(key))
    return look(caller, store, deed=Deed.WORKSPACE_READ, about=about, reads=reads, work=work)


def _view(unit: ReadUnit, caller: Caller, row: WorkspaceRow) -> WorkspaceView:
    things = tuple(_thing(each) for each in drawn_for(unit, caller, row.key))
    looks = zip(row.groups or (), row.looks or (), strict=True)
    return WorkspaceView(
        workspace=row.key,
        name=row.name,
        keeper=row.keeper,
        shared=row.shared,
        readers=tuple(row.readers or ()),
        is_own=row.keeper == caller.user,
        note=row.note,
        label=LABEL,
        groups=tuple(Group(name=name, look=look) for name, look in looks),
        kinds_off=tuple(row.kinds_off or ()),
        grades_off=tuple(row.grades_off or ()),
        since=row.since,
        until=row.until,
        budget=row.budget,
        things=things,
        not_shown=PARTIAL if len(things) < row.drawn else None,
        made_us=row.made_us,
        changed_us=row.changed_us,
        version=row.version,
    )


def _thing(row: DrawnRow) -> Thing:
    return Thing(
        kind=row.kind,
        key=row.key,
        x=row.x,
        y=row.y,
        hidden=row.hidden,
        pinned=row.pinned,
        expanded=row.expanded,
        bundle=row.bundle,
        in_group=row.in_group,
    )


def _line(row: WorkspaceRow, caller: Caller) -> WorkspaceLine:
    return WorkspaceLine(
        workspace=row.key,
        name=row.name,
        keeper=row.keeper,
        shared=row.shared,
        is_own=row.keeper == caller.user,
        made_us=row.made_us,
        changed_us=row.changed_us,
        version=row.version,
    )

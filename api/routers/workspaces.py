"""Saved charts of the own agency."""

from __future__ import annotations

from fastapi import APIRouter

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit, Ref
from api.schemas.common import one, page
from api.schemas.workspaces import (
    KeepWorkspace,
    ShareWorkspace,
    WorkspaceAnswer,
    WorkspaceEntryAnswer,
    WorkspaceList,
)
from graph.casework.workspace_rules import Drawing, Group, Kept, Thing
from graph.queries.workspaces import BY_KEY, IN_LIST
from graph.services.workspace_reading import list_workspaces, show_workspace
from graph.services.workspaces import (
    change_workspace,
    drop_workspace,
    make_workspace,
    share_workspace,
)

router = APIRouter(tags=["workspaces"], route_class=OnceRoute)


@router.get("/workspaces")
def workspaces(at: At, *, after: After = "", limit: PageLimit = 50) -> WorkspaceList:
    """Charts that you saved, and those that colleagues share with you."""
    start = place(after, str)
    found = list_workspaces(
        at.caller,
        at.store,
        reads=at.reads,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(found.next_after)
    return page(WorkspaceList, found.items, at, query=IN_LIST.name, next_after=following)


@router.post("/workspaces")
def save_workspace(at: AtOnce, wanted: KeepWorkspace) -> WorkspaceEntryAnswer:
    """Save a chart under a name, for yourself."""
    found = make_workspace(at.caller, at.store, kept=_kept(wanted))
    at.tag(found.version)
    return one(WorkspaceEntryAnswer, found, at, query=BY_KEY.name)


@router.get("/workspaces/{workspace}")
def workspace(at: At, workspace: Ref) -> WorkspaceAnswer:
    """A saved chart: each of its records is asked about anew, with your rights."""
    found = show_workspace(at.caller, at.store, key=workspace, reads=at.reads)
    at.tag(found.version)
    return one(WorkspaceAnswer, found, at, query=BY_KEY.name)


@router.put("/workspaces/{workspace}")
def save_workspace_again(
    at: AtOnce, workspace: Ref, expected: Expected, wanted: KeepWorkspace
) -> WorkspaceEntryAnswer:
    """Save a chart over one of yours; with whom it is shared stays as it is."""
    found = change_workspace(
        at.caller, at.store, key=workspace, expected=expected, kept=_kept(wanted)
    )
    at.tag(found.version)
    return one(WorkspaceEntryAnswer, found, at, query=BY_KEY.name)


@router.put("/workspaces/{workspace}/sharing")
def share_one_workspace(
    at: AtOnce, workspace: Ref, expected: Expected, wanted: ShareWorkspace
) -> WorkspaceEntryAnswer:
    """Say who of your agency may open it beside you: nobody, some people, or everybody."""
    found = share_workspace(
        at.caller,
        at.store,
        key=workspace,
        expected=expected,
        shared=wanted.shared,
        people=wanted.people,
    )
    at.tag(found.version)
    return one(WorkspaceEntryAnswer, found, at, query=BY_KEY.name)


@router.delete("/workspaces/{workspace}")
def delete_workspace(at: At, workspace: Ref, expected: Expected) -> WorkspaceEntryAnswer:
    """Delete one of yours; the records on it stay as they are."""
    found = drop_workspace(at.caller, at.store, key=workspace, expected=expected)
    return one(WorkspaceEntryAnswer, found, at, query=BY_KEY.name)


def _kept(wanted: KeepWorkspace) -> Kept:
    return Kept(
        name=wanted.name,
        note=wanted.note,
        drawing=Drawing(
            things=tuple(Thing(**thing.model_dump()) for thing in wanted.things),
            groups=tuple(Group(name=group.name, look=group.look) for group in wanted.groups),
            kinds_off=wanted.kinds_off,
            grades_off=wanted.grades_off,
            since=wanted.since,
            until=wanted.until,
            budget=wanted.budget,
        ),
    )

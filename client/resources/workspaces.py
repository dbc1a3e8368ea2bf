"""The API's workspaces: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read


class WorkspaceLine(Part):
    """A workspace as lists show it."""

    workspace: str
    name: str
    keeper: str
    shared: str
    is_own: bool
    made_at: str
    changed_at: str
    version: int


class WorkspaceList(Answer):
    """The workspaces that you may open, the first saved first."""

    items: tuple[WorkspaceLine, ...]
    next_after: str | None


class DrawThing(Asked):
    """A record that is drawn, by its kind and key, and how."""

    kind: str
    key: str
    x: int
    y: int
    hidden: bool = False
    pinned: bool = False
    expanded: bool = False
    bundle: bool = False
    in_group: int | None = None


class DrawGroup(Asked):
    """A group that somebody named."""

    name: str
    look: str


class KeepWorkspace(Asked):
    """A chart as it is to be saved: names of records and places, never what records say."""

    name: str
    note: str | None = None
    things: tuple[DrawThing, ...] = ()
    groups: tuple[DrawGroup, ...] = ()
    kinds_off: tuple[str, ...] = ()
    grades_off: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    budget: int = 300


class WorkspaceEntryAnswer(Answer):
    """What became of a workspace."""

    workspace: str
    version: int
    changed_at: str


class DrawnGroup(Part):
    """A group that its keeper named."""

    name: str
    look: str


class DrawnThing(Part):
    """A record that is drawn and that you may see, and how."""

    kind: str
    key: str
    x: int
    y: int
    hidden: bool
    pinned: bool
    expanded: bool
    bundle: bool
    in_group: int | None


class WorkspaceAnswer(Answer):
    """A workspace, with those of its records that you may see now."""

    workspace: str
    name: str
    keeper: str
    shared: str
    readers: tuple[str, ...]
    is_own: bool
    note: str | None
    label: str
    groups: tuple[DrawnGroup, ...]
    kinds_off: tuple[str, ...]
    grades_off: tuple[str, ...]
    since: str | None
    until: str | None
    budget: int
    things: tuple[DrawnThing, ...]
    not_shown: str | None
    made_at: str
    changed_at: str
    version: int


Shared: TypeAlias = Literal["nobody", "people", "agency"]


class ShareWorkspace(Asked):
    """Who of the own agency may open it beside its keeper."""

    shared: Shared
    people: tuple[str, ...] = ()


class Workspaces(Calls):
    """Calls about workspaces."""

    def workspaces(self, *, after: str = "", limit: int = 50) -> WorkspaceList:
        """Charts that you saved, and those that colleagues share with you."""
        return read(
            self._call("GET", "workspaces", params={"after": after, "limit": limit}), WorkspaceList
        )

    def save_workspace(
        self, wanted: KeepWorkspace, *, key: str | None = None
    ) -> WorkspaceEntryAnswer:
        """Save a chart under a name, for yourself."""
        return read(
            self._call("POST", "workspaces", body=wanted, key=once(key)), WorkspaceEntryAnswer
        )

    def workspace(self, workspace: str) -> WorkspaceAnswer:
        """A saved chart: each of its records is asked about anew, with your rights."""
        return read(self._call("GET", f"workspaces/{part(workspace)}"), WorkspaceAnswer)

    def save_workspace_again(
        self, workspace: str, wanted: KeepWorkspace, *, version: int, key: str | None = None
    ) -> WorkspaceEntryAnswer:
        """Save a chart over one of yours; with whom it is shared stays as it is."""
        return read(
            self._call(
                "PUT", f"workspaces/{part(workspace)}", body=wanted, version=version, key=once(key)
            ),
            WorkspaceEntryAnswer,
        )

    def delete_workspace(self, workspace: str, *, version: int) -> WorkspaceEntryAnswer:
        """Delete one of yours; the records on it stay as they are."""
        return read(
            self._call("DELETE", f"workspaces/{part(workspace)}", version=version),
            WorkspaceEntryAnswer,
        )

    def share_one_workspace(
        self, workspace: str, wanted: ShareWorkspace, *, version: int, key: str | None = None
    ) -> WorkspaceEntryAnswer:
        """Say who of your agency may open it beside you: nobody, some people, or everybody."""
        return read(
            self._call(
                "PUT",
                f"workspaces/{part(workspace)}/sharing",
                body=wanted,
                version=version,
                key=once(key),
            ),
            WorkspaceEntryAnswer,
        )

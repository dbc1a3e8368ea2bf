"""Saved charts on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from graph.casework.workspace_rules import MOST_READERS, MOST_THINGS, Shared


class DrawThing(Wanted):
    """A record that is drawn, by its kind and key, and how."""

    kind: str = Field(max_length=40, examples=["Tip"])
    key: str = Field(min_length=1, max_length=3000, examples=["ncmec:198000001"])
    x: int = Field(description="Where, in tenths of a pixel from the middle of the chart.")
    y: int
    hidden: bool = False
    pinned: bool = False
    expanded: bool = Field(default=False, description="What is around it was drawn.")
    bundle: bool = Field(default=False, description="Drawn as one bundle, with its count.")
    in_group: int | None = Field(default=None, description="Number of its group, from 0.")


class DrawGroup(Wanted):
    """A group that somebody named."""

    name: str = Field(max_length=200, examples=["Ring A"])
    look: str = Field(max_length=40, examples=["sky blue"])


class KeepWorkspace(Wanted):
    """A chart as it is to be saved: names of records and places, never what records say."""

    name: str = Field(max_length=200, examples=["The ring behind 198000001"])
    note: str | None = Field(default=None, max_length=4000)
    things: tuple[DrawThing, ...] = Field(default=(), max_length=MOST_THINGS)
    groups: tuple[DrawGroup, ...] = Field(default=(), max_length=20)
    kinds_off: tuple[str, ...] = Field(default=(), max_length=20)
    grades_off: tuple[str, ...] = Field(default=(), max_length=10)
    since: str | None = Field(default=None, max_length=10, examples=["2026-11-01"])
    until: str | None = Field(default=None, max_length=10)
    budget: int = Field(default=300, description="Things that may be drawn at most.")


class ShareWorkspace(Wanted):
    """Who of the own agency may open it beside its keeper."""

    shared: Shared = Field(description="`nobody`, `people` or `agency`; never another agency.")
    people: tuple[str, ...] = Field(default=(), max_length=MOST_READERS, examples=[["lead.alder"]])


class WorkspaceEntryAnswer(Answer):
    """What became of a workspace."""

    workspace: str = Field(description="Its name in links.")
    version: int
    changed_at: str


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


class WorkspaceList(PageAnswer[WorkspaceLine]):
    """The workspaces that you may open, the first saved first."""


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


class DrawnGroup(Part):
    """A group that its keeper named."""

    name: str
    look: str


class WorkspaceAnswer(Answer):
    """A workspace, with those of its records that you may see now."""

    workspace: str
    name: str
    keeper: str
    shared: str
    readers: tuple[str, ...]
    is_own: bool
    note: str | None
    label: str = Field(description="To be shown beside the note, always.")
    groups: tuple[DrawnGroup, ...]
    kinds_off: tuple[str, ...]
    grades_off: tuple[str, ...]
    since: str | None
    until: str | None
    budget: int
    things: tuple[DrawnThing, ...]
    not_shown: str | None = Field(
        description="A sentence where some of what was drawn is not among them, whatever the cause."
    )
    made_at: str
    changed_at: str
    version: int

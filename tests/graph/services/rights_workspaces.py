"""What may be done with saved charts, and one of each."""

from __future__ import annotations

from collections.abc import Mapping

from graph.casework.caller import Caller
from graph.casework.workspace_rules import Drawing, Kept, Shared, Thing
from graph.services.workspace_reading import list_workspaces, show_workspace
from graph.services.workspaces import (
    change_workspace,
    drop_workspace,
    make_workspace,
    share_workspace,
)
from graph.store import Store
from tests.graph.services.rights_trying import Operation

KEPT = Kept(
    name="Ring",
    note="Ask the lab.",
    drawing=Drawing(things=(Thing(kind="Tip", key="ncmec:11", x=10, y=-20),)),
)

WORKSPACES: Mapping[str, Operation] = {
    "workspaces.make_workspace": lambda at: make_workspace(at.caller, at.store, kept=KEPT),
    "workspaces.change_workspace": lambda at: change_workspace(
        at.caller, at.store, key=at.key, expected=1, kept=KEPT
    ),
    "workspaces.share_workspace": lambda at: share_workspace(
        at.caller, at.store, key=at.key, expected=1, shared=Shared.AGENCY
    ),
    "workspaces.drop_workspace": lambda at: drop_workspace(
        at.caller, at.store, key=at.key, expected=1
    ),
    "workspace_reading.list_workspaces": lambda at: list_workspaces(
        at.caller, at.store, reads=at.reads
    ),
    "workspace_reading.show_workspace": lambda at: show_workspace(
        at.caller, at.store, key=at.key, reads=at.reads
    ),
}


def workspace_keys(store: Store, people: Mapping[str, Caller]) -> dict[str, str]:
    """Save one of each: north's investigator's own, a colleague's two, and another agency's."""
    found: dict[str, str] = {}
    for name, keeper, is_shared in (
        ("own workspace", "lead.north", False),
        ("colleague's workspace", "chief.north", False),
        ("shared workspace", "chief.north", True),
        ("another agency's workspace", "boss.south", True),
    ):
        made = make_workspace(people[keeper], store, kept=KEPT)
        found[name] = made.workspace
        if is_shared:
            share_workspace(
                people[keeper], store, key=made.workspace, expected=1, shared=Shared.AGENCY
            )
    return found

"""Saved charts over HTTP: by operation of the matrix of rights."""

from __future__ import annotations

from collections.abc import Mapping

from tests.api.rights_requests import Ask, Request

_KEPT = {
    "name": "Ring",
    "note": "Ask the lab.",
    "things": [{"kind": "Tip", "key": "ncmec:11", "x": 10, "y": -20}],
}
WORKSPACE_REQUESTS: Mapping[str, tuple[str, Request]] = {
    "workspaces": (
        "workspace_reading.list_workspaces",
        lambda _: Ask(method="GET", path="/workspaces"),
    ),
    "workspace": (
        "workspace_reading.show_workspace",
        lambda on: Ask(method="GET", path=f"/workspaces/{on.key}"),
    ),
    "save_workspace": (
        "workspaces.make_workspace",
        lambda _: Ask(method="POST", path="/workspaces", body=_KEPT),
    ),
    "save_workspace_again": (
        "workspaces.change_workspace",
        lambda on: Ask(method="PUT", path=f"/workspaces/{on.key}", body=_KEPT, version=1),
    ),
    "share_one_workspace": (
        "workspaces.share_workspace",
        lambda on: Ask(
            method="PUT",
            path=f"/workspaces/{on.key}/sharing",
            body={"shared": "agency"},
            version=1,
        ),
    ),
    "delete_workspace": (
        "workspaces.drop_workspace",
        lambda on: Ask(method="DELETE", path=f"/workspaces/{on.key}", version=1),
    ),
}
"""By operation id: which operation of the matrix, and the request that does it."""

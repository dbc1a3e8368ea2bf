"""Saved charts over HTTP: once by key, by version, and for nobody else."""

from __future__ import annotations

import pytest
from httpx import codes

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.workspaces import DrawThing, KeepWorkspace, ShareWorkspace
from graph.clock import now_us
from graph.services.sessions import make_session
from tests.api.live import live_api, opener_of
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

ROUTE = "/v1/workspaces"


def test_a_chart_is_saved_shared_opened_and_deleted(running_store: RunningStore) -> None:
    store = running_store.store
    with live_api(opener_of(store)) as live:
        staff(store, "north", "south", at_us=now_us() - DAY_US)
        tip = take_in(store, 1)

        def client_of(user: str) -> CrosstipClient:
            return CrosstipClient(live.url, make_session(store, user, how="test").text)

        for method, path in (("GET", ROUTE), ("POST", ROUTE), ("GET", f"{ROUTE}/{'0' * 32}")):
            assert live.anonymous.request(method, path).status_code == codes.UNAUTHORIZED
        lead, boss, south = (client_of(u) for u in ("lead.north", "boss.north", "boss.south"))
        wanted = KeepWorkspace(name="Ring", things=(DrawThing(kind="Tip", key=tip, x=1, y=2),))
        made = lead.save_workspace(wanted, key="once-for-this")
        again = lead.save_workspace(wanted, key="once-for-this")
        assert (made.workspace, made.version) == (again.workspace, 1)
        assert len(lead.workspaces().items) == 1
        for other in (boss, south):
            assert other.workspaces().items == ()
            with pytest.raises(ApiError) as refused:
                other.workspace(made.workspace)
            assert refused.value.status == codes.NOT_FOUND
        lead.share_one_workspace(made.workspace, ShareWorkspace(shared="agency"), version=1)
        opened = boss.workspace(made.workspace)
        assert [(thing.key, thing.x, thing.y) for thing in opened.things] == [(tip, 1, 2)]
        assert (opened.is_own, opened.version, opened.not_shown) == (False, 2, None)
        assert south.workspaces().items == ()
        with pytest.raises(ApiError) as stale:
            lead.save_workspace_again(made.workspace, wanted, version=1)
        assert stale.value.status == codes.PRECONDITION_FAILED
        assert lead.save_workspace_again(made.workspace, wanted, version=2).version == 3
        lead.delete_workspace(made.workspace, version=3)
        assert lead.workspaces().items == ()

"""A page that looks by itself keeps no session alive (CJIS AC-11)."""

from __future__ import annotations

import pytest

from client.calls import unattended
from client.client import CrosstipClient
from graph.clock import now_us
from graph.errors import LogOnError
from graph.services.sessions import IDLE_US, MINUTE_US, logged_on, sessions_of
from graph.store import Store
from tests.api.live import live_api, opener_of
from tests.graph.services.logging_on import code_at, enrolled, tried
from tests.graph.services.people import staff

USER = "lead.north"


def test_asking_with_nobody_there_does_not_extend_a_session(store: Store) -> None:
    begun = now_us() - 20 * MINUTE_US
    people = staff(store, "north", at_us=begun - 5 * MINUTE_US)
    secret = enrolled(store, people["admin.north"], USER, at_us=begun - 2 * MINUTE_US)
    token = tried(store, USER, at_us=begun, code=code_at(secret, begun))
    with live_api(opener_of(store)) as live, CrosstipClient(live.url, token) as client:
        with unattended():
            client.current_session()
            client.urgent_tips()
        assert sessions_of(store, USER)[0].seen_us == begun
        client.current_session()
        assert sessions_of(store, USER)[0].seen_us > begun


def test_a_session_ends_although_a_page_goes_on_asking(store: Store) -> None:
    start = now_us()
    people = staff(store, "north", at_us=start - 5 * MINUTE_US)
    secret = enrolled(store, people["admin.north"], USER, at_us=start - 2 * MINUTE_US)
    token = tried(store, USER, at_us=start, code=code_at(secret, start))
    at_us = start
    while at_us < start + IDLE_US - MINUTE_US:
        at_us += MINUTE_US
        logged_on(store, token, at_us=at_us, is_attended=False)
    with pytest.raises(LogOnError, match="30 minutes without use"):
        logged_on(store, token, at_us=start + IDLE_US, is_attended=False)

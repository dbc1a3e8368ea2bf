"""Log-ons for tests: a session made straight in the store, for somebody who is entered there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from graph.services.sessions import make_session
from graph.store import Store
from tests.api.live import LiveApi


@contextmanager
def logged_on_as(live: LiveApi, store: Store, user: str) -> Iterator[httpx.Client]:
    """Give an HTTP client that carries a session of a user."""
    token = make_session(store, user, how="test").text
    carried = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=live.url, headers=carried, trust_env=False, timeout=60) as http:
        yield http


def forgive(live: LiveApi) -> None:
    """Forget the failures that were counted for addresses; those of accounts stay."""
    live.app.state.log_on.throttle.forget()
    live.app.state.log_on.askings.forget()

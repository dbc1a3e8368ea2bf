"""Two agencies at work over HTTP: who is logged on, and short ways to ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from graph.clock import now_us
from graph.store import Store
from tests.api.live import LiveApi, live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.graph.services.casework import FACTS
from tests.graph.services.people import staff

SUBJECT = "dark.fox@example.com"
STATED = {
    "predicate": FACTS,
    "source": "Search warrant 26-11, executed 3 March.",
    "support": "Paper file 26-001, tab 4.",
    "reliability": "reliable",
    "content": "probable",
    "handling": "permitted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices:
    """A running API and everybody who is logged on there, by user name."""

    live: LiveApi
    store: Store
    people: dict[str, httpx.Client]

    def opened(self, user: str, reference: str, **more: Any) -> httpx.Response:
        """Open an investigation and give the answer."""
        body = {"reference": reference, "purpose": "cybertip", **more}
        response = self.people[user].post("/v1/investigations", json=body)
        assert response.status_code == 201, response.text
        return response

    def claimed(self, user: str, reference: str, value: str, **more: Any) -> str:
        """Claim an identifier and give the name of the claim."""
        body = {"claims": [{"value": value, **STATED, **more}]}
        response = self.people[user].post(f"/v1/investigations/{reference}/claims", json=body)
        assert response.status_code == 200, response.text
        (line,) = response.json()["lines"]
        assert line["outcome"] == "claimed", line
        return str(line["ref"])


@contextmanager
def two_offices(store: Store, *users: str) -> Iterator[Offices]:
    """Give alder and birch with their staff, and these users logged on."""
    staff(store, "alder", "birch", at_us=now_us())
    with live_api(opener_of(store)) as live, ExitStack() as stack:
        people = {user: stack.enter_context(logged_on_as(live, store, user)) for user in users}
        yield Offices(live=live, store=store, people=people)


def tagged(version: int, **more: str) -> dict[str, str]:
    """Give the header that names the version that was looked at."""
    return {"If-Match": f'"{version}"', **more}

"""Two APIs on one store: what one wrote the other reads, and neither does a thing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from graph.clock import now_us
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.api.offices import STATED, Offices
from tests.faults import relayed
from tests.graph.services.people import staff
from tests.stores import RunningStore

LEAD, OTHER = "lead.alder", "lead.birch"
_TOGETHER = 6


@contextmanager
def two_apis(
    running: RunningStore, *, data_dir: Path | None = None
) -> Iterator[tuple[Offices, Offices]]:
    """Give two APIs with a driver each; a session that one made is carried to both."""
    staff(running.store, "alder", "birch", at_us=now_us())
    with ExitStack() as stack:
        _, second = stack.enter_context(relayed(running, retry_s=20.0))
        apis = [
            stack.enter_context(live_api(opener_of(one), data_dir=data_dir))
            for one in (running.store, second)
        ]
        first = {
            user: stack.enter_context(logged_on_as(apis[0], running.store, user))
            for user in (LEAD, OTHER)
        }
        others = {
            user: stack.enter_context(
                httpx.Client(
                    base_url=apis[1].url, headers=client.headers, trust_env=False, timeout=60
                )
            )
            for user, client in first.items()
        }
        yield (
            Offices(live=apis[0], store=running.store, people=first),
            Offices(live=apis[1], store=second, people=others),
        )


def together(*works: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """Do requests at the same time."""
    with ThreadPoolExecutor(len(works)) as threads:
        return [future.result() for future in [threads.submit(work) for work in works]]


def test_what_one_wrote_the_other_reads_and_nothing_is_done_twice(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSTIP_CHECK_BURST", "5")
    monkeypatch.setenv("CROSSTIP_CHECK_BUCKET_MS", "1")
    with two_apis(running_store) as (one, two):
        one.opened(LEAD, "A-1")
        two.opened(OTHER, "B-1")
        for there in (one, two):
            assert there.people[LEAD].get("/v1/investigations/A-1").status_code == 200
        for number in range(3):
            ref = one.claimed(LEAD, "A-1", f"own{number}@example.com")
            assert two.people[LEAD].get(f"/v1/claims/{ref}").status_code == 200

        # Both sides claim the same addresses at the same time, each at another API.
        def claiming(offices: Offices, user: str, case: str, number: int) -> httpx.Response:
            claim = {"value": f"both{number}@example.com", **STATED}
            return offices.people[user].post(
                f"/v1/investigations/{case}/claims", json={"claims": [claim]}
            )

        for number in range(_TOGETHER):
            answers = together(
                lambda n=number: claiming(one, LEAD, "A-1", n),  # type: ignore[misc]
                lambda n=number: claiming(two, OTHER, "B-1", n),  # type: ignore[misc]
            )
            assert [answer.status_code for answer in answers] == [200, 200]
        for offices, user in ((one, OTHER), (two, LEAD)):
            (conflict,) = offices.people[user].get("/v1/conflicts").json()["items"]
            shown = offices.people[user].get(f"/v1/conflicts/{conflict['ref']}").json()
            assert shown["status"] == "open"
        reasons = running_store.rows(
            "MATCH (:Conflict)-[:HAS_REASON]->(r:Reason) RETURN count(r), count(DISTINCT r.key)"
        )
        assert reasons == [(_TOGETHER, _TOGETHER)]
        _one_budget(one, two)


def _one_budget(one: Offices, two: Offices) -> None:
    """Of eight look-ups five are answered, whoever is asked."""

    def checking(offices: Offices, number: int) -> httpx.Response:
        body = {
            "investigation": "B-1",
            "purpose": "cybertip",
            "values": [{"value": f"asked{number}@example.com"}],
        }
        return offices.people[OTHER].post("/v1/checks", json=body)

    works = [lambda n=number: checking((one, two)[n % 2], n) for number in range(8)]
    said = [answer.json()["lines"][0]["outcome"] for answer in together(*works)]
    assert sorted(said) == ["not checked"] * 3 + ["nothing to show"] * 5
    for offices in (one, two):
        items = offices.people[OTHER].get("/v1/checks/budgets").json()["items"]
        assert {item["whose"]: item["used"] for item in items}[OTHER] == 5

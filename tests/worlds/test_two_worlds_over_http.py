"""The two worlds over HTTP: status, headers, body, order, places and refusals are the same bytes.

What the core proves of its services (`test_two_worlds.py`) holds for what leaves the machine: the
same histories, the asker's people at work through the API, every route that reads asked at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import unified_diff
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import SecretStr

from api.app import PREFIX, create_app
from api.settings import ApiSettings
from api.stores import StoreAccess
from graph.audit.keys import KeyFiles, new_signer, save_signer
from graph.casework.vocabulary import Visibility
from graph.clock import now_us
from graph.errors import StoreUnavailableError
from graph.services.judging import Verdict
from tests.api.live import failing, live_api, opener_of
from tests.graph.services.people import DAY_US, staff
from tests.stores import RunningStore
from tests.worlds.history import (
    ADDRESSES,
    AGENCIES,
    ASKER,
    BOTH,
    HIDDEN_TIP,
    HIDER,
    OPEN_CASE,
    SECRET_CASE,
    SEEN_TIPS,
    UNCLAIMED,
    Arrives,
    Asks,
    Claims,
    History,
    Judges,
    Looks,
    histories,
)
from tests.worlds.http_changes import NOT_PLAYED, PLAYED
from tests.worlds.http_leaks import LEAKS
from tests.worlds.http_playing import HttpPlayer, injected
from tests.worlds.http_questions import EVERYTHING, GETS, POSTS, Wanted

_EACH_RUN, _LONG, _ON_NEO4J = 1, 40, 4
"""Histories besides the one below: embedded in each run, embedded and on Neo4j with `--long`."""
_SHARE = 0.3
"""Of the routes at the end of each of them; the one below asks all."""
_MET = tuple(
    Claims(agency=agency, case=OPEN_CASE, address=ADDRESSES[0], visibility=None)
    for agency in AGENCIES
)
FULL: History = (
    *_MET,
    *(Arrives(number=n, addresses=UNCLAIMED, holder=BOTH) for n in SEEN_TIPS[:2]),
    Arrives(number=SEEN_TIPS[2], addresses=UNCLAIMED[:1], holder=ASKER, refers=HIDDEN_TIP),
    Claims(agency=HIDER, case=SECRET_CASE, address=ADDRESSES[1], visibility=Visibility.SEALED),
    Claims(agency=HIDER, case=SECRET_CASE, address=ADDRESSES[0], visibility=Visibility.SILENT),
    Arrives(number=HIDDEN_TIP, addresses=UNCLAIMED, holder=HIDER, refers=SEEN_TIPS[0]),
    Judges(agency=HIDER, verdict=Verdict.SAME),
    Claims(agency=ASKER, case=OPEN_CASE, address=ADDRESSES[1], visibility=None),
    Asks(agency=ASKER, addresses=ADDRESSES),
    Judges(agency=ASKER, verdict=Verdict.NOT_SAME),
    Looks(),
)
"""Something of everything that can be hidden, met by everything that the asker can do."""


@contextmanager
def _playing(running: RunningStore, keys: Path) -> Iterator[HttpPlayer]:
    running.wipe(synthetic=True)
    save_signer(KeyFiles(keys).signing, new_signer())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CROSSTIP_API_USER_MINUTE", "1000000")
        patch.setenv("CROSSTIP_API_AGENCY_MINUTE", "1000000")
        people = staff(running.store, *AGENCIES, at_us=now_us() - 10 * DAY_US)
        with live_api(opener_of(running.store)) as live:
            player = HttpPlayer(running, people, live, keys=keys)
            with injected(player):
                yield player


@pytest.fixture(scope="module")
def player(
    _open_engines: dict[str, RunningStore], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HttpPlayer]:
    """A player over the API on the embedded engine."""
    with _playing(_open_engines["embedded"], tmp_path_factory.mktemp("keys")) as found:
        yield found


@pytest.fixture(scope="module")
def player_on_neo4j(
    _open_engines: dict[str, RunningStore], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HttpPlayer]:
    """A player over the API on Neo4j."""
    with _playing(_open_engines["neo4j"], tmp_path_factory.mktemp("keys")) as found:
        yield found


def _difference(player: HttpPlayer, history: History, wanted: Wanted) -> str:
    """Give the first lines in which the two worlds' answers differ; empty when they are alike."""
    there, gone = player.both(history, wanted)
    for one, other in zip(there, gone, strict=False):
        if one != other:
            lines = unified_diff(one.split("\n"), other.split("\n"), "there", "gone", n=30)
            return "\n".join(lines)[:4000]
    return "" if len(there) == len(gone) else f"{len(there)} answers, {len(gone)} without"


def _alike(player: HttpPlayer, histories_wanted: int) -> None:
    @settings(
        max_examples=histories_wanted,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
        print_blob=True,
    )
    @given(history=histories())
    def compared(history: History) -> None:
        assert _difference(player, history, Wanted(share=_SHARE)) == ""

    compared()


def test_every_route_says_how_it_is_asked() -> None:
    """A route that reads and has no entry fails here; so does one that changes without a reason."""
    app = create_app(
        ApiSettings(token=SecretStr("t" * 32)),
        StoreAccess(failing(StoreUnavailableError("not needed"))),
    )
    found: set[tuple[str, str]] = set()
    for included in app.routes:
        assert included.include_context.prefix == PREFIX  # type: ignore[attr-defined]
        for route in included.original_router.routes:  # type: ignore[attr-defined]
            assert isinstance(route, APIRoute)
            found |= {(method, route.path) for method in route.methods or ()}
    asked = {("GET", path) for path in GETS} | {("POST", path) for path in POSTS}
    assert found == asked | PLAYED | set(NOT_PLAYED)
    assert not asked & (PLAYED | set(NOT_PLAYED))


def test_what_is_hidden_changes_no_byte(player: HttpPlayer) -> None:
    assert _difference(player, FULL, EVERYTHING) == ""
    _alike(player, _EACH_RUN)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_what_is_hidden_changes_no_byte_in_many_histories(player: HttpPlayer) -> None:
    _alike(player, _LONG)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_what_is_hidden_changes_no_byte_on_neo4j(player_on_neo4j: HttpPlayer) -> None:
    assert _difference(player_on_neo4j, FULL, EVERYTHING) == ""
    _alike(player_on_neo4j, _ON_NEO4J)


def test_planted_leaks_are_found(player: HttpPlayer, monkeypatch: pytest.MonkeyPatch) -> None:
    """All at once, as each is seen in the answers of a route of its own."""
    for plant in LEAKS.values():
        plant(monkeypatch, player.store)
    there, gone = player.both(FULL, Wanted(only=frozenset(LEAKS)))
    differing = [
        one.split("\n")[0] for one, other in zip(there, gone, strict=False) if one != other
    ]
    for route, plant in LEAKS.items():
        begins = f" GET {route.partition('{')[0]}"
        assert any(begins in asked for asked in differing), plant.__doc__

"""Of conflicts and notices too the policies keep back what a query lets through, and vice versa."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from graph.casework.resource import Resource
from graph.errors import NotFoundError
from graph.queries.conflict_views import MINE, SEEN_BY
from graph.queries.core import Query
from graph.queries.notices import ONE
from graph.services import conflict_access, conflict_reading, notices
from graph.services.audit_reads import ReadLog
from graph.services.conflict_reading import list_conflicts, show_conflict
from graph.services.conflict_steps import acknowledge
from graph.services.notices import acknowledge_notice
from graph.store import Store
from tests.graph.services.rights_world import make_world

_FILTER = re.compile(r"WHERE \(?f\.(?:first|second)_(?:told|agency).*?(?=RETURN)", re.DOTALL)
_ADDRESSED = re.compile(r"AND \(\$user IN n\.recipients.*?\n")


def _open(query: Query[Any, Any], found: re.Pattern[str], instead: str) -> Query[Any, Any]:
    """Give a query without its filter; every parameter stays in use."""
    text, count = found.subn(instead, query.text)
    assert count > 0
    return replace(query, text=text)


def _anything(*_: object, resource: Resource) -> bool:
    return resource is not None


@pytest.mark.neo4j_long
def test_each_filter_alone_shows_no_more(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world, reads = make_world(store), ReadLog(store)
    boss, deputy = world.callers["supervisor"], world.callers["analyst"]
    keys = world.keys
    seen = {view.ref for view in list_conflicts(boss, store, reads=reads)}
    seen_by_deputy = {view.ref for view in list_conflicts(deputy, store, reads=reads)}
    assert (len(seen), len(seen_by_deputy)) == (3, 2)
    attempts: list[Callable[[], object]] = [
        lambda: show_conflict(boss, store, ref=keys["untold conflict"], reads=reads),
        lambda: acknowledge(boss, store, ref=keys["sealed conflict"]),
        lambda: acknowledge(boss, store, ref=keys["another agency's conflict"]),
        lambda: show_conflict(deputy, store, ref=keys["supervisors' conflict"], reads=reads),
        lambda: acknowledge_notice(boss, store, key=keys["own notice"]),
        lambda: acknowledge_notice(boss, store, key=keys["another agency's notice"]),
    ]

    def nothing_more() -> None:
        for attempt in attempts:
            with pytest.raises(NotFoundError, match="There is no such"):
                attempt()
        assert {view.ref for view in list_conflicts(boss, store, reads=reads)} == seen
        assert {v.ref for v in list_conflicts(deputy, store, reads=reads)} == seen_by_deputy

    nothing_more()
    bare = "WHERE $agency <> '' AND $user <> '' AND $is_supervisor IN [true, false] "
    addressed = "AND $user <> '' AND $is_supervisor IN [true, false]\n"
    everybody = _open(ONE, _ADDRESSED, addressed)
    text = everybody.text.replace("n.agency = $agency", "$agency <> ''")
    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(conflict_access, "SEEN_BY", _open(SEEN_BY, _FILTER, bare))
        patch.setattr(conflict_reading, "MINE", _open(MINE, _FILTER, bare))
        patch.setattr(notices, "ONE", replace(everybody, text=text))
        nothing_more()
    said = {record.getMessage() for record in caplog.records}
    assert {text.partition("(")[2].partition(")")[0] for text in said} == {
        "conflict.read: duties.told",
        "conflict.read: duties.sealed",
        "conflict.read: duties.sealed, duties.told",
        "conflict.read: duties.another_agency",
        "notice.acknowledge: duties.addressed",
        "notice.acknowledge: duties.addressed, duties.another_agency",
    }

    for module in (conflict_access, conflict_reading, notices):
        monkeypatch.setattr(module, "confirms", _anything)
    nothing_more()

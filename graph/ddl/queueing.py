"""The step by which tips say what bears on their priority, and get a place in their queues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.clock import now_us
from graph.fold import fold
from graph.queries.filling import (
    EVERY_TIP,
    FILL_SIGNALS,
    AfterParams,
    SignalItem,
    SignalsParams,
)
from graph.queries.recording import TIP_VERSIONS, TipKeysParams
from graph.services.tip_change import version_of
from graph.services.triage_places import held_tips, refresh_places
from graph.store import Store, WriteUnit
from graph.tip_state import Version
from graph.triage.signals import signals_of

if TYPE_CHECKING:
    from graph.ddl.migrations import EmbeddedSchema


def queue_held_tips(store: Store, _embedded: EmbeddedSchema | None) -> None:
    """Fill in what every tip says, then the places of those held; twice does no harm."""
    after = ""
    while len(rows := store.read(EVERY_TIP, AfterParams(after=after))) > 0:
        keys = [row.key for row in rows]
        store.writing(
            lambda unit, some=keys: fill_signals(unit, some),  # type: ignore[misc]
            name="noting what tips say",
        )
        after = keys[-1]
    for tips in held_tips(store):
        store.writing(
            lambda unit, some=tips: refresh_places(  # type: ignore[misc]
                unit, some, actor="migration", at_us=now_us()
            ),
            name="queueing tips",
        )


def fill_signals(unit: WriteUnit, tips: list[str]) -> None:
    """Write what tips say that bears on their priority, from their versions."""
    versions: dict[str, list[Version]] = {}
    for row in unit.read(TIP_VERSIONS, TipKeysParams(keys=tips)):
        versions.setdefault(row.tip, []).append(version_of(row))
    items = [
        SignalItem(key=tip, signals=list(signals_of(fold(found))))
        for tip, found in sorted(versions.items())
    ]
    unit.run(FILL_SIGNALS, SignalsParams(rows=items))

"""The step by which tips say what bears on their priority, and get a place in their queues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.clock import now_us
from graph.fold import fold
from graph.queries.filling import FILL_SIGNALS, SignalItem, SignalsParams
from graph.queries.recording import TIP_VERSIONS, TipKeysParams
from graph.services.tip_change import version_of
from graph.services.triage_places import held_tips, refresh
from graph.store import Store, WriteUnit
from graph.tip_state import Version
from graph.triage.signals import signals_of

if TYPE_CHECKING:
    from graph.ddl.migrations import EmbeddedSchema


def queue_held_tips(store: Store, _embedded: EmbeddedSchema | None) -> None:
    """Fill in both for tips that somebody holds or held; doing it twice does no harm.

    A tip that nobody ever held gets its signals with its next version, or where it is held.
    """
    for tips in held_tips(store):
        store.writing(
            lambda unit, some=tips: _queue(unit, some),  # type: ignore[misc]
            name="queueing tips",
        )


def _queue(unit: WriteUnit, tips: list[str]) -> None:
    fill_signals(unit, tips)
    refresh(unit, tips, actor="migration", at_us=now_us())


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

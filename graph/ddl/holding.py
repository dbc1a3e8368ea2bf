"""The step by which tips, agencies and judgements say whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.queries.core import NoParams
from graph.queries.filling import (
    COUNT_HELD,
    FILL_HOLDERS,
    HELD_PAGE,
    OWN_JUDGEMENTS,
    AfterParams,
    TipKeysParams,
)
from graph.services.band_telling import tell_bands
from graph.store import Store, WriteUnit

if TYPE_CHECKING:
    from graph.ddl.migrations import EmbeddedSchema


def keep_tips_apart(store: Store, _embedded: EmbeddedSchema | None) -> None:
    """Write what edges say on the nodes that queries ask; doing it twice does no harm."""
    after = ""
    while len(rows := store.read(HELD_PAGE, AfterParams(after=after))) > 0:
        keys = TipKeysParams(keys=[row.key for row in rows])
        store.writing(
            lambda unit, k=keys: unit.run(FILL_HOLDERS, k),  # type: ignore[misc]
            name="writing holders on tips",
        )
        after = rows[-1].key
    store.writing(_count, name="counting held tips")
    tell_bands(store)


def _count(unit: WriteUnit) -> None:
    unit.run(COUNT_HELD, NoParams())
    unit.run(OWN_JUDGEMENTS, NoParams())

"""Originals of purged tips go from the vault: set aside first, deleted an hour later.

In between the same document may come in again. Intake puts an original before its tip is recorded;
whatever was recorded by the time of deleting is brought back instead. So a run that is killed
anywhere, beside an intake that goes on, neither loses an original nor leaves one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.queries.erasing import (
    ERASED,
    ERASURES,
    RETURNED,
    SET_ASIDE,
    THERE,
    DueParams,
    ErasureRow,
)
from graph.queries.purging_holdings import KeysParams
from graph.queries.purging_tips import ErasureParams
from graph.settings import StoreSettings
from graph.store import Store, WriteUnit
from ingest.settings import IntakeSettings
from ingest.site import vault_of
from ingest.vault import Vault

_TOGETHER = 100
WAIT_US = 3_600_000_000
"""Longer than any batch of intake is between its originals and its tips."""


@dataclass(slots=True, kw_only=True)
class Erased:
    """What became of originals that nothing rests on."""

    set_aside: int = 0
    deleted: int = 0
    back: int = 0
    """Came in again meanwhile."""


def erase_due(store: Store, *, at_us: int, go_on: Callable[[], None] = lambda: None) -> Erased:
    """Set aside, delete or bring back the originals of purged tips.

    Raises:
        IntakeError: the vault cannot be reached; the next run goes on.
        StoreError: the same.
    """
    done = Erased()
    first = store.read(ERASURES, DueParams(after="", limit=_TOGETHER))
    if len(first) == 0:
        return done
    with vault_of(StoreSettings().data_dir, IntakeSettings()) as vault:
        page = first
        while len(page) > 0:
            go_on()
            _erase(store, vault, page, done, at_us=at_us)
            page = store.read(ERASURES, DueParams(after=page[-1].key, limit=_TOGETHER))
    return done


def _erase(store: Store, vault: Vault, page: list[ErasureRow], done: Erased, *, at_us: int) -> None:
    fresh = [row.key for row in page if row.aside_us is None]
    ripe = [row.key for row in page if row.aside_us is not None and row.aside_us + WAIT_US <= at_us]
    there = {row.key for row in store.read(THERE, KeysParams(keys=[*fresh, *ripe]))}
    for key in (key for key in fresh if key not in there):
        vault.set_aside(key)
        done.set_aside += 1
    for key in ripe:
        if key in there:
            vault.bring_back(key)
            done.back += 1
        else:
            vault.destroy(key)
            done.deleted += 1
    aside = ErasureParams(keys=[key for key in fresh if key not in there], at_us=at_us)
    deleted = KeysParams(keys=[key for key in ripe if key not in there])
    returned = KeysParams(keys=sorted(there))

    def note(unit: WriteUnit) -> None:
        unit.run(SET_ASIDE, aside)
        unit.run(ERASED, deleted)
        unit.run(RETURNED, returned)

    store.writing(note, name="noting what became of originals")

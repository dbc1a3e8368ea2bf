"""Credentials in a unit of work: found under their lock, changed as a whole."""

from __future__ import annotations

from graph.queries.credentials import (
    CREDENTIAL,
    LOCK_CREDENTIAL,
    CredentialParams,
    CredentialRow,
)
from graph.services.sessions import store_now_us
from graph.store import ReadUnit, WriteUnit


def locked_credential(unit: WriteUnit, key: str) -> CredentialRow:
    """Give a credential under its write lock; one that is not there yet is made, and opens nothing.

    Raises:
        StoreError: the store could not do it.
    """
    unit.insert_nodes("Credential", [{"key": key}])
    unit.run(LOCK_CREDENTIAL, CredentialParams(key=key))
    return unit.read(CREDENTIAL, CredentialParams(key=key))[0]


def credential(unit: ReadUnit, key: str) -> CredentialRow:
    """Give a credential; of a user who never had one, an empty one."""
    rows = unit.read(CREDENTIAL, CredentialParams(key=key))
    return rows[0] if len(rows) > 0 else CredentialRow(key=key)


def keep(unit: WriteUnit, row: CredentialRow) -> None:
    """Write a credential that was read under its lock."""
    unit.update_nodes("Credential", [row.model_dump()])


def time_of(unit: ReadUnit, at_us: int | None) -> int:
    """Give the store's time, or the given one."""
    return store_now_us(unit) if at_us is None else at_us

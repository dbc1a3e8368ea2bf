"""Requests that carry a key of the asker's own are done once, however often they come.

A reservation is written first; the change's own transaction marks it, so that after any failure it
is known whether the change was made; the answer is kept for a day. Rule: Idempotency-Key header,
draft-ietf-httpapi-idempotency-key-header-07.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from graph.casework.caller import Caller
from graph.casework.terms import DAY_US
from graph.errors import AnswerLostError, ChangedError, InFlightError, KeyReusedError
from graph.queries.once import (
    FORGET,
    KEEP,
    LOCK,
    MARK_DONE,
    ONCE,
    RELEASE,
    DoneParams,
    HeldParams,
    KeepParams,
    OnceKeyParams,
    OnceRow,
)
from graph.queries.scope import AsOf
from graph.store import Store, StoreLimits, WriteUnit

T = TypeVar("T")
KEPT_US = DAY_US
"""An answer is given again for so long."""
UNREFUSED = "logging a refusal"
"""Name of the transaction that changes nothing but the log."""
_LEASE_US = 180_000_000
"""Longer than any request may take: who holds a key for longer has died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer that was given before."""

    status: int
    answer: str
    etag: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """A key that one request has for itself."""

    key: str
    holder: str
    at_us: int

    def mark(self, unit: WriteUnit) -> None:
        """Note in a change's transaction that it was made.

        Raises:
            ChangedError: another request took the key over; nothing of this unit is kept.
        """
        params = DoneParams(key=self.key, holder=self.holder, at_us=self.at_us)
        if len(unit.run(MARK_DONE, params)) == 0:
            raise ChangedError("Another request took this key over meanwhile. Nothing was done.")

    def keep(self, store: Store, *, status: int, answer: str, etag: str | None) -> None:
        """Keep the answer.

        Raises:
            StoreError: the store could not; a repetition is told that the answer is lost.
        """
        params = KeepParams(
            key=self.key, holder=self.holder, status=status, answer=answer, etag=etag
        )
        store.writing(lambda unit: unit.run(KEEP, params), name="keeping an answer")

    def release(self, store: Store) -> None:
        """Give the key back, unless a change was made under it.

        Raises:
            StoreError: the store could not; the key is free again when its time is over.
        """
        params = HeldParams(key=self.key, holder=self.holder)
        store.writing(lambda unit: unit.run(RELEASE, params), name="releasing a key")


class MarkingStore(Store):
    """A store in which every change of a request marks the request's key in its transaction."""

    def __init__(
        self, store: Store, *, reserved: Reserved | None = None, limits: StoreLimits | None = None
    ) -> None:
        """Share the driver of an open store; `limits` are those of one request."""
        self.__dict__.update(store.__dict__)
        self._reserved = reserved
        if limits is not None:
            self._limits = limits

    def writing(self, work: Callable[[WriteUnit], T], *, name: str) -> T:
        """Do reads and writes as one transaction, and mark the key with them.

        Raises:
            StoreError: as for `Store.writing`.
        """
        reserved = self._reserved
        if reserved is None or name == UNREFUSED:
            return super().writing(work, name=name)

        def marked(unit: WriteUnit) -> T:
            reserved.mark(unit)
            return work(unit)

        return super().writing(marked, name=name)


def once_key(caller: Caller, named: str) -> str:
    """Give the key of a reservation: nobody but the same user of the same agency can meet it."""
    said = "\0".join((caller.agency or "", caller.user, named))
    return hashlib.sha256(said.encode()).hexdigest()


def reserve(caller: Caller, store: Store, *, named: str, fingerprint: str) -> Reserved | Given:
    """Reserve a key of the caller's own for a request, or give the answer that it had.

    Raises:
        KeyReusedError: the key was used for another request.
        InFlightError: the first request with it is not answered yet.
        AnswerLostError: the first request was done, and its answer is not known.
        StoreError: the store could not; nothing was reserved.
    """
    key, holder = once_key(caller, named), uuid.uuid4().hex
    fresh = OnceRow(
        key=key,
        holder=holder,
        fingerprint=fingerprint,
        until_us=caller.as_of_us + _LEASE_US,
        done_us=None,
        status=None,
        answer=None,
        etag=None,
        expires_us=caller.as_of_us + KEPT_US,
    )

    def work(unit: WriteUnit) -> Reserved | Given:
        unit.insert_nodes("Once", [fresh.model_dump()])
        unit.run(LOCK, OnceKeyParams(key=key))
        (found,) = unit.read(ONCE, OnceKeyParams(key=key))
        mine = Reserved(key=key, holder=holder, at_us=caller.as_of_us)
        if found.holder == holder:
            return mine
        if found.expires_us > caller.as_of_us:
            given = _before(found, fingerprint, caller.as_of_us)
            if given is not None:
                return given
        unit.update_nodes("Once", [fresh.model_dump()])
        return mine

    return store.writing(work, name="reserving a key")


def forget_answers(store: Store, *, at_us: int) -> None:
    """Delete answers whose day is over, at most 500 at once.

    Raises:
        StoreError: the store could not.
    """
    store.writing(lambda unit: unit.run(FORGET, AsOf(now_us=at_us)), name="forgetting answers")


def _before(found: OnceRow, fingerprint: str, at_us: int) -> Given | None:
    """Give what an earlier request with the key was answered, None where nothing came of it."""
    if found.fingerprint != fingerprint:
        raise KeyReusedError(
            "This Idempotency-Key was used for another request. Take another key. Nothing was done."
        )
    if found.status is not None:
        return Given(status=found.status, answer=found.answer or "", etag=found.etag)
    if at_us < found.until_us:
        raise InFlightError(
            "The first request with this Idempotency-Key is not answered yet. Wait, and send it "
            "again as it is."
        )
    if found.done_us is not None:
        raise AnswerLostError(
            "The request with this Idempotency-Key was done, but its answer is lost. Look at the "
            "record; do not send it again."
        )
    return None

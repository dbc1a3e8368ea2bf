"""The second filter on tips: the policies are asked about each one that an answer is to show."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import confirms, require
from graph.casework.tip_scope import scope_of
from graph.errors import CrosstipError
from graph.queries.holders import UNHELD, WHOSE, UnheldParams
from graph.queries.recording import TipKeysParams
from graph.services.acting import About, leaf, named, refusal
from graph.services.audit_reads import ReadLog
from graph.services.tip_names import no_such_tip
from graph.store import Store

T = TypeVar("T")
_TOGETHER = 1000


def look_at(
    caller: Caller,
    store: Store,
    *,
    deed: Deed,
    tip: str,
    reads: ReadLog,
    work: Callable[[Store], T],
) -> T:
    """Give what `work` finds about a tip in the store as the caller may see it, once it is logged.

    Raises:
        RightsError: the caller may not do this to any tip.
        NotFoundError: there is no such tip for them; in the words in which `work` says so.
        StoreError: the store could not answer, or its log could not be written.
    """
    about = About(object=named(tip))
    try:
        require(caller, deed)
        answer = work(store.seen_by(scope_of(caller)))
        confirm_tips(caller, store, deed=deed, keys=[tip])
    except CrosstipError as error:
        reads.note([refusal(caller, deed, about, error)], actor=caller.user)
        raise
    reads.note([leaf(caller, deed, about, outcome="done")], actor=caller.user)
    return answer


def confirm_tips(caller: Caller, store: Store, *, deed: Deed, keys: Collection[str]) -> None:
    """Come back when the policies permit a deed on every tip among these keys of records.

    Raises:
        NotFoundError: they forbid it of one, which a query let through: a defect, and logged.
        StoreError: the store could not answer.
    """
    ordered = sorted(keys)
    for start in range(0, len(ordered), _TOGETHER):
        params = TipKeysParams(keys=ordered[start : start + _TOGETHER])
        for row in store.read(WHOSE, params):
            tip = Resource(owner=caller.agency, holders=frozenset(row.holders))
            if not confirms(caller, deed, resource=tip):
                raise no_such_tip(row.tip)


def unheld_among(store: Store, tips: Collection[str]) -> int:
    """Give how many of some tips nobody holds."""
    rows = store.read(WHOSE, TipKeysParams(keys=sorted(tips)))
    return sum(len(row.holders) == 0 for row in rows)


def unheld_tips(store: Store) -> Iterator[list[str]]:
    """Give the tips that nobody holds, some at a time: for whoever may route all of them."""
    after = ""
    while True:
        rows = store.read(UNHELD, UnheldParams(after=after))
        if len(rows) > 0:
            yield [row.tip for row in rows]
        if len(rows) < UNHELD.max_rows:
            return
        after = rows[-1].tip

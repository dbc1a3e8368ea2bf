"""How a caller does something or looks at something: rights first, and a leaf whatever comes of it.

A change and its leaf are one transaction. A refusal changes nothing, so its leaf has one of its
own. What is looked at leaves only after its leaf is written. Leaves name records by keys that
tell nothing about people (CJIS AU-2, AU-3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import require
from graph.casework.tip_scope import scope_of
from graph.errors import (
    ChangedError,
    CrosstipError,
    NotFoundError,
    RightsError,
    RowError,
    StoreError,
    TooManyJobsError,
)
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.audit_reads import ReadLog
from graph.store import ReadUnit, Store, WriteUnit

T = TypeVar("T")
PERMIT, DENY = "permit", "deny"
_NAME = re.compile(r"[0-9a-f]{32}\Z|[a-z][a-z-]*:[0-9]{1,9}\Z")
"""A ref, or a tip's source and number: shorter than any telephone number."""
_REFUSALS: dict[type[CrosstipError], str] = {
    RightsError: "refused: no right",
    NotFoundError: "refused: no such record",
    ChangedError: "refused: changed meanwhile",
    RowError: "refused: not as the rules ask",
    TooManyJobsError: "refused: too many jobs wait",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen(Generic[T]):
    """What was looked at: the answer, how it ended, and the records that it shows."""

    answer: T
    outcome: str
    disclosed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What something is done to, as the log names it."""

    object: str | None = None
    """Key of a record; never a claim's key, which holds the identifier.

    What a person typed goes through `named` first: it may be no key at all.
    """
    purpose: str | None = None
    investigation: str | None = None


def act(
    caller: Caller,
    store: Store,
    *,
    deed: Deed,
    about: About,
    work: Callable[[WriteUnit], T],
    resource: Resource | None = None,
) -> T:
    """Do something as one transaction; `work` writes the leaves of what it changes with `note`.

    `resource` is what is known of the record before it is read; without one it is the caller's
    agency's. `work` asks again once it has read the record.

    Raises:
        RightsError: the caller may not.
        NotFoundError, ChangedError, RowError: as `work` raises them; nothing was changed.
        StoreError: the store could not do it; nothing was changed.
    """
    try:
        require(caller, deed, resource=resource)
        return store.seen_by(scope_of(caller)).writing(work, name=deed.value)
    except tuple(_REFUSALS) as error:
        refused = refusal(caller, deed, about, error)
        store.writing(lambda unit: note(unit, caller, [refused]), name="logging a refusal")
        raise


def look(
    caller: Caller,
    store: Store,
    *,
    deed: Deed,
    about: About,
    reads: ReadLog,
    work: Callable[[ReadUnit], Seen[T]],
    resource: Resource | None = None,
) -> T:
    """Give what `work` finds, after the log says who was shown it; `resource` is as for `act`.

    Raises:
        RightsError: the caller may not.
        NotFoundError, RowError: as `work` raises them.
        StoreError: the store could not answer, or its log could not be written.
    """
    try:
        require(caller, deed, resource=resource)
        seen = store.seen_by(scope_of(caller)).reading(work, name=deed.value)
    except tuple(_REFUSALS) as error:
        reads.note([refusal(caller, deed, about, error)], actor=caller.user)
        raise
    done = leaf(
        caller, deed, about, outcome=seen.outcome, disclosed=seen.disclosed, resource=resource
    )
    reads.note([done], actor=caller.user)
    return seen.answer


def leaf(
    caller: Caller,
    deed: Deed,
    about: About,
    *,
    outcome: str,
    disclosed: tuple[str, ...] = (),
    resource: Resource | None = None,
) -> Leaf:
    """Give the leaf of something that was permitted, with the policies that permit it.

    It goes to the log of the caller's agency.

    Raises:
        RightsError: no policy permits it, so that no leaf may say so.
    """
    return Leaf(
        action=deed.value,
        object=about.object,
        outcome=outcome,
        agency=caller.agency,
        purpose=about.purpose,
        investigation=about.investigation,
        decision=PERMIT,
        policies=require(caller, deed, resource=resource),
        disclosed=disclosed,
        request=caller.request,
    )


def note(unit: WriteUnit, caller: Caller, leaves: Sequence[Leaf]) -> None:
    """Write leaves with the change that they record, as of the caller's time."""
    add_leaves(unit, leaves, actor=caller.user, at_us=caller.as_of_us)


def named(text: str | None) -> str | None:
    """Give what somebody typed as the name of a record for a log, None where it cannot be one.

    Else an identifier that was typed in the wrong place would stay in the log for good.
    """
    return text if text is not None and _NAME.match(text) is not None else None


def refusal(caller: Caller, deed: Deed, about: About, error: CrosstipError) -> Leaf:
    """Give the leaf of something that was refused, or failed; with the policies that forbid it.

    Whatever the reason, what was typed as the name of a record may be an identifier.
    """
    outcomes = (text for kind, text in _REFUSALS.items() if isinstance(error, kind))
    about = replace(about, object=named(about.object), investigation=named(about.investigation))
    failed = "not done: the store failed" if isinstance(error, StoreError) else "not done"
    return Leaf(
        action=deed.value,
        object=about.object,
        outcome=next(outcomes, failed),
        agency=caller.agency,
        purpose=about.purpose,
        investigation=about.investigation,
        decision=DENY,
        policies=error.policies if isinstance(error, RightsError) else (),
        request=caller.request,
    )

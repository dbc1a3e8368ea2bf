"""The validation queue: claims by review date, and reminders 60, 30 and 7 days before it.

What nobody validates by then is in no answer and is purged (28 CFR 23.20(h), rules 23-9, 23-10).
Each claim is validated or let go by itself: `claims.validate_claim`, `purging.purge_claim`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms
from graph.casework.severity import Severity
from graph.casework.telling import Told
from graph.casework.vocabulary import Visibility
from graph.clock import iso
from graph.queries.retention import KeyParams
from graph.queries.reviews import (
    NEAR,
    NOTICE_THERE,
    QUEUE,
    NearParams,
    NearRow,
    QueueParams,
    QueueRow,
)
from graph.retention.classes import DAY_US
from graph.services.acting import About, Seen, look
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.audit_reads import ReadLog
from graph.services.notice_writing import Notice, write_notices
from graph.services.sides import Facts, Side, digest, facts_about
from graph.store import ReadUnit, Store, WriteUnit

STEPS = (60, 30, 7)
"""Days before the review date at which people are reminded."""
_KIND = "claim.review_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A claim that is to be validated, or let go."""

    ref: str
    reference: str
    """Of its investigation."""
    is_open: bool
    """Whether that is open: only then the claim can be validated."""
    role: str
    visibility: str | None
    kind: str
    identifier: str
    review_due_us: int
    days_left: int
    validated_us: int | None
    validated_by: str | None
    version: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """A page of the validation queue."""

    lines: tuple[ReviewLine, ...]
    next_after: tuple[int, str] | None
    """Review date and ref of the last line."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Claims that are reminded of together: of an investigation, due on one day."""

    agency: str
    case: str
    sealed_to: str | None
    day: str
    step: int


def review_queue(
    caller: Caller,
    store: Store,
    *,
    days: int,
    reads: ReadLog,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> ReviewPage:
    """Give the own agency's claims that are to be reviewed within so many days, by review date.

    Raises:
        RightsError: the caller does no casework.
    """
    after_us, after_ref = (0, "") if after is None else after
    params = QueueParams(
        agency=agency_of(caller),
        user=caller.user,
        now_us=caller.as_of_us,
        before_us=caller.as_of_us + days * DAY_US,
        after_us=after_us,
        after_ref=after_ref,
        limit=limit,
    )

    def work(unit: ReadUnit) -> Seen[ReviewPage]:
        rows = unit.read(QUEUE, params)
        shown = [row for row in rows if _confirmed(caller, row)]
        more = (rows[-1].review_due_us, rows[-1].ref) if len(rows) == limit else None
        return Seen(
            answer=ReviewPage(
                lines=tuple(_line(row, caller.as_of_us) for row in shown), next_after=more
            ),
            outcome="validation queue listed",
            disclosed=tuple(row.ref for row in shown),
        )

    return look(caller, store, deed=Deed.CLAIM_READ, about=About(), reads=reads, work=work)


def remind_due(store: Store, *, at_us: int, actor: str) -> int:
    """Tell whose claims come near their review date, once for each step; give how many notices.

    One notice is about all claims of an investigation that are due on one day. Of a sealed claim
    the supervisor whom it names is told, and nobody else. Doing it twice does no harm.

    Raises:
        StoreError: the store could not; what was told until then stays.
    """
    counts: dict[_Group, int] = {}
    for row in _near(store, at_us):
        group = _group(row, at_us)
        counts[group] = counts.get(group, 0) + 1
    return sum(
        store.writing(
            lambda unit, g=group, n=total: _tell(unit, g, n, at_us=at_us, actor=actor),  # type: ignore[misc]
            name="reminding of reviews",
        )
        for group, total in counts.items()
    )


def _near(store: Store, at_us: int) -> Iterator[NearRow]:
    after_us, after_key, before_us = at_us + 1, "", at_us + STEPS[0] * DAY_US
    while True:
        params = NearParams(before_us=before_us, after_us=after_us, after_key=after_key)
        rows = store.read(NEAR, params)
        yield from rows
        if len(rows) == 0:
            return
        after_us, after_key = rows[-1].review_due_us, rows[-1].key


def _group(row: NearRow, at_us: int) -> _Group:
    left = row.review_due_us - at_us
    return _Group(
        agency=row.agency,
        case=row.investigation,
        sealed_to=row.sealed_to if row.visibility == Visibility.SEALED else None,
        day=iso(row.review_due_us)[:10],
        step=max(number for number, days in enumerate(STEPS, start=1) if left <= days * DAY_US),
    )


def _tell(unit: WriteUnit, group: _Group, total: int, *, at_us: int, actor: str) -> int:
    facts = facts_about(unit, cases={group.case}, agencies={group.agency}, at_us=at_us)
    notice = _notice(group, total, facts)
    if _is_there(unit, notice.key):
        return 0
    write_notices(unit, [notice], facts, at_us=at_us)
    done = Leaf(
        action=_KIND,
        object=None,
        outcome="told",
        agency=group.agency,
        investigation=group.case,
    )
    add_leaves(unit, [done], actor=actor, at_us=at_us)
    return 1


def _notice(group: _Group, total: int, facts: Facts) -> Notice:
    side = Side(
        agency=group.agency,
        case=group.case,
        told=Told.OFFICER if group.sealed_to is None else Told.SUPERVISOR,
        supervisors_at_once=group.step == len(STEPS),
        sealed_to=group.sealed_to,
    )
    claims = "1 claim is" if total == 1 else f"{total} claims are"
    said = f"{claims} to be reviewed by {group.day}"
    return Notice(
        kind=_KIND,
        side=side,
        stream=digest(f"review|{group.case}|{group.sealed_to}|{group.day}"),
        number=group.step,
        object=group.case,
        severity=Severity.HIGH if group.step == len(STEPS) else Severity.NORMAL,
        subject=said,
        text=(
            f"{said}, of investigation {facts.reference_of(side)}. What nobody validates by then "
            "is in no answer any more and is purged.\nLook at them: crosstip claim queue"
        ),
    )


def _is_there(unit: ReadUnit, key: str) -> bool:
    return len(unit.read(NOTICE_THERE, KeyParams(key=key))) > 0


def _confirmed(caller: Caller, row: QueueRow) -> bool:
    resource = Resource(
        owner=row.agency,
        visibility=row.visibility,
        sealed_to=row.sealed_to,
        entered_by=row.entered_by,
    )
    return confirms(caller, Deed.CLAIM_READ, resource=resource)


def _line(row: QueueRow, at_us: int) -> ReviewLine:
    return ReviewLine(
        ref=row.ref,
        reference=row.reference,
        is_open=row.status == "open",
        role=row.role,
        visibility=row.visibility,
        kind=row.kind,
        identifier=row.identifier,
        review_due_us=row.review_due_us,
        days_left=(row.review_due_us - at_us) // DAY_US,
        validated_us=row.validated_us,
        validated_by=row.validated_by,
        version=row.version,
    )

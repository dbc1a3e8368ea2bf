"""The rows of lists that account for work: checks that were made, and a log's records."""

from __future__ import annotations

from collections.abc import Iterator

from graph.audit.records import canonical, log_of, number_of
from graph.clock import iso
from graph.queries.checks import MOST_KEPT, KeptRow
from graph.services.audit_leaves import record_from
from graph.services.audit_listing import list_entries, open_own_log
from graph.services.check_history import CheckPlace, list_checks
from graph.services.export_rows import MOST_ROWS, Line, Sight

_LEAVES = 1000
CHECK_COLUMNS = (
    *("check", "part", "at", "by", "purpose", "investigation", "lines", "hits", "result"),
    "answer",
)
AUDIT_COLUMNS = (
    *("number", "entry", "at", "by", "agency", "purpose", "investigation", "action", "record_of"),
    *("outcome", "decision", "policies", "shown", "request", "record"),
)
NOTHING_MEANS = (
    "`nothing shown` is no statement that nobody works it; lines may not have been checked at all."
)


def checks_rows(sight: Sight) -> Iterator[Line]:
    """Give checks that were made, without what was asked: nothing keeps that for over a day."""
    sight.notes.append(NOTHING_MEANS)
    after: CheckPlace | None = None
    while True:
        rows = list_checks(
            sight.caller, sight.store, reads=sight.reads, after=after, limit=MOST_KEPT
        )
        for row in rows:
            yield Line(cells=_check(row), record=row.asker)
        if len(rows) < MOST_KEPT:
            return
        after = CheckPlace(at_us=rows[-1].at_us, key=rows[-1].key)


def audit_rows(sight: Sight) -> Iterator[Line]:
    """Give the numbered records of the caller's log, and put the proof beside them."""
    log = open_own_log(sight.caller, sight.store, reads=sight.reads, most=MOST_ROWS)
    first = log.first
    if first > 0:
        sight.left_out.append(
            f"Only the newest {MOST_ROWS:,} of {log.size:,} records are in it; `GET "
            "/v1/audit/export` has all."
        )
    sight.notes.append("Entries that wait for their number, as the newest ones do, are not in it.")
    if log.proof is None:
        sight.notes.append("No checkpoint covers this log yet: nothing vouches for it.")
    else:
        sight.proof = log.proof.model_dump_json()
    while first < log.size:
        rows = list_entries(
            sight.caller,
            sight.store,
            reads=sight.reads,
            first=first,
            limit=min(_LEAVES, log.size - first),
        )
        for row in rows:
            cells = (
                number_of(row.place),
                row.key,
                iso(row.at_us),
                row.actor,
                row.agency,
                row.purpose,
                row.investigation,
                row.action,
                row.object,
                row.outcome,
                row.decision,
                "; ".join(row.policies or ()),
                "; ".join(row.disclosed or ()),
                row.request,
                canonical(record_from(row)).decode(),
            )
            yield Line(cells=cells, record=log_of(sight.caller.agency))
        first += _LEAVES


def _check(row: KeptRow) -> tuple[str | int | None, ...]:
    return (
        row.ref,
        int(row.key.rpartition("|")[2]),
        iso(row.at_us),
        row.asker,
        row.purpose,
        row.investigation,
        row.lines,
        row.hits,
        "hit" if row.hits > 0 else "nothing shown",
        row.said,
    )

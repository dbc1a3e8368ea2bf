"""What each step of assistance leaves behind: receipts, log entries and notices of both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.audit.records import AuditRecord, Field
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of
from graph.casework.telling import Told
from graph.desk.assistance import HelpStep, canonical
from graph.handoff.receipts import logged_as
from graph.handoff.showing import sha256_of
from graph.queries.assistance import RECEIPTS, AssistanceRow, HelpReceiptRow
from graph.queries.desk_tasks import RangeParams
from graph.rows import PropertyRow
from graph.services.acting import About, leaf
from graph.services.audit_leaves import Leaf, record_of, write_records
from graph.services.notice_writing import Notice, write_notices
from graph.services.sides import Side, digest, facts_about
from graph.store import ReadUnit, WriteUnit

FORMAT = 1
_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """A step that was taken."""

    row: AssistanceRow
    """The request after it."""
    step: HelpStep
    caller: Caller
    deed: Deed


def keep_help(unit: WriteUnit, done: Helped) -> None:
    """Write both sides' receipts, log entries and notices, in the transaction of the step.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    row = done.row
    records: list[AuditRecord] = []
    rows: list[PropertyRow] = []
    for agency in (row.asker, row.helper):
        before = receipts_of(unit, row.key, agency)
        prior = before[-1].body_sha256 if len(before) > 0 else None
        body = _body(done, agency, prior)
        sealed = sha256_of(body)
        record = _record(done, agency, sealed)
        records.append(record)
        rows.append(
            {
                "key": digest(f"assistance receipt|{row.key}|{row.steps}|{agency}"),
                "request": row.key,
                "agency": agency,
                "place": f"{_head(row.key, agency)}{row.steps:09d}",
                "number": row.steps,
                "step": done.step.value,
                "at_us": row.moved_us,
                "body": body,
                "body_sha256": sealed,
                "prior": prior,
                "leaf": record.id,
            }
        )
    write_records(unit, records)
    unit.insert_nodes("AssistanceReceipt", rows)
    facts = facts_about(unit, cases=set(), agencies={row.asker, row.helper}, at_us=row.moved_us)
    notices = [_notice(done, row.asker), _notice(done, row.helper)]
    write_notices(unit, notices, facts, at_us=row.moved_us)


def receipts_of(unit: ReadUnit, key: str, agency: str) -> list[HelpReceiptRow]:
    """Give one side's receipts of a request, in their order."""
    head = _head(key, agency)
    return list(unit.read(RECEIPTS, RangeParams(after=head, end=f"{head[:-1]}}}", limit=_MOST)))


def _head(key: str, agency: str) -> str:
    return f"{key}|{digest(agency)}|"


def _body(done: Helped, agency: str, prior: str | None) -> str:
    row = done.row
    values: dict[str, Field | None] = {
        "v": FORMAT,
        "assistance": row.key,
        "number": row.steps,
        "agency": agency,
        "asker": row.asker,
        "helper": row.helper,
        "kind": row.kind,
        "step": done.step.value,
        "stage": row.stage,
        "at_us": row.moved_us,
        "made_by": row.moved_by,
        "made_for": agency_of(done.caller),
        "why": row.why,
        "shown_sha256": row.shown_sha256,
        "prior": prior,
    }
    return canonical({name: value for name, value in values.items() if value is not None})


def _record(done: Helped, agency: str, sealed: str) -> AuditRecord:
    row = done.row
    outcome = logged_as(done.step.value, sealed)
    if agency_of(done.caller) == agency:
        own = leaf(done.caller, done.deed, About(object=row.key), outcome=outcome)
    else:
        own = Leaf(action=done.deed.value, object=row.key, outcome=outcome, agency=agency)
    return record_of(replace(own, agency=agency), actor=done.caller.user, at_us=row.moved_us)


def _notice(done: Helped, agency: str) -> Notice:
    row = done.row
    is_asker = agency == row.asker
    other = row.helper if is_asker else row.asker
    what = f"to {other}" if is_asker else f"by {other}"
    said = f"The request for assistance ({row.kind}) {what} is {row.stage}, by {row.moved_by}."
    return Notice(
        kind=f"assistance.{row.stage}",
        side=Side(agency=agency, case=None, told=Told.SUPERVISOR),
        stream=row.key,
        number=2 * row.steps - (1 if is_asker else 0),
        object=row.key,
        severity="normal",
        subject=said,
        text=f"{said}\nWhat it says and your receipt: crosstip assistance show {row.key}",
        others=(row.asked_by,) if is_asker else (),
        since_us=row.asked_us,
    )

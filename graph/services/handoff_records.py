"""What each step of a hand-off leaves behind: receipts, log entries and notices of both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.audit.records import AuditRecord
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of
from graph.casework.telling import Told
from graph.casework.vocabulary import UserRole
from graph.handoff.deciding import CLOCK, Taken
from graph.handoff.receipts import Receipt, logged_as, receipt_text
from graph.handoff.showing import sha256_of
from graph.handoff.steps import HandoffStep, Kind, Side, Stage
from graph.queries.handoffs import RECEIPTS, HandoffRow, ReceiptsParams
from graph.rows import PropertyRow
from graph.services.acting import About, leaf
from graph.services.agency_staff import serving
from graph.services.audit_leaves import Leaf, record_of, write_records
from graph.services.notice_writing import Notice, write_notices
from graph.services.sides import Facts, digest, facts_about
from graph.services.sides import Side as Party
from graph.store import WriteUnit

_SEVERITY = {"at once": "urgent", "today": "high"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step that was taken, and what it disclosed."""

    taken: Taken
    step: HandoffStep
    caller: Caller | None
    """None: the clock."""
    at_us: int
    deed: Deed
    disclosed: str | None = None
    """The record that the receiver is shown by it, as canonical text."""
    why: str | None = None
    priority: str = ""
    """Class of urgency, for the notices."""

    @property
    def row(self) -> HandoffRow:
        """The hand-off after the step."""
        return self.taken.row


def keep_step(unit: WriteUnit, done: Done) -> None:
    """Write both sides' receipts, the entries in both logs, and both notices, in one transaction.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    row = done.row
    records: list[AuditRecord] = []
    rows: list[PropertyRow] = []
    for side, agency in ((Side.GIVER, row.giver), (Side.RECEIVER, row.receiver)):
        receipt = _receipt(unit, done, side, agency)
        body = receipt_text(receipt)
        sealed = sha256_of(body)
        record = _record(done, agency, sealed)
        records.append(record)
        rows.append(
            {
                "key": digest(f"receipt|{row.key}|{row.steps}|{agency}"),
                "handoff": row.key,
                "agency": agency,
                "number": row.steps,
                "step": done.step.value,
                "at_us": done.at_us,
                "body": body,
                "body_sha256": sealed,
                "prior": receipt.prior,
                "disclosed": done.disclosed if side is Side.GIVER else None,
                "disclosed_sha256": receipt.disclosed_sha256,
                "leaf": record.id,
            }
        )
    write_records(unit, records)
    unit.insert_nodes("HandoffReceipt", rows)
    ends: list[tuple[str, str, PropertyRow]] = [(row.key, str(each["key"]), {}) for each in rows]
    unit.insert_rels("HAS_RECEIPT", ("Handoff", "HandoffReceipt"), ends)
    _tell(unit, done)


def _receipt(unit: WriteUnit, done: Done, side: Side, agency: str) -> Receipt:
    row = done.row
    before = unit.read(RECEIPTS, ReceiptsParams(key=row.key, agency=agency))
    return Receipt(
        handoff=row.key,
        number=row.steps,
        side=side.value,
        agency=agency,
        giver=row.giver,
        receiver=row.receiver,
        tip=row.tip,
        kind=row.kind,
        step=done.step.value,
        stage=row.stage,
        at_us=done.at_us,
        made_by=row.offered_by if row.answered_by is None else row.answered_by,
        made_for=None if done.caller is None else agency_of(done.caller),
        why=done.why,
        level=_level(done),
        disclosed_sha256=None if done.disclosed is None else sha256_of(done.disclosed),
        permitted=row.permitted,
        agreement=row.agreement,
        prior=before[-1].body_sha256 if len(before) > 0 else None,
    )


def _level(done: Done) -> str:
    return done.row.level if done.row.stage == Stage.OFFERED else done.taken.rule.shows.value


def _record(done: Done, agency: str, sealed: str) -> AuditRecord:
    """Give the entry of one side's log, which names the tip as shown where it was."""
    row = done.row
    outcome = logged_as(done.step.value, sealed)
    disclosed = (row.tip,) if done.disclosed is not None else ()
    caller = done.caller
    if caller is not None and agency_of(caller) == agency:
        own = leaf(
            caller,
            done.deed,
            About(object=row.key, purpose=row.purpose),
            outcome=outcome,
            disclosed=disclosed,
        )
    else:
        own = Leaf(
            action=done.deed.value,
            object=row.key,
            outcome=outcome,
            agency=agency,
            purpose=row.purpose,
            disclosed=disclosed,
        )
    by = CLOCK if caller is None else caller.user
    return record_of(replace(own, agency=agency), actor=by, at_us=done.at_us)


def _tell(unit: WriteUnit, done: Done) -> None:
    """Tell both sides; whoever took the step is told too, as a colleague may read it first."""
    row = done.row
    facts = facts_about(unit, cases=set(), agencies={row.giver, row.receiver}, at_us=done.at_us)
    answering = _answerers(unit, row, done.at_us)
    notices = [
        _notice(done, facts, own=row.giver, other=row.receiver, others=(row.offered_by,)),
        _notice(done, facts, own=row.receiver, other=row.giver, others=answering),
    ]
    write_notices(unit, notices, facts, at_us=done.at_us)


def _notice(done: Done, facts: Facts, *, own: str, other: str, others: tuple[str, ...]) -> Notice:
    row = done.row
    agency = facts.agencies.get(other)
    name = other if agency is None else agency.name
    told = {
        Side.GIVER: f"Your offer of {row.tip} to {name} ({row.kind})",
        Side.RECEIVER: f"The offer of {row.tip} by {name} ({row.kind})",
    }[Side.GIVER if own == row.giver else Side.RECEIVER]
    by = "by the clock" if done.caller is None else f"by {done.caller.user}"
    said = f"{told} is {row.stage}, {by}."
    text = f"{said}\nThe reason and your receipt: crosstip handoff show {row.key}"
    return Notice(
        kind=f"handoff.{row.stage}",
        side=Party(agency=own, case=None, told=Told.SUPERVISOR),
        stream=row.key,
        number=2 * row.steps - (1 if own == row.giver else 0),
        object=row.key,
        severity=_SEVERITY.get(done.priority, "normal"),
        subject=said,
        text=text,
        others=others,
        since_us=row.offered_us,
    )


def _answerers(unit: WriteUnit, row: HandoffRow, at_us: int) -> tuple[str, ...]:
    """Give who of the receiver is told beside its supervisors.

    Whoever answered, and the prosecutors where it is theirs: their office may have no supervisor.
    """
    answered = {Stage.ACCEPTED, Stage.DECLINED, Stage.RETURNED}
    told = {row.answered_by} if row.stage in answered and row.answered_by is not None else set()
    if row.kind == Kind.PROSECUTION:
        staff = serving(unit, row.receiver, roles={UserRole.PROSECUTOR}, at_us=at_us)
        told |= {user.key for user in staff}
    return tuple(sorted(told))

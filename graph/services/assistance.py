"""Assistance between agencies: asked, answered, delivered, received; each step with receipts.

The request says what it says and nothing is added: it names no tip of the asker's, and no right to
any record comes of it. Whoever asks is shown beforehand, word for word, what the helper will see.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import optional_text, text_of
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms, require
from graph.desk.assistance import (
    ASSISTANCE,
    LONGEST_US,
    HelpKind,
    HelpShown,
    HelpStage,
    HelpStep,
    agency_place,
    order_of,
    shown_text,
)
from graph.desk.moves import NONE, Side, deed_of, rule_of
from graph.errors import NotFoundError, RowError
from graph.handoff.showing import sha256_of
from graph.queries.assistance import LOCK, ONE, AssistanceRow
from graph.queries.desk_tasks import OwnRecordParams, RecordKeyParams
from graph.services.acting import About, Seen, act, look, named
from graph.services.agencies import agency_there
from graph.services.assistance_records import Helped, keep_help
from graph.services.audit_reads import ReadLog
from graph.services.desk_steps import require_version
from graph.store import ReadUnit, Store, WriteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHelp:
    """A request as somebody makes it."""

    to: str
    """Key of the agency that is asked."""
    kind: HelpKind
    reference: str
    needed: str
    due_us: int
    contact: str | None = None
    """Whom to call; None: the agency's own contact."""


def preview_help(caller: Caller, store: Store, *, new: NewHelp, reads: ReadLog) -> HelpShown:
    """Give exactly what the other agency would be shown; nothing is sent.

    Raises:
        RightsError: the caller asks for no assistance.
        NotFoundError: there is no such agency.
        RowError: something is missing, or the agency is not there to be asked.
    """

    def work(unit: ReadUnit) -> Seen[HelpShown]:
        return Seen(answer=_shown(unit, caller, new), outcome="previewed")

    return look(caller, store, deed=Deed.ASSISTANCE_ASK, about=About(), reads=reads, work=work)


def ask_help(caller: Caller, store: Store, *, new: NewHelp) -> AssistanceRow:
    """Ask another agency for assistance.

    Raises:
        RightsError, NotFoundError, RowError: as for `preview_help`.
    """
    key = uuid.uuid4().hex

    def work(unit: WriteUnit) -> AssistanceRow:
        shown = _shown(unit, caller, new)
        text, at_us = shown_text(shown), caller.as_of_us
        row = placed(
            AssistanceRow(
                key=key,
                asker=shown.asker,
                helper=new.to,
                kind=shown.kind,
                asked_us=at_us,
                asked_by=caller.user,
                due_us=shown.due_us,
                shown=text,
                shown_sha256=sha256_of(text),
                asker_place=None,
                helper_place=None,
                stage=HelpStage.ASKED.value,
                moved_us=at_us,
                moved_by=caller.user,
                why=None,
                steps=1,
                clock_us=None,
                version=1,
            )
        )
        unit.insert_nodes("Assistance", [row.model_dump()])
        rule = ASSISTANCE[NONE, HelpStep.ASK]
        keep_help(unit, Helped(row=row, step=HelpStep.ASK, caller=caller, deed=rule.deed))
        return row

    about = About(object=key)
    return act(caller, store, deed=Deed.ASSISTANCE_ASK, about=about, work=work)


def step_help(
    caller: Caller,
    store: Store,
    *,
    key: str,
    step: HelpStep,
    expected: int,
    why: str | None = None,
) -> AssistanceRow:
    """Take a step from the version of a request that the caller looked at.

    Raises:
        RightsError: the caller may not take this step.
        NotFoundError: the agency has no such request, as asker or as helper.
        ChangedError: somebody moved it on meanwhile; the sentence says who.
        RowError: it is no step from there, it is the other side's, or a reason is missing.
    """

    def work(unit: WriteUnit) -> AssistanceRow:
        help_there(unit, caller, key)
        unit.run(LOCK, RecordKeyParams(key=key))
        before = help_there(unit, caller, key)
        row = _stepped(before, caller, step, expected=expected, why=why)
        unit.update_nodes("Assistance", [row.model_dump()])
        deed = deed_of(ASSISTANCE, step)
        keep_help(unit, Helped(row=row, step=step, caller=caller, deed=deed))
        return row

    about = About(object=named(key))
    return act(caller, store, deed=deed_of(ASSISTANCE, step), about=about, work=work)


def help_there(unit: ReadUnit, caller: Caller, key: str) -> AssistanceRow:
    """Give a request of the caller's agency's, as asker or as helper.

    Raises:
        NotFoundError: there is none, or it is other agencies': the same answer.
    """
    own = agency_of(caller)
    rows = unit.read(ONE, OwnRecordParams(agency=own, key=key))
    if len(rows) == 0 or not confirms(caller, Deed.ASSISTANCE_READ, resource=Resource(owner=own)):
        raise NotFoundError("There is no such request of your agency's.")
    return rows[0]


def side_of(row: AssistanceRow, agency: str) -> Side:
    """Give which side of a request an agency is; of nobody else's it is asked."""
    return Side.ASKER if agency == row.asker else Side.HELPER


def placed(row: AssistanceRow) -> AssistanceRow:
    """Give a request with what orders it in both lists."""
    order = order_of(row.stage, row.asked_us, row.moved_us, row.key)
    return row.model_copy(
        update={
            "asker_place": agency_place(row.asker, order),
            "helper_place": agency_place(row.helper, order),
        }
    )


def _stepped(
    row: AssistanceRow, caller: Caller, step: HelpStep, *, expected: int, why: str | None
) -> AssistanceRow:
    require_version(
        "The request",
        expected=expected,
        version=row.version,
        stage=row.stage,
        moved_by=row.moved_by,
        moved_us=row.moved_us,
    )
    rule = rule_of(ASSISTANCE, row.stage, step, what="The request", kind=row.kind)
    own = agency_of(caller)
    require(caller, rule.deed, resource=Resource(owner=own))
    if side_of(row, own) is not rule.side:
        raise RowError(f"`{step}` is the {rule.side}'s step, not yours. Nothing was changed.")
    said = optional_text(why, "A reason")
    if rule.needs_why and said is None:
        raise RowError(f"`{step}` needs a text, which the other side reads. Nothing was changed.")
    return placed(
        row.model_copy(
            update={
                "stage": rule.to.value,
                "moved_us": caller.as_of_us,
                "moved_by": caller.user,
                "why": said,
                "steps": row.steps + 1,
                "version": (row.version or 0) + 1,
            }
        )
    )


def _shown(unit: ReadUnit, caller: Caller, new: NewHelp) -> HelpShown:
    own, helper = agency_there(unit, agency_of(caller)), agency_there(unit, new.to)
    at_us = caller.as_of_us
    if helper.key == own.key:
        raise RowError("Assistance is asked of another agency. Nothing was sent.")
    if helper.until_us is not None and helper.until_us <= at_us:
        raise RowError(f"{helper.name} is no longer here. Nothing was sent.")
    if not at_us < new.due_us <= at_us + LONGEST_US:
        raise RowError("Assistance is needed at a time ahead, within a year. Nothing was sent.")
    contact = new.contact if new.contact is not None else own.contact or caller.user
    return HelpShown(
        asker=own.key,
        reference=text_of(new.reference, "A reference", most=200),
        kind=new.kind.value,
        needed=text_of(new.needed, "What is needed"),
        contact=text_of(contact, "A contact", most=2000),
        due_us=new.due_us,
    )

"""Reports of link charts in the log, before one is handed out: whose, over which tips, which bytes.

28 CFR 23.20(g) asks for a record of who was given information, why and when. The report itself is
made by whoever reads the chart; the log has the SHA-256 of its record, and each tip that it names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.log_text import reason_for_log
from graph.casework.resource import Resource
from graph.casework.rights import confirms, require
from graph.errors import QuestionError
from graph.queries.holders import WHOSE
from graph.queries.recording import TipKeysParams
from graph.queries.tips import TIPS, TipsParams
from graph.services.acting import About, act, leaf
from graph.services.audit_leaves import record_of, write_records
from graph.services.tip_names import no_such_tip
from graph.store import Store, WriteUnit

MOST_TIPS = 1000
"""Tips of one report: as many things as a chart may have."""
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """A report that is about to be handed out."""

    sha256: str
    """Of its record, in lower-case hexadecimal."""
    tips: tuple[str, ...]
    given_to: str | None = None
    """Whom it is for, in words that the log may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEntry:
    """The entry of the log that says that a report was handed out."""

    entry: str
    log: str
    at_us: int
    actor: str
    agency: str | None
    sha256: str
    tips: int
    outcome: str


def enter_chart_report(caller: Caller, store: Store, *, new: NewReport) -> ReportEntry:
    """Enter a report of a link chart in the log of the caller's agency.

    Its number comes later, as for every entry; `entry` names it for a proof.

    Raises:
        RightsError: the caller takes nothing out, or reads no links.
        NotFoundError: the caller's agency holds one of the tips no longer, or never did.
        QuestionError: what is no digest, or more tips than a chart holds.
        RowError: whom it is for holds an identifier, which the log must not.
        StoreError: the store could not; nothing may be handed out then.
    """
    tips = tuple(dict.fromkeys(new.tips))
    if _DIGEST.match(new.sha256) is None or len(tips) > MOST_TIPS:
        raise QuestionError(f"A report has a SHA-256 and covers at most {MOST_TIPS} tips.")

    def work(unit: WriteUnit) -> ReportEntry:
        said = "" if new.given_to is None else f"; for: {reason_for_log(new.given_to)}"
        require(caller, Deed.LINK_READ)
        _require_tips(unit, caller, tips)
        outcome = f"chart report sha256:{new.sha256}; {len(tips)} tips{said}"
        given = leaf(caller, Deed.EXPORT_MAKE, About(), outcome=outcome, disclosed=tips)
        record = record_of(given, actor=caller.user, at_us=caller.as_of_us)
        write_records(unit, [record])
        return ReportEntry(
            entry=record.id,
            log=record.log,
            at_us=record.at_us,
            actor=record.actor,
            agency=record.agency,
            sha256=new.sha256,
            tips=len(tips),
            outcome=outcome,
        )

    return act(caller, store, deed=Deed.EXPORT_MAKE, about=About(), work=work)


def _require_tips(unit: WriteUnit, caller: Caller, tips: tuple[str, ...]) -> None:
    """Come back when the caller may see every one: query and policies both see to that."""
    if len(tips) == 0:
        return
    seen = {row.key for row in unit.read(TIPS, TipsParams(tips=list(tips)))}
    whose = {row.tip: row.holders for row in unit.read(WHOSE, TipKeysParams(keys=list(tips)))}
    for tip in tips:
        record = Resource(owner=caller.agency, holders=frozenset(whose.get(tip, ())))
        if tip not in seen or not confirms(caller, Deed.LINK_READ, resource=record):
            raise no_such_tip(tip)

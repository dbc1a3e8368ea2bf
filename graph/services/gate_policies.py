"""What an agency's counsel says of files that nobody viewed; every version is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import part, text_of
from graph.casework.rights import agency_of
from graph.errors import ChangedError, RowError
from graph.queries.core import NoParams
from graph.queries.evidence import MOST, POLICIES, AgencyParams, PolicyRow
from graph.queries.people import LOCK_PEOPLE
from graph.services.acting import About, Seen, act, leaf, look, note
from graph.services.audit_reads import ReadLog
from graph.store import ReadUnit, Store, WriteUnit
from graph.triage.gate import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPolicy:
    """What counsel said, as a supervisor enters it."""

    counsel: str
    """Name of the counsel or prosecutor."""
    office: str
    dated: str
    """Date of the policy, `YYYY-MM-DD`."""
    text: str
    not_viewed: Said
    not_stated: Said = Said.ASK
    from_us: int
    until_us: int | None = None


def lay_policy(caller: Caller, store: Store, *, expected: int, new: NewPolicy) -> PolicyRow:
    """Enter a new version of what counsel says; `expected` is the number of the newest one.

    Raises:
        RightsError: the caller is no supervisor.
        ChangedError: somebody entered another version meanwhile.
        RowError: a name, office, date or text is missing, or the times make no sense.
    """

    def work(unit: WriteUnit) -> PolicyRow:
        unit.run(LOCK_PEOPLE, NoParams())
        agency = agency_of(caller)
        there = unit.read(POLICIES, AgencyParams(agency=agency))
        newest = max((row.number for row in there), default=0)
        if newest != expected:
            raise ChangedError(
                f"The newest version of counsel's policy is {newest}, not {expected}. Look at it "
                "again; nothing was entered."
            )
        if newest >= MOST:
            raise RowError(f"There are {MOST} versions, the most that are kept apart.")
        row = PolicyRow(
            key=f"{part(agency)}|{newest + 1}",
            agency=agency,
            number=newest + 1,
            counsel=text_of(new.counsel, "Counsel's name", most=200),
            office=text_of(new.office, "Counsel's office", most=200),
            dated=_date(new.dated),
            text=text_of(new.text, "The policy's text", most=20_000),
            not_viewed=new.not_viewed.value,
            not_stated=new.not_stated.value,
            from_us=new.from_us,
            until_us=new.until_us,
            entered_by=caller.user,
            entered_us=caller.as_of_us,
        )
        if new.until_us is not None and new.until_us <= new.from_us:
            raise RowError("A policy ends after it begins. Nothing was entered.")
        unit.insert_nodes("GatePolicy", [row.model_dump()])
        outcome = f"version {row.number}; not viewed: {row.not_viewed}"
        note(unit, caller, [leaf(caller, Deed.GATE_LAY, About(), outcome=outcome)])
        return row

    return act(caller, store, deed=Deed.GATE_LAY, about=About(), work=work)


def list_policies(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[PolicyRow, ...]:
    """Give every version of what the own agency's counsel said, the newest first.

    Raises:
        RightsError: the caller reads no tips.
    """

    def work(unit: ReadUnit) -> Seen[tuple[PolicyRow, ...]]:
        rows = tuple(unit.read(POLICIES, AgencyParams(agency=agency_of(caller))))
        return Seen(answer=rows, outcome="policies listed")

    return look(caller, store, deed=Deed.GATE_ASK, about=About(), reads=reads, work=work)


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise RowError(
            f"The date of a policy is written like 2026-03-01, not {text.strip()[:40]!r}. Nothing "
            "was entered."
        ) from error

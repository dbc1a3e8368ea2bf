"""Agreements between agencies, from one time to another (CJIS 5.1; 28 CFR 23.20(f)(1))."""

from __future__ import annotations

import uuid

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import text_of
from graph.casework.rights import agency_of
from graph.errors import NotFoundError, RowError
from graph.queries.core import NoParams
from graph.queries.people import AGREEMENTS_OF, LOCK_PEOPLE, PAGE, AgreementRow, OfAgencyParams
from graph.services.acting import About, Seen, act, leaf, look, note
from graph.services.agencies import agency_there
from graph.services.audit_leaves import Leaf
from graph.services.audit_reads import ReadLog
from graph.store import ReadUnit, Store, WriteUnit


def add_agreement(
    caller: Caller,
    store: Store,
    *,
    other: str,
    reference: str,
    equal_rules: bool,
    from_us: int,
    until_us: int,
) -> AgreementRow:
    """Enter an agreement of the caller's agency with another one.

    Raises:
        RightsError: the caller is no administrator of an agency.
        NotFoundError: the other agency is not there.
        RowError: it is the same agency, the paper is not named, or it ends before it begins.
    """
    own = agency_of(caller)
    about = About(object=uuid.uuid4().hex)

    def work(unit: WriteUnit) -> AgreementRow:
        unit.run(LOCK_PEOPLE, NoParams())
        agency_there(unit, other)
        if other == own or until_us <= from_us:
            raise RowError("An agreement is with another agency, and ends after it began.")
        first, second = sorted((own, other))
        row = AgreementRow(
            key=about.object or "",
            first=first,
            second=second,
            reference=text_of(reference, "The reference of the signed paper"),
            equal_rules=equal_rules,
            from_us=from_us,
            until_us=until_us,
            entered_by=caller.user,
            entered_us=caller.as_of_us,
            ended_us=None,
            ended_by=None,
            ended_why=None,
        )
        unit.insert_nodes("Agreement", [row.model_dump()])
        _note(unit, caller, Deed.AGREEMENT_ADD, row, "added")
        return row

    return act(caller, store, deed=Deed.AGREEMENT_ADD, about=about, work=work)


def end_agreement(caller: Caller, store: Store, *, key: str, why: str) -> AgreementRow:
    """End an agreement before its time; it stays on record.

    Raises:
        RightsError: the caller is no administrator of an agency.
        NotFoundError: the caller's agency has no such agreement.
        RowError: it was ended before, or there is no reason.
    """
    about = About(object=key)

    def work(unit: WriteUnit) -> AgreementRow:
        unit.run(LOCK_PEOPLE, NoParams())
        found = next((row for row in _agreements(unit, agency_of(caller)) if row.key == key), None)
        if found is None:
            raise NotFoundError(f"There is no agreement {key} that you may see.")
        if found.ended_us is not None:
            raise RowError(f"The agreement {key} was ended before. Nothing was changed.")
        row = found.model_copy(
            update={
                "ended_us": caller.as_of_us,
                "ended_by": caller.user,
                "ended_why": text_of(why, "A reason"),
            }
        )
        unit.update_nodes("Agreement", [row.model_dump()])
        _note(unit, caller, Deed.AGREEMENT_END, row, "ended")
        return row

    return act(caller, store, deed=Deed.AGREEMENT_END, about=about, work=work)


def list_agreements(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[AgreementRow, ...]:
    """Give the agreements of the caller's agency, ended ones included."""

    def work(unit: ReadUnit) -> Seen[tuple[AgreementRow, ...]]:
        return Seen(answer=tuple(_agreements(unit, agency_of(caller))), outcome="listed")

    return look(caller, store, deed=Deed.AGENCY_READ, about=About(), reads=reads, work=work)


def agreement_between(
    unit: ReadUnit, first: str, second: str, *, at_us: int
) -> AgreementRow | None:
    """Give an agreement of equal rules that two agencies have at a time, None without one.

    28 CFR 23.20(f)(1): information goes only to agencies that follow equal procedures. What is
    shared beyond a pointer asks here (`check_parts`); imminent danger (23.20(f)(2)) is the
    caller's to state.
    """
    for row in _agreements(unit, first):
        is_between = {row.first, row.second} == {first, second}
        is_in_force = row.from_us <= at_us < row.until_us and (
            row.ended_us is None or at_us < row.ended_us
        )
        if is_between and is_in_force and row.equal_rules:
            return row
    return None


def _agreements(unit: ReadUnit, agency: str) -> list[AgreementRow]:
    rows: list[AgreementRow] = []
    while True:
        after = rows[-1].key if len(rows) > 0 else ""
        page = unit.read(AGREEMENTS_OF, OfAgencyParams(agency=agency, after=after, limit=PAGE))
        rows += page
        if len(page) < PAGE:
            return rows


def _note(unit: WriteUnit, caller: Caller, deed: Deed, row: AgreementRow, outcome: str) -> None:
    """Write the leaf to both agencies' logs: the paper binds both."""
    other = row.second if row.first == caller.agency else row.first
    own = leaf(caller, deed, About(object=row.key), outcome=outcome)
    note(
        unit,
        caller,
        [own, Leaf(action=deed.value, object=row.key, outcome=outcome, agency=other)],
    )

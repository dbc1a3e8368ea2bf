"""Investigations of the own agency: listed, opened, shown, changed step by step."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit, Reference
from api.schemas.cases import (
    CaseAnswer,
    CasePage,
    ChangeCase,
    CountedCaseAnswer,
    HandOver,
    OpenCase,
    Reason,
)
from api.schemas.common import one, page
from graph.queries.casework import OWN, OWN_PAGE, CaseRow
from graph.services.case_access import list_cases, own_key, show_case
from graph.services.cases import (
    CaseChange,
    NewCase,
    close_case,
    hand_over,
    open_case,
    reopen_case,
    update_case,
)

router = APIRouter(tags=["investigations"], route_class=OnceRoute)


@router.get("/investigations")
def investigations(at: At, after: After = "", limit: PageLimit = 50) -> CasePage:
    """Investigations of your agency, in the order of their references."""
    found = place(after, str)
    start = "" if found is None else own_key(at.caller, str(found[0]))
    rows = list_cases(at.caller, at.store, reads=at.reads, after=start, limit=limit)
    following = cursor(rows[-1].reference) if len(rows) == limit else None
    return page(CasePage, rows, at, query=OWN_PAGE.name, next_after=following)


@router.post("/investigations", status_code=HTTPStatus.CREATED)
def open_investigation(at: AtOnce, wanted: OpenCase) -> CaseAnswer:
    """Open an investigation of your agency."""
    row = open_case(at.caller, at.store, new=NewCase(**wanted.model_dump()))
    return _answered(at, row)


@router.get("/investigations/{investigation}")
def investigation(at: At, reference: Reference) -> CountedCaseAnswer:
    """One investigation of your agency."""
    key = own_key(at.caller, reference)
    row = show_case(at.caller, at.store, key=key, reads=at.reads)
    at.tag(row.version)
    return one(CountedCaseAnswer, row, at, query=OWN.name)


@router.patch("/investigations/{investigation}")
def update_investigation(
    at: At, reference: Reference, expected: Expected, wanted: ChangeCase
) -> CaseAnswer:
    """Change title, purpose, contact, unit or deputies."""
    row = update_case(
        at.caller,
        at.store,
        key=own_key(at.caller, reference),
        expected=expected,
        change=CaseChange(**wanted.model_dump()),
    )
    return _answered(at, row)


@router.post("/investigations/{investigation}/hand-over")
def hand_over_investigation(
    at: AtOnce, reference: Reference, expected: Expected, wanted: HandOver
) -> CaseAnswer:
    """Give an investigation another lead of your agency."""
    key = own_key(at.caller, reference)
    row = hand_over(
        at.caller, at.store, key=key, expected=expected, lead=wanted.lead, why=wanted.why
    )
    return _answered(at, row)


@router.post("/investigations/{investigation}/close")
def close_investigation(
    at: AtOnce, reference: Reference, expected: Expected, wanted: Reason
) -> CaseAnswer:
    """Close an investigation; its claims stay as pointers until they lapse."""
    key = own_key(at.caller, reference)
    row = close_case(at.caller, at.store, key=key, expected=expected, why=wanted.why)
    return _answered(at, row)


@router.post("/investigations/{investigation}/reopen")
def reopen_investigation(
    at: AtOnce, reference: Reference, expected: Expected, wanted: Reason
) -> CaseAnswer:
    """Open a closed investigation again; claims that lapsed do not come back."""
    key = own_key(at.caller, reference)
    row = reopen_case(at.caller, at.store, key=key, expected=expected, why=wanted.why)
    return _answered(at, row)


def _answered(at: At, row: CaseRow) -> CaseAnswer:
    at.tag(row.version)
    return one(CaseAnswer, row, at, query=OWN.name)

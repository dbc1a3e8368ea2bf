"""Agencies, their units and agreements, and users."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, Named, PageLimit, Ref
from api.schemas.cases import Reason
from api.schemas.common import micro, one, page, some
from api.schemas.people import (
    AddAgency,
    AddAgreement,
    AddUnit,
    AddUser,
    AgencyAnswer,
    AgencyCardAnswer,
    AgencyPage,
    AgreementAnswer,
    AgreementsAnswer,
    ChangeAgency,
    ChangeUser,
    SeededAnswer,
    UnitAnswer,
    UserAnswer,
    UserPage,
)
from api.schemas.wire import wire
from graph.casework.keys import folded
from graph.queries.people import (
    AGENCIES_BY_KEY,
    AGREEMENTS_OF,
    UNITS,
    USERS_BY_KEY,
    AgencyRow,
    UserRow,
)
from graph.services.agencies import (
    AgencyChange,
    NewAgency,
    add_agency,
    add_unit,
    change_agency,
    list_agencies,
    seed,
    show_agency,
)
from graph.services.agreements import add_agreement, end_agreement, list_agreements
from graph.services.user_rules import NewUser
from graph.services.users import (
    UserChange,
    add_user,
    change_user,
    list_users,
    prove_user,
    show_user,
)

router = APIRouter(route_class=OnceRoute)


@router.get("/agencies", tags=["agencies"])
def agencies(at: At, after: After = "", limit: PageLimit = 50) -> AgencyPage:
    """Agencies in the order of their keys; what came as a seed is not verified."""
    found = place(after, str)
    start = "" if found is None else str(found[0])
    rows = list_agencies(at.caller, at.store, reads=at.reads, after=start, limit=limit)
    following = cursor(rows[-1].key) if len(rows) == limit else None
    return page(AgencyPage, rows, at, query=AGENCIES_BY_KEY.name, next_after=following)


@router.post("/agencies", status_code=HTTPStatus.CREATED, tags=["agencies"])
def add_one_agency(at: AtOnce, wanted: AddAgency) -> AgencyAnswer:
    """Enter an agency; an affiliate names its task force and since when. An operator does."""
    said = wanted.model_dump(exclude={"affiliated_at"})
    new = NewAgency(**said, affiliated_us=micro(wanted.affiliated_at))
    return _agency(at, add_agency(at.caller, at.store, new=new))


@router.post("/agencies/seed", tags=["agencies"])
def seed_agencies(at: AtOnce) -> SeededAnswer:
    """Enter the 61 ICAC task forces that are not there, unverified and without contacts."""
    entered = seed(at.caller, at.store)
    return some(SeededAnswer, at, query=AGENCIES_BY_KEY.name, entered=entered)


@router.get("/agencies/{agency}", tags=["agencies"])
def agency(at: At, agency: Named) -> AgencyCardAnswer:
    """One agency with its units."""
    card = show_agency(at.caller, at.store, key=folded(agency), reads=at.reads)
    at.tag(card.agency.version)
    return one(AgencyCardAnswer, card, at, query=AGENCIES_BY_KEY.name)


@router.patch("/agencies/{agency}", tags=["agencies"])
def update_agency(at: At, agency: Named, expected: Expected, wanted: ChangeAgency) -> AgencyAnswer:
    """Change an agency's entry, or end it."""
    change = AgencyChange(
        **wanted.model_dump(exclude={"affiliated_at", "left_at", "until_at"}),
        affiliated_us=micro(wanted.affiliated_at),
        left_us=micro(wanted.left_at),
        until_us=micro(wanted.until_at),
    )
    key = folded(agency)
    row = change_agency(at.caller, at.store, key=key, expected=expected, change=change)
    return _agency(at, row)


@router.post("/units", status_code=HTTPStatus.CREATED, tags=["agencies"])
def add_one_unit(at: AtOnce, wanted: AddUnit) -> UnitAnswer:
    """Enter a unit of your agency."""
    row = add_unit(at.caller, at.store, name=wanted.name, contact=wanted.contact)
    return one(UnitAnswer, row, at, query=UNITS.name)


@router.get("/agreements", tags=["agencies"])
def agreements(at: At) -> AgreementsAnswer:
    """Agreements of your agency, ended ones too."""
    rows = list_agreements(at.caller, at.store, reads=at.reads)
    return some(AgreementsAnswer, at, query=AGREEMENTS_OF.name, items=wire(rows))


@router.post("/agreements", status_code=HTTPStatus.CREATED, tags=["agencies"])
def add_one_agreement(at: AtOnce, wanted: AddAgreement) -> AgreementAnswer:
    """Enter an agreement of your agency with another one."""
    from_us, until_us = micro(wanted.from_at), micro(wanted.until_at)
    row = add_agreement(
        at.caller,
        at.store,
        other=folded(wanted.other),
        reference=wanted.reference,
        equal_rules=wanted.equal_rules,
        from_us=at.caller.as_of_us if from_us is None else from_us,
        until_us=until_us or 0,
    )
    return one(AgreementAnswer, row, at, query=AGREEMENTS_OF.name)


@router.post("/agreements/{agreement}/end", tags=["agencies"])
def end_one_agreement(at: AtOnce, agreement: Ref, wanted: Reason) -> AgreementAnswer:
    """End an agreement before its time; it stays on record."""
    row = end_agreement(at.caller, at.store, key=agreement, why=wanted.why)
    return one(AgreementAnswer, row, at, query=AGREEMENTS_OF.name)


@router.get("/users", tags=["users"])
def users(at: At, after: After = "", limit: PageLimit = 50) -> UserPage:
    """Users that you may see, in the order of their names."""
    found = place(after, str)
    start = "" if found is None else str(found[0])
    rows = list_users(at.caller, at.store, reads=at.reads, after=start, limit=limit)
    following = cursor(rows[-1].key) if len(rows) == limit else None
    return page(UserPage, rows, at, query=USERS_BY_KEY.name, next_after=following)


@router.post("/users", status_code=HTTPStatus.CREATED, tags=["users"])
def add_one_user(at: AtOnce, wanted: AddUser) -> UserAnswer:
    """Enter a user; being entered is the first proof of service."""
    new = NewUser(
        **wanted.model_dump(exclude={"from_at", "until_at"}),
        from_us=micro(wanted.from_at),
        until_us=micro(wanted.until_at),
    )
    return _user(at, add_user(at.caller, at.store, new=new))


@router.get("/users/{user}", tags=["users"])
def user(at: At, user: Named) -> UserAnswer:
    """One user that you may see."""
    return _user(at, show_user(at.caller, at.store, key=user, reads=at.reads))


@router.patch("/users/{user}", tags=["users"])
def update_user(at: At, user: Named, expected: Expected, wanted: ChangeUser) -> UserAnswer:
    """Change a user's name, roles, units, or end of service."""
    change = UserChange(**wanted.model_dump(exclude={"until_at"}), until_us=micro(wanted.until_at))
    row = change_user(at.caller, at.store, key=user, expected=expected, change=change)
    return _user(at, row)


@router.post("/users/{user}/prove", tags=["users"])
def prove_one_user(at: AtOnce, user: Named) -> UserAnswer:
    """State that a user is still in service."""
    return _user(at, prove_user(at.caller, at.store, key=user))


def _agency(at: At, row: AgencyRow) -> AgencyAnswer:
    at.tag(row.version)
    return one(AgencyAnswer, row, at, query=AGENCIES_BY_KEY.name)


def _user(at: At, row: UserRow) -> UserAnswer:
    at.tag(row.version)
    return one(UserAnswer, row, at, query=USERS_BY_KEY.name)

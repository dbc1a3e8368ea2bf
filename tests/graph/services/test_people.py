"""Users: who may enter, change and prove them, and who is a caller; on both engines."""

from __future__ import annotations

import pytest

from graph.casework.vocabulary import UserRole
from graph.errors import NotFoundError, RightsError, RowError
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.user_rules import PROOF_US, NewUser
from graph.services.users import (
    UserChange,
    add_user,
    change_user,
    first_operator,
    list_users,
    prove_user,
)
from graph.store import Store
from tests.deliveries import MONDAY_US
from tests.graph.services.people import DAY_US, later, operator, staff

R = UserRole


def test_only_a_user_in_service_is_a_caller(store: Store) -> None:
    people = staff(store, "north")
    assert people["lead.north"].roles == {R.INVESTIGATOR}
    assert (people["lead.north"].agency, people["ops"].agency) == ("north", None)
    with pytest.raises(RightsError, match="Nobody is known"):
        caller_of(store, "nobody", at_us=MONDAY_US)
    new = NewUser(
        key="new.north",
        name="New",
        agency="north",
        roles=(R.ANALYST,),
        from_us=MONDAY_US + DAY_US,
        until_us=MONDAY_US + 3 * DAY_US,
    )
    add_user(people["admin.north"], store, new=new)
    for days, reason in ((0, "from"), (3, "out of service"), (400, "out of service")):
        with pytest.raises(RightsError, match=reason):
            caller_of(store, "new.north", at_us=MONDAY_US + days * DAY_US)
    assert caller_of(store, "new.north", at_us=MONDAY_US + 2 * DAY_US).user == "new.north"


def test_an_account_without_its_yearly_proof_has_no_rights(store: Store) -> None:
    people = staff(store, "north")
    last = MONDAY_US + PROOF_US - 1
    assert caller_of(store, "lead.north", at_us=last).user == "lead.north"
    with pytest.raises(RightsError, match="crosstip user prove"):
        caller_of(store, "lead.north", at_us=last + 1)
    admin = later(people["admin.north"], PROOF_US - DAY_US)
    row = prove_user(admin, store, key="lead.north")
    assert (row.proved_by, row.proof_due_us) == ("admin.north", admin.as_of_us + PROOF_US)
    assert caller_of(store, "lead.north", at_us=last + 1).user == "lead.north"
    with pytest.raises(RightsError, match="own account"):
        prove_user(admin, store, key="admin.north")
    change_user(
        admin, store, key="lead.north", expected=2, change=UserChange(until_us=admin.as_of_us)
    )
    with pytest.raises(RowError, match="was ended"):
        prove_user(admin, store, key="lead.north")


def test_administrators_reach_no_further_than_their_agency_and_rank(store: Store) -> None:
    people = staff(store, "north", "south")
    admin, ops = people["admin.north"], people["ops"]

    def new(agency: str | None, *roles: R) -> NewUser:
        return NewUser(key="x.y", name="X", agency=agency, roles=roles)

    for caller, user in (
        (admin, new("south", R.ANALYST)),
        (admin, new(None, R.OPERATOR)),
        (ops, new("north", R.ANALYST)),
        (ops, new("north", R.AGENCY_ADMINISTRATOR, R.SUPERVISOR)),
        (people["boss.north"], new("north", R.ANALYST)),
        (people["audit.north"], new("north", R.ANALYST)),
    ):
        with pytest.raises(RightsError):
            add_user(caller, store, new=user)
    with pytest.raises(RowError, match="AC-5"):
        add_user(admin, store, new=new("north", R.AUDITOR, R.AGENCY_ADMINISTRATOR))
    change = UserChange(roles=(R.SUPERVISOR,))
    for key in ("boss.south", "ops", "no.one"):
        with pytest.raises(NotFoundError, match=f"There is no user {key} that you may see"):
            change_user(admin, store, key=key, expected=1, change=change)
    with pytest.raises(RightsError, match="own account"):
        change_user(admin, store, key="admin.north", expected=1, change=change)
    reads = ReadLog(store)
    assert {row.agency for row in list_users(admin, store, reads=reads)} == {"north"}
    seen = {row.key for row in list_users(ops, store, reads=reads)}
    assert seen == {"ops", "admin.north", "admin.south"}
    with pytest.raises(RightsError):
        list_users(people["lead.north"], store, reads=reads)


def test_an_administrator_may_supervise_and_still_be_proved_by_an_operator(store: Store) -> None:
    people = staff(store, "north")
    second = NewUser(
        key="admin2.north",
        name="Second",
        agency="north",
        roles=(R.AGENCY_ADMINISTRATOR, R.SUPERVISOR),
    )
    add_user(people["admin.north"], store, new=second)
    assert prove_user(people["ops"], store, key="admin2.north").version == 2
    with pytest.raises(RightsError, match="nothing else"):
        change_user(
            people["ops"],
            store,
            key="admin2.north",
            expected=2,
            change=UserChange(roles=(R.AGENCY_ADMINISTRATOR, R.INVESTIGATOR)),
        )


def test_a_user_name_is_never_given_again(store: Store) -> None:
    people = staff(store, "north", "south")
    admin = people["admin.north"]
    change = UserChange(until_us=MONDAY_US)
    change_user(admin, store, key="lead.north", expected=1, change=change)
    for caller, agency in ((admin, "north"), (people["admin.south"], "south")):
        again = NewUser(key="Lead.North", name="L", agency=agency, roles=(R.ANALYST,))
        with pytest.raises(RowError, match="IA-4"):
            add_user(caller, store, new=again)


def test_the_first_operator_is_entered_by_the_machine_and_no_second_one(store: Store) -> None:
    operator(store)
    with pytest.raises(RightsError, match="ops is an operator"):
        first_operator(store, key="other", name="O", actor="test", at_us=MONDAY_US)
    after = MONDAY_US + PROOF_US
    row = first_operator(store, key="other", name="O", actor="test", at_us=after)
    assert caller_of(store, "other", at_us=after).roles == {R.OPERATOR}
    assert row.agency is None

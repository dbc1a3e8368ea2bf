"""Budgets of typed look-ups: charged in the transaction that answers, so never twice or not at all.

Their lock comes before everything else that a check reads: two requests of one user, or of one
agency, follow one another, on however many workers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.casework.budgets import Account
from graph.casework.caller import Caller
from graph.casework.check_settings import CheckSettings
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of
from graph.casework.terms import DAY_US
from graph.casework.vocabulary import UserRole
from graph.clock import iso
from graph.queries.budgets import BUDGETS, LOCK_BUDGETS, BudgetKeysParams, BudgetRow
from graph.queries.people import PAGE, USERS_OF, OfAgencyParams
from graph.rows import PropertyRow
from graph.services.acting import About, Seen, look
from graph.services.audit_reads import ReadLog
from graph.store import ReadUnit, Store, WriteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """The accounts of a user and their agency, locked."""

    user: Account
    agency: Account

    def left(self, at_us: int, settings: CheckSettings) -> int:
        """Give how many look-ups there are."""
        return min(
            self.user.left(at_us, per_day=settings.check_user_day, burst=settings.check_burst),
            self.agency.left(at_us, per_day=settings.check_agency_day, burst=None),
        )

    def refusal(self, at_us: int, settings: CheckSettings) -> str:
        """Give why a line was not looked up; the same whatever is behind it."""
        tomorrow = iso(at_us - at_us % DAY_US + DAY_US)
        if self.agency.left(at_us, per_day=settings.check_agency_day, burst=None) == 0:
            return f"Over budget: your agency's look-ups of today are used up until {tomorrow}."
        if self.user.left(at_us, per_day=settings.check_user_day, burst=None) == 0:
            return f"Over budget: your look-ups of today are used up until {tomorrow}."
        return (
            f"Over budget: you have {settings.check_burst} look-ups at once, and so many come back "
            "within an hour."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What somebody, or an agency as a whole, has used today and has left now."""

    whose: str
    used: int
    left: int
    per_day: int


def locked_purse(unit: WriteUnit, caller: Caller) -> Purse:
    """Give the accounts of the caller after taking their lock."""
    user, agency = _keys(caller)
    unit.insert_nodes("Budget", [_row(user, Account()), _row(agency, Account())])
    unit.run(LOCK_BUDGETS, BudgetKeysParams(keys=[agency, user]))
    found = _accounts(unit, [agency, user])
    at_us = caller.as_of_us
    return Purse(user=found[user].on(at_us), agency=found[agency].on(at_us))


def locked_account(unit: WriteUnit, caller: Caller) -> Account:
    """Give the caller's own account after taking its lock: for what costs nothing."""
    user, _ = _keys(caller)
    unit.insert_nodes("Budget", [_row(user, Account())])
    unit.run(LOCK_BUDGETS, BudgetKeysParams(keys=[user]))
    return _accounts(unit, [user])[user].on(caller.as_of_us)


def note_alerts(
    unit: WriteUnit, caller: Caller, account: Account, alerted: tuple[str, ...]
) -> None:
    """Write which rules have raised an alert today, where something did that costs nothing."""
    user, _ = _keys(caller)
    now = replace(account, alerted=(*account.alerted, *alerted))
    unit.update_nodes("Budget", [_row(user, now)])


def charge(
    unit: WriteUnit,
    caller: Caller,
    purse: Purse,
    look_ups: int,
    *,
    settings: CheckSettings,
    alerted: tuple[str, ...] = (),
) -> None:
    """Write what look-ups cost, and which rules have raised an alert today."""
    user, agency = _keys(caller)
    at_us = caller.as_of_us
    now = purse.user.after(look_ups, at_us, burst=settings.check_burst)
    rows = {
        user: Account(
            day_us=now.day_us,
            used=now.used,
            paid_until_us=now.paid_until_us,
            alerted=(*now.alerted, *alerted),
        ),
        agency: purse.agency.after(look_ups, at_us, burst=None),
    }
    unit.update_nodes("Budget", [_row(key, rows[key]) for key in sorted(rows)])


def budgets(
    caller: Caller, store: Store, *, settings: CheckSettings, reads: ReadLog
) -> tuple[Left, ...]:
    """Give the caller's budget and the agency's; a supervisor sees everybody's in the agency.

    Raises:
        RightsError: the caller does no casework.
    """
    deed = Deed.CHECK_BUDGETS

    def work(unit: ReadUnit) -> Seen[tuple[Left, ...]]:
        user, agency = _keys(caller)
        keys = {user: caller.user, agency: f"{agency_of(caller)} as a whole"}
        if UserRole.SUPERVISOR in caller.roles:
            params = OfAgencyParams(agency=agency_of(caller), after="", limit=PAGE)
            keys |= {f"user|{row.key}": row.key for row in unit.read(USERS_OF, params)}
        found = _accounts(unit, sorted(keys))
        lefts = [
            _left(whose, found.get(key, Account()), caller.as_of_us, settings, key == agency)
            for key, whose in sorted(keys.items())
            if key in found or key in (user, agency)
        ]
        return Seen(answer=tuple(lefts), outcome="shown")

    return look(caller, store, deed=deed, about=About(), reads=reads, work=work)


def _left(
    whose: str,
    account: Account,
    at_us: int,
    settings: CheckSettings,
    is_agency: bool,  # noqa: FBT001 - private, called in one place
) -> Left:
    per_day = settings.check_agency_day if is_agency else settings.check_user_day
    burst = None if is_agency else settings.check_burst
    return Left(
        whose=whose,
        used=account.on(at_us).used,
        left=account.left(at_us, per_day=per_day, burst=burst),
        per_day=per_day,
    )


def _keys(caller: Caller) -> tuple[str, str]:
    return f"user|{caller.user}", f"agency|{agency_of(caller)}"


def _accounts(unit: ReadUnit, keys: list[str]) -> dict[str, Account]:
    rows = unit.read(BUDGETS, BudgetKeysParams(keys=keys))
    return {row.key: _account(row) for row in rows}


def _account(row: BudgetRow) -> Account:
    return Account(
        day_us=row.day_us,
        used=row.used,
        paid_until_us=row.paid_until_us,
        alerted=tuple(row.alerted or ()),
    )


def _row(key: str, account: Account) -> PropertyRow:
    return {
        "key": key,
        "day_us": account.day_us,
        "used": account.used,
        "paid_until_us": account.paid_until_us,
        "alerted": list(account.alerted) if len(account.alerted) > 0 else None,
    }

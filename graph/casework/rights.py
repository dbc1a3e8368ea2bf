"""Which roles a deed needs, and which roles exclude each other.

One table until Cedar policies take its place: everything that decides goes through `require`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from graph.casework.caller import Caller
from graph.casework.vocabulary import UserRole as R
from graph.casework.vocabulary import listed
from graph.errors import RightsError, RowError


class Deed(StrEnum):
    """What is done, as the log names it."""

    AGENCY_ADD = "agency.add"
    AGENCY_CHANGE = "agency.change"
    AGENCY_READ = "agency.read"
    UNIT_ADD = "unit.add"
    AGREEMENT_ADD = "agreement.add"
    AGREEMENT_END = "agreement.end"
    USER_ADD = "user.add"
    USER_CHANGE = "user.change"
    USER_PROVE = "user.prove"
    USER_READ = "user.read"
    INVESTIGATION_OPEN = "investigation.open"
    INVESTIGATION_UPDATE = "investigation.update"
    INVESTIGATION_HAND_OVER = "investigation.hand_over"
    INVESTIGATION_CLOSE = "investigation.close"
    INVESTIGATION_REOPEN = "investigation.reopen"
    INVESTIGATION_READ = "investigation.read"
    CLAIM_ADD = "claim.add"
    CLAIM_EDIT = "claim.edit"
    CLAIM_VISIBILITY = "claim.visibility"
    CLAIM_APPROVE_SILENT = "claim.approve_silent"
    CLAIM_VALIDATE = "claim.validate"
    CLAIM_READ = "claim.read"
    CLAIM_PURGE = "claim.purge"
    CLAIM_PURGE_LAPSED = "claim.purge_lapsed"
    CHECK_RUN = "check.run"
    CHECK_APPROVE = "check.approve"
    CHECK_BUDGETS = "check.budgets"
    CHECK_ALERTS = "check.alerts"
    CANARY_PLANT = "canary.plant"
    CONFLICT_READ = "conflict.read"
    CONFLICT_STEP = "conflict.step"
    CONFLICT_MATRIX = "conflict.matrix"
    CONFLICT_SWEEP = "conflict.sweep"
    CONFLICT_ESCALATE = "conflict.escalate"
    NOTICE_READ = "notice.read"
    NOTICE_ACKNOWLEDGE = "notice.acknowledge"
    NOTICE_DELIVER = "notice.deliver"
    NOTICE_DEAD = "notice.dead"


_EVERYBODY = frozenset(R)
_CASEWORK = frozenset({R.ANALYST, R.INVESTIGATOR, R.PROSECUTOR, R.SUPERVISOR})
_WORKS = frozenset({R.ANALYST, R.INVESTIGATOR, R.SUPERVISOR})
_LEADS = frozenset({R.INVESTIGATOR, R.SUPERVISOR})
_ACCOUNTS = frozenset({R.AGENCY_ADMINISTRATOR, R.OPERATOR})
_SEES_ACCOUNTS = _ACCOUNTS | {R.SUPERVISOR, R.AUDITOR}

NEEDS: Mapping[Deed, frozenset[R]] = MappingProxyType(
    {
        Deed.AGENCY_ADD: frozenset({R.OPERATOR}),
        Deed.AGENCY_CHANGE: _ACCOUNTS,
        Deed.AGENCY_READ: _EVERYBODY,
        Deed.UNIT_ADD: frozenset({R.AGENCY_ADMINISTRATOR}),
        Deed.AGREEMENT_ADD: frozenset({R.AGENCY_ADMINISTRATOR}),
        Deed.AGREEMENT_END: frozenset({R.AGENCY_ADMINISTRATOR}),
        Deed.USER_ADD: _ACCOUNTS,
        Deed.USER_CHANGE: _ACCOUNTS,
        Deed.USER_PROVE: _ACCOUNTS,
        Deed.USER_READ: _SEES_ACCOUNTS,
        Deed.INVESTIGATION_OPEN: _LEADS,
        Deed.INVESTIGATION_UPDATE: _WORKS,
        Deed.INVESTIGATION_HAND_OVER: _LEADS,
        Deed.INVESTIGATION_CLOSE: _LEADS,
        Deed.INVESTIGATION_REOPEN: _LEADS,
        Deed.INVESTIGATION_READ: _CASEWORK,
        Deed.CLAIM_ADD: _WORKS,
        Deed.CLAIM_EDIT: _WORKS,
        Deed.CLAIM_VISIBILITY: _WORKS,
        Deed.CLAIM_APPROVE_SILENT: frozenset({R.SUPERVISOR}),
        Deed.CLAIM_VALIDATE: _LEADS,
        Deed.CLAIM_READ: _CASEWORK,
        Deed.CLAIM_PURGE: frozenset({R.SUPERVISOR}),
        Deed.CLAIM_PURGE_LAPSED: frozenset({R.SUPERVISOR, R.OPERATOR}),
        Deed.CHECK_RUN: _CASEWORK,
        Deed.CHECK_APPROVE: frozenset({R.SUPERVISOR}),
        Deed.CHECK_BUDGETS: _CASEWORK,
        Deed.CHECK_ALERTS: frozenset({R.SUPERVISOR, R.OPERATOR}),
        Deed.CANARY_PLANT: frozenset({R.SUPERVISOR}),
        Deed.CONFLICT_READ: _CASEWORK,
        Deed.CONFLICT_STEP: _WORKS,
        Deed.CONFLICT_MATRIX: frozenset({R.SUPERVISOR, R.AUDITOR}),
        Deed.CONFLICT_SWEEP: frozenset({R.OPERATOR}),
        Deed.CONFLICT_ESCALATE: frozenset({R.OPERATOR}),
        Deed.NOTICE_READ: _CASEWORK,
        Deed.NOTICE_ACKNOWLEDGE: _WORKS,
        Deed.NOTICE_DELIVER: frozenset({R.OPERATOR}),
        Deed.NOTICE_DEAD: frozenset({R.SUPERVISOR, R.OPERATOR}),
    }
)
"""One of these roles is needed. A deed without a row fails at import (see below)."""

_DISJOINT: tuple[frozenset[R], ...] = (
    frozenset({R.AUDITOR, R.AGENCY_ADMINISTRATOR}),
    frozenset({R.AUDITOR, R.OPERATOR}),
    frozenset({R.AGENCY_ADMINISTRATOR, R.OPERATOR}),
)
"""Separation of duties: CJIS Security Policy AC-5, NIST SP 800-53 AC-5."""

if set(NEEDS) != set(Deed):
    raise RowError("A deed has no row in the table of rights.")


def require(caller: Caller, deed: Deed) -> None:
    """Come back when the caller has a role that the deed needs.

    Raises:
        RightsError: the caller has none of them.
    """
    if caller.roles.isdisjoint(NEEDS[deed]):
        needed = listed([role for role in R if role in NEEDS[deed]])
        raise RightsError(f"{deed.value} needs one of these roles: {needed}. Nothing was done.")


def agency_of(caller: Caller) -> str:
    """Give the caller's agency; empty for an operator, which is no record's agency."""
    return caller.agency if caller.agency is not None else ""


def check_roles(roles: Collection[R], *, agency: str | None) -> None:
    """Come back when one user may hold these roles together.

    Raises:
        RowError: there is none, two exclude each other, or an operator has an agency.
    """
    held = frozenset(roles)
    if len(held) == 0:
        raise RowError(f"A user needs at least one role: {listed(R)}.")
    for pair in _DISJOINT:
        if pair <= held:
            names = listed([role for role in R if role in pair])
            raise RowError(
                f"One user cannot be both ({names}): whoever does a thing must not be the one who "
                "checks it or sets who may (CJIS AC-5). Use two accounts of two people."
            )
    if (R.OPERATOR in held) is not (agency is None):
        raise RowError(
            "An operator works for the installation and for no agency; every other role belongs "
            "to an agency (CJIS AC-5). Nothing was done."
        )

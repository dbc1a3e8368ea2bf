"""What can be done, who may do it, and which roles exclude each other.

The rules are the Cedar policies in `graph/data/policies`: everything that decides goes through
`require`. A new deed is a member here and its name in one of the policies.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from functools import cache, lru_cache

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.policies import Verdict, shipped_policies
from graph.casework.requests import record_entity, request, user_entity
from graph.casework.resource import Resource
from graph.casework.vocabulary import UserRole as R
from graph.casework.vocabulary import listed
from graph.errors import RightsError, RowError

_log = logging.getLogger(__name__)


POLICIES = shipped_policies([deed.value for deed in Deed])
"""Asked for everything that is done. A deed that no policy permits to anybody fails here."""

_DISJOINT: tuple[frozenset[R], ...] = (
    frozenset({R.AUDITOR, R.AGENCY_ADMINISTRATOR}),
    frozenset({R.AUDITOR, R.OPERATOR}),
    frozenset({R.AGENCY_ADMINISTRATOR, R.OPERATOR}),
)
"""Separation of duties: CJIS Security Policy AC-5, NIST SP 800-53 AC-5."""


def require(caller: Caller, deed: Deed, *, resource: Resource | None = None) -> tuple[str, ...]:
    """Give the ids of the policies that permit a deed on a record.

    Without a record it is asked for the caller's own agency, and for an operator for none.

    Raises:
        RightsError: no policy permits it, or one forbids it.
        PolicyError: it could not be decided.
    """
    verdict = _decide(caller, deed, resource if resource is not None else own(caller))
    if verdict.permitted:
        return verdict.policies
    if len(verdict.policies) > 0:
        said = " ".join(POLICIES.policies[name].says for name in verdict.policies)
        named = ", ".join(verdict.policies)
        raise RightsError(
            f"{deed.value} is forbidden by {named}. {said} Nothing was done.",
            policies=verdict.policies,
        )
    raise RightsError(
        f"No policy permits {deed.value} to you; needed: {_needed(deed)}. Nothing was done."
    )


def permits(caller: Caller, deed: Deed, *, resource: Resource) -> bool:
    """Say whether the policies permit a deed on a record.

    Raises:
        PolicyError: it could not be decided.
    """
    return _decide(caller, deed, resource).permitted


def confirms(caller: Caller, deed: Deed, *, resource: Resource) -> bool:
    """Say whether the policies permit what the filter of a query let through.

    Where they do not the two rules differ: a defect, which is logged and shows nothing.

    Raises:
        PolicyError: it could not be decided.
    """
    verdict = _decide(caller, deed, resource)
    if not verdict.permitted:
        _log.error(
            "A query gave what the policies forbid (%s: %s); it was kept back. Report this.",
            deed.value,
            ", ".join(verdict.policies) or "no policy permits it",
        )
    return verdict.permitted


@cache
def roles_for(deed: Deed) -> frozenset[R]:
    """Give the roles each of which alone suffices for a deed in one's own agency."""
    callers = [
        Caller(
            user="anybody",
            agency=None if role is R.OPERATOR else "own",
            roles=frozenset({role}),
            as_of_us=0,
        )
        for role in R
    ]
    return frozenset(
        role
        for role, caller in zip(R, callers, strict=True)
        if _decide(caller, deed, own(caller)).permitted
    )


def own(caller: Caller) -> Resource:
    """Give what a deed is done to before a record is read: something of the caller's agency."""
    return Resource(owner=caller.agency)


# The policies do not change while the program runs, so the same question has the same answer.
@lru_cache(maxsize=4096)
def _decide(caller: Caller, deed: Deed, resource: Resource) -> Verdict:
    (verdict,) = POLICIES.judge(
        [request(caller, deed, "record")], [user_entity(caller), record_entity("record", resource)]
    )
    return verdict


def _needed(deed: Deed) -> str:
    roles = roles_for(deed)
    named = [role for role in R if role in roles]
    return "any role" if len(named) == len(R) else f"one of these roles: {listed(named)}"


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

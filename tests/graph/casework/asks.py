"""Random questions about rights, for comparing the policies with the rules."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.vocabulary import UserRole, Visibility
from tests.graph.casework.rules import SEPARATE

USERS = ("kim", "lee", "max")
AGENCIES = ("north", "south", None)
NOW_US = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question."""

    caller: Caller
    deed: Deed
    resource: Resource


def random_caller(rng: Random) -> Caller:
    """Give a caller; one in four has roles that exclude each other or fit no agency."""
    if rng.random() < 0.05:
        pair = frozenset(rng.choice(SEPARATE))
        agency = None if UserRole.OPERATOR in pair else "north"
        return Caller(user=rng.choice(USERS), agency=agency, roles=pair, as_of_us=NOW_US)
    odd = rng.random() < 0.25
    count = rng.randint(0, len(UserRole)) if odd else rng.choice((1, 1, 1, 2, 3))
    roles = frozenset(rng.sample(list(UserRole), count))
    agency = rng.choice(("north", "south"))
    if odd:
        agency = rng.choice(AGENCIES)
    elif UserRole.OPERATOR in roles:
        roles, agency = frozenset({UserRole.OPERATOR}), None
    unnamed = rng.random() < 0.05
    return Caller(
        user=rng.choice(USERS),
        agency=None if unnamed else agency,
        roles=frozenset() if unnamed else roles,
        as_of_us=NOW_US,
        until_us=rng.choice((None, None, NOW_US + 1, NOW_US + 9, NOW_US, NOW_US - 1)),
        scopes=rng.choice((None, None, None, frozenset(rng.sample(list(Deed), 20)))),
        unnamed=unnamed,
    )


def random_resource(rng: Random) -> Resource:
    """Give a record: an agency's or nobody's, an investigation, a claim or an account."""
    owner = rng.choice(("north", "north", "south", None))
    match rng.choice(
        ("bare", "team", "claim", "account", "account", "asked", "conflict", "notice", "tip", "all")
    ):
        case "bare":
            return Resource(owner=owner)
        case "team":
            return Resource(owner=owner, team=_some(rng, USERS))
        case "claim":
            return Resource(
                owner=owner,
                visibility=rng.choice(list(Visibility)).value,
                sealed_to=rng.choice((*USERS, None)),
                entered_by=rng.choice((*USERS, None)),
            )
        case "account":
            return Resource(
                owner=owner, account=rng.choice(USERS), account_roles=_some(rng, _ROLES)
            )
        case "asked":
            return Resource(owner=owner, asked_by=rng.choice(USERS))
        case "conflict":
            return Resource(
                owner=owner,
                told=rng.choice(_TOLD),
                team=rng.choice((_some(rng, USERS), None)),
                visibility=rng.choice((Visibility.SEALED.value, None)),
                sealed_to=rng.choice((*USERS, None)),
            )
        case "notice":
            return Resource(owner=owner, addressed=_some(rng, (*USERS, "*supervisors")))
        case "tip":
            return Resource(owner=rng.choice((owner, None)), holders=_some(rng, _HOLDERS))
        case _:
            return Resource(
                owner=owner,
                team=_some(rng, USERS),
                visibility=rng.choice(list(Visibility)).value,
                sealed_to=rng.choice((*USERS, None)),
                entered_by=rng.choice((*USERS, None)),
                account=rng.choice(USERS),
                account_roles=_some(rng, _ROLES),
                asked_by=rng.choice((*USERS, None)),
                told=rng.choice(_TOLD),
                addressed=_some(rng, (*USERS, "*supervisors")),
                handing=rng.choice(_HANDING),
                holders=rng.choice((_some(rng, _HOLDERS), None)),
            )


_HOLDERS = ("north", "south")
_HANDING = ("transfer", "prosecution", None)
_TOLD = ("none", "officer", "supervisor")
_ROLES = tuple(role.value for role in UserRole)


def _some(rng: Random, among: tuple[str, ...]) -> frozenset[str]:
    return frozenset(rng.sample(among, rng.randint(0, len(among))))

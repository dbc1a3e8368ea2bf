"""A store with tips, agencies and investigations, in which deconfliction is measured."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bench.progress import Progress
from bench.whole import ACTOR
from graph.casework.caller import Caller
from graph.casework.keys import investigation_key
from graph.casework.vocabulary import AgencyKind, ClaimRole, UserRole
from graph.clock import now_us
from graph.identifiers.core import Identifier, IdentifierKind
from graph.queries.dumps import DUMP_NODES, AfterParams
from graph.services.agencies import NewAgency, add_agency
from graph.services.callers import caller_of
from graph.services.cases import NewCase, open_case
from graph.services.investigations import ClaimFacts, enter_claims
from graph.services.user_rules import NewUser
from graph.services.users import add_user, first_operator
from graph.store import Store

AGENCIES: Final = 20
CLAIMS_EACH: Final = 8
OWN_CLAIMS: Final = 1000
"""Claims of the one large investigation."""
_TOGETHER = 2000
_KINDS = (IdentifierKind.EMAIL, IdentifierKind.PHONE, IdentifierKind.ACCOUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Who asks, for which investigation, and what there is to ask about."""

    asker: Caller
    case: str
    """Key of the investigation with a thousand claims."""
    own: tuple[Identifier, ...]
    """What it claims; half of it others claim too."""
    claimed: tuple[Identifier, ...]
    """Claimed by others alone."""
    unclaimed: tuple[Identifier, ...]
    investigations: int
    claims: int


def furnish(store: Store, *, investigations: int, progress: Progress) -> Setting:
    """Enter agencies, people and claims on identifiers that tips state.

    Raises:
        StoreError: the store could not do it.
    """
    dice = random.Random(17)
    pool = _identifiers(store)
    dice.shuffle(pool)
    agencies = [f"bench-{number:02}" for number in range(AGENCIES)]
    asker = _people(store, agencies)
    half = len(pool) // 2
    claimed, unclaimed = pool[:half], pool[half:]
    facts = [
        _facts(dice.choice(agencies[1:]), f"26-{number:05}", dice.choice(claimed))
        for number in range(investigations - 1)
        for _ in range(CLAIMS_EACH)
    ]
    facts = list({fact.key: fact for fact in facts}.values())
    _enter(store, facts, progress)
    theirs = list({fact.identifier.key: fact.identifier for fact in facts}.values())
    own = [*dice.sample(theirs, min(OWN_CLAIMS // 2, len(theirs) // 2))]
    own += unclaimed[: OWN_CLAIMS - len(own)]
    new = NewCase(reference="26-LARGE", purpose="cybertip")
    open_case(asker, store, new=new)
    _enter(store, [_facts(agencies[0], "26-LARGE", item) for item in own], progress)
    mine = {item.key for item in own}
    return Setting(
        asker=asker,
        case=investigation_key(agencies[0], "26-LARGE"),
        own=tuple(own),
        claimed=tuple(item for item in theirs if item.key not in mine),
        unclaimed=tuple(item for item in unclaimed if item.key not in mine),
        investigations=investigations,
        claims=len(facts) + len(own),
    )


def at_the_moment(caller: Caller) -> Caller:
    """Give the caller as of now."""
    return replace(caller, as_of_us=now_us())


def _identifiers(store: Store) -> list[Identifier]:
    found: list[Identifier] = []
    for kind in _KINDS:
        after = ""
        while len(page := store.read(DUMP_NODES[kind.value], AfterParams(after=after))) > 0:
            keys = [str(row.props["key"]) for row in page if row.props["state"] == "normal"]
            found += [Identifier(kind=kind, key=key, display=key) for key in keys]
            after = str(page[-1].props["key"])
    return found


def _people(store: Store, agencies: Sequence[str]) -> Caller:
    """Enter agencies, each with a supervisor; give the first one's."""
    first_operator(store, key="ops", name="Ops", actor=ACTOR, at_us=now_us())
    ops = caller_of(store, "ops")
    for agency in agencies:
        new = NewAgency(key=agency, name=agency, kind=AgencyKind.TASK_FORCE)
        add_agency(ops, store, new=new)
        admin, boss = f"admin.{agency}", f"boss.{agency}"
        appointed = NewUser(
            key=admin, name=admin, agency=agency, roles=(UserRole.AGENCY_ADMINISTRATOR,)
        )
        add_user(ops, store, new=appointed)
        supervisor = NewUser(key=boss, name=boss, agency=agency, roles=(UserRole.SUPERVISOR,))
        add_user(caller_of(store, admin), store, new=supervisor)
    return caller_of(store, f"boss.{agencies[0]}")


def _facts(agency: str, reference: str, identifier: Identifier) -> ClaimFacts:
    return ClaimFacts(
        agency=agency,
        reference=reference,
        title=None,
        status="open",
        opened_us=None,
        contact=f"desk@{agency}.example.org",
        identifier=identifier,
        role=ClaimRole.SUSPECT.value,
    )


def _enter(store: Store, facts: Sequence[ClaimFacts], progress: Progress) -> None:
    for start in range(0, len(facts), _TOGETHER):
        enter_claims(store, facts[start : start + _TOGETHER], actor=ACTOR)
        progress("entering claims", min(start + _TOGETHER, len(facts)), len(facts))

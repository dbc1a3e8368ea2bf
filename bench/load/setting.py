"""A store with tips that agencies hold, people who are logged on, and what they ask."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bench.load.plan import Ask, Kind
from bench.progress import Progress
from bench.stores import EmptyStore
from bench.whole import ACTOR, DECLARED, require_all_in
from graph.casework.caller import Caller
from graph.casework.tip_scope import TipScope
from graph.casework.vocabulary import AgencyKind, ClaimRole, UserRole
from graph.clock import now_us
from graph.identifiers.core import Identifier, IdentifierKind
from graph.queries.dumps import DUMP_NODES, AfterParams
from graph.services.agencies import NewAgency, add_agency
from graph.services.callers import caller_of
from graph.services.cases import NewCase, open_case
from graph.services.investigations import ClaimFacts, enter_claims
from graph.services.sessions import make_session
from graph.services.snapshot import take_snapshot
from graph.services.tips import list_tips
from graph.services.user_rules import NewUser
from graph.services.users import add_user, first_operator
from graph.store import Store
from ingest.pipeline import Intake

AGENCIES: Final = 8
PEOPLE_EACH: Final = 5
MIX: Final = {"a tip": 0.4, "its links": 0.25, "a page of tips": 0.15, "a check": 0.2}
"""Share of each kind of request: four fifths only read."""
_TIPS_EACH = 400
_CHECKS_EACH = 200
_CLAIMS = 2000
_PURPOSE = "cybertip"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    """Somebody who is logged on."""

    user: str
    agency: str
    token: str
    reference: str


def people(store: Store) -> tuple[str, ...]:
    """Enter agencies with their staff, and give the agencies.

    Raises:
        StoreError: the store could not do it.
    """
    first_operator(store, key="ops", name="Ops", actor=ACTOR, at_us=now_us())
    ops = caller_of(store, "ops")
    agencies = tuple(f"bench-{number:02}" for number in range(AGENCIES))
    for agency in agencies:
        add_agency(ops, store, new=NewAgency(key=agency, name=agency, kind=AgencyKind.TASK_FORCE))
        admin = f"admin.{agency}"
        roles = (UserRole.AGENCY_ADMINISTRATOR,)
        add_user(ops, store, new=NewUser(key=admin, name=admin, agency=agency, roles=roles))
        for user in _staff(agency):
            new = NewUser(key=user, name=user, agency=agency, roles=(UserRole.SUPERVISOR,))
            add_user(caller_of(store, admin), store, new=new)
    return agencies


def take_in(
    into: EmptyStore, files: Sequence[Path], agencies: Sequence[str], *, progress: Progress
) -> None:
    """Take tips in, held by one agency after the other.

    Raises:
        IntakeError: some document did not go in.
    """
    for number, agency in enumerate(agencies):
        intake = Intake(into.store, into.site, synthetic=True, actor=ACTOR)
        declared = replace(DECLARED, holder=agency)
        require_all_in(intake.ingest(files[number :: len(agencies)], declared=declared))
        progress("taking the world in", number + 1, len(agencies))
    # As the worker does each day: how common values are is told by bands, not walked for.
    take_snapshot(into.store, actor=ACTOR)


def questions(store: Store, agencies: Sequence[str], *, seed: int) -> tuple[Kind, ...]:
    """Enter claims, log everybody on, and give what they ask.

    Raises:
        StoreError: the store could not do it.
    """
    dice = random.Random(seed)
    staff = {agency: _log_on(store, agency) for agency in agencies}
    emails = _emails(store)
    dice.shuffle(emails)
    claimed, unclaimed = emails[: len(emails) // 2][:_CLAIMS], emails[len(emails) // 2 :]
    facts = [_claim(agency, n, one) for agency in agencies for n, one in enumerate(claimed)]
    enter_claims(store, dice.sample(facts, min(_CLAIMS, len(facts))), actor=ACTOR)
    asks: dict[str, list[Ask]] = {name: [] for name in MIX}
    for agency, those in staff.items():
        scope = TipScope(holder=agency)
        tips = [line.key for line in list_tips(store.seen_by(scope), limit=_TIPS_EACH).tips]
        for tip in tips:
            asks["a tip"].append(_get(dice.choice(those), f"/v1/tips/{tip}"))
            asks["its links"].append(_get(dice.choice(those), f"/v1/tips/{tip}/links"))
        asks["a page of tips"] += [_get(person, "/v1/tips?limit=50") for person in those]
        for number in range(min(_CHECKS_EACH, len(unclaimed))):
            one = dice.choice(claimed if number % 2 == 0 else unclaimed)
            asks["a check"].append(_check(dice.choice(those), one))
    return tuple(
        Kind(name=name, share=share, asks=tuple(asks[name])) for name, share in MIX.items()
    )


def _staff(agency: str) -> list[str]:
    return [f"p{number}.{agency}" for number in range(PEOPLE_EACH)]


def _log_on(store: Store, agency: str) -> list[_Person]:
    """Give everybody of an agency a session and an investigation of their own."""
    found = []
    for number, user in enumerate(_staff(agency)):
        caller: Caller = caller_of(store, user)
        reference = f"26-{number:04}"
        open_case(caller, store, new=NewCase(reference=reference, purpose=_PURPOSE))
        token = make_session(store, user, how="bench").text
        found.append(_Person(user=user, agency=agency, token=token, reference=reference))
    return found


def _emails(store: Store) -> list[Identifier]:
    found: list[Identifier] = []
    after, kind = "", IdentifierKind.EMAIL
    while len(page := store.read(DUMP_NODES[kind.value], AfterParams(after=after))) > 0:
        keys = [str(row.props["key"]) for row in page if row.props["state"] == "normal"]
        found += [Identifier(kind=kind, key=key, display=key) for key in keys]
        after = str(page[-1].props["key"])
    return found


def _claim(agency: str, number: int, identifier: Identifier) -> ClaimFacts:
    return ClaimFacts(
        agency=agency,
        reference=f"25-{number // 8:05}",
        title=None,
        status="open",
        opened_us=None,
        contact=f"desk@{agency}.example.org",
        identifier=identifier,
        role=ClaimRole.SUSPECT.value,
    )


def _get(person: _Person, path: str) -> Ask:
    return Ask(method="GET", path=path, token=person.token, holder=person.agency)


def _check(person: _Person, identifier: Identifier) -> Ask:
    body = {
        "investigation": person.reference,
        "purpose": _PURPOSE,
        "values": [{"value": identifier.key}],
    }
    return Ask(
        method="POST",
        path="/v1/checks",
        body=json.dumps(body),
        token=person.token,
        holder=person.agency,
    )

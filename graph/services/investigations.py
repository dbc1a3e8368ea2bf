"""Takes in agencies, their investigations, and the identifiers that these claim."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.casework.keys import investigation_key
from graph.casework.terms import LONGEST_SILENCE_US, UNREVIEWED_US, USUAL_US, default_visibility
from graph.casework.vocabulary import ClaimRole, Status, Visibility
from graph.clock import now_us
from graph.errors import RowError
from graph.identifiers.core import Identifier
from graph.queries.investigations import (
    CLAIMS_THERE,
    INVESTIGATIONS_THERE,
    LOCK_AGENCIES,
    ClaimRow,
)
from graph.queries.people import AGENCIES_BY_KEY, PeopleKeysParams
from graph.queries.restating import (
    CORRECT_ROLES,
    RESTATE,
    RestateParams,
    RoleItem,
    RolesParams,
    StatedItem,
)
from graph.rows import PropertyRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.claiming import NewClaim, add_claims, claim_key
from graph.services.investigation_pages import parts_of
from graph.services.removing import remove
from graph.services.watch import closed_of, watch_restated
from graph.store import ReadUnit, Store, WriteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFacts:
    """An agency as somebody entered it."""

    key: str
    name: str
    kind: str
    state: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """An investigation's claim on one identifier."""

    agency: str
    reference: str
    title: str | None
    status: str
    opened_us: int | None
    contact: str | None
    identifier: Identifier
    role: str = ClaimRole.SUSPECT.value
    visibility: str | None = None
    """`open` or `pointer`; None: a pointer, an officer's persona silent."""
    predicate: str | None = None
    source: str | None = None
    support: str | None = None
    reliability: str | None = None
    content: str | None = None
    handling: str | None = None

    @property
    def investigation_key(self) -> str:
        """Key of the investigation: agency and reference, each with its own `|` escaped."""
        return investigation_key(self.agency, self.reference)

    @property
    def key(self) -> str:
        """Key of the claim."""
        return claim_key(self.investigation_key, self.identifier)


def enter_agencies(store: Store, agencies: Sequence[AgencyFacts], *, actor: str) -> None:
    """Enter agencies, or bring those that differ up to date; what a file cannot say stays."""
    at_us = now_us()
    stated: dict[str, PropertyRow] = {
        a.key: {"name": a.name, "kind": a.kind, "state": a.state, "contact": a.contact}
        for a in agencies
    }

    def work(unit: WriteUnit) -> None:
        known = {
            row.key: row.model_dump()
            for part in parts_of(stated)
            for row in unit.read(AGENCIES_BY_KEY, PeopleKeysParams(keys=part.keys))
        }
        new: PropertyRow = {"source": "file", "verified": False}
        stamp: PropertyRow = {"changed_us": at_us, "changed_by": actor}
        rows: list[PropertyRow] = [
            {
                "key": key,
                **known.get(key, new),
                **row,
                **stamp,
                "version": (known.get(key, {}).get("version") or 0) + 1,
            }
            for key, row in stated.items()
            # The same file again, also after a run that died, is no new version.
            if any(known.get(key, {}).get(name) != value for name, value in row.items())
        ]
        unit.insert_nodes("Agency", rows)
        unit.update_nodes("Agency", [row for row in rows if row["key"] in known])
        leaves = [
            Leaf(action="agency.entered", object=str(row["key"]), outcome="entered") for row in rows
        ]
        add_leaves(unit, leaves, actor=actor, at_us=at_us)

    store.writing(work, name="entering agencies")


def enter_claims(store: Store, claims: Sequence[ClaimFacts], *, actor: str) -> int:
    """Enter claims with their investigations and give how many were not there before.

    Raises:
        RowError: an agency is not entered; nothing was changed.
        StoreError: the store could not do it; nothing was changed.
    """
    at_us = now_us()
    return store.writing(
        lambda unit: _enter(unit, claims, actor=actor, at_us=at_us), name="entering claims"
    )


def _enter(unit: WriteUnit, claims: Sequence[ClaimFacts], *, actor: str, at_us: int) -> int:
    for agencies in parts_of({claim.agency for claim in claims}):
        unit.run(LOCK_AGENCIES, agencies)
    by_key = {claim.key: claim for claim in claims}
    there = {row.key: row for keys in parts_of(by_key) for row in unit.read(CLAIMS_THERE, keys)}
    known = {key: row for key, row in there.items() if (row.review_due_us or 0) > at_us}
    # What has lapsed is not brought back: it goes, and the file's claim comes in anew.
    lapsed = [row for key, row in there.items() if key not in known]
    remove(unit, lapsed, why="lapsed, claimed anew", actor=actor, at_us=at_us)
    _refuse_two_roles(claims)
    _refuse_former_personas(by_key, known)
    corrected = [
        RoleItem(key=key, role=by_key[key].role)
        for key, row in known.items()
        if row.role != by_key[key].role
    ]
    if len(corrected) > 0:
        unit.run(CORRECT_ROLES, _roles(corrected, actor=actor, at_us=at_us))
    fresh = [by_key[key] for key in sorted(by_key) if key not in known]
    stated_open = {c.investigation_key for c in claims if c.status == Status.OPEN}
    shut = closed_of(unit, stated_open)
    _write_investigations(unit, list(by_key.values()))
    refs = {claim.key: uuid.uuid4().hex for claim in fresh}
    new = [
        NewClaim(
            investigation=claim.investigation_key,
            identifier=claim.identifier,
            row=_claim_row(claim, refs[claim.key], actor=actor, at_us=at_us),
        )
        for claim in fresh
    ]
    add_claims(unit, new, actor=actor, at_us=at_us)
    watch_restated(unit, shut, [item.key for item in corrected], actor=actor, at_us=at_us)
    leaves = [
        _leaf("claim.entered", refs[claim.key], by_key[claim.key], "entered") for claim in fresh
    ]
    leaves += [
        _leaf("claim.role", known[item.key].ref, by_key[item.key], item.role) for item in corrected
    ]
    add_leaves(unit, leaves, actor=actor, at_us=at_us)
    return len(fresh)


def _roles(corrected: list[RoleItem], *, actor: str, at_us: int) -> RolesParams:
    until_us = at_us + LONGEST_SILENCE_US
    return RolesParams(rows=corrected, at_us=at_us, actor=actor, silent_until_us=until_us)


def _leaf(action: str, ref: str | None, claim: ClaimFacts, outcome: str) -> Leaf:
    return Leaf(
        action=action,
        object=ref,
        outcome=outcome,
        agency=claim.agency,
        investigation=claim.investigation_key,
    )


def _claim_row(claim: ClaimFacts, ref: str, *, actor: str, at_us: int) -> PropertyRow:
    """Give a claim as a file states it; without facts it is to be reviewed soon (rule 23-1)."""
    visibility, silent_until_us = default_visibility(claim.role, at_us)
    if claim.visibility is not None:
        visibility, silent_until_us = Visibility(claim.visibility), None
    is_bare = claim.predicate is None
    return {
        "ref": ref,
        "agency": claim.agency,
        "role": claim.role,
        "visibility": visibility.value,
        "silent_until_us": silent_until_us,
        "predicate": claim.predicate,
        "predicate_by": None if is_bare else actor,
        "predicate_us": None if is_bare else at_us,
        "source": claim.source,
        "support": claim.support,
        "reliability": claim.reliability,
        "content": claim.content,
        "handling": claim.handling,
        "entered_us": at_us,
        "entered_by": actor,
        "review_due_us": at_us + (UNREVIEWED_US if is_bare else USUAL_US),
    }


def _refuse_two_roles(claims: Sequence[ClaimFacts]) -> None:
    roles: dict[str, str] = {}
    for claim in claims:
        if roles.setdefault(claim.key, claim.role) != claim.role:
            raise RowError(
                f"Investigation {claim.investigation_key} claims one {claim.identifier.kind.value} "
                "in two roles in the same file. Leave the right one and hand the file in again."
            )


def _refuse_former_personas(
    stated: Mapping[str, ClaimFacts], known: Mapping[str, ClaimRow]
) -> None:
    """Refuse a file that makes something else of an officer's persona, as `claims` does."""
    for key, row in known.items():
        if row.role == ClaimRole.OFFICER_PERSONA and stated[key].role != row.role:
            claim = stated[key]
            raise RowError(
                f"Investigation {claim.investigation_key} has the claim {row.ref} as an officer's "
                f"persona; the file states it as {claim.role}. A persona stays one: purge the "
                "claim and enter it anew. Nothing of the file was entered."
            )


def _write_investigations(unit: WriteUnit, claims: Sequence[ClaimFacts]) -> None:
    rows: dict[str, PropertyRow] = {
        claim.investigation_key: {
            "key": claim.investigation_key,
            "agency": claim.agency,
            "reference": claim.reference,
            "title": claim.title,
            "status": claim.status,
            "opened_us": claim.opened_us,
            "contact": claim.contact,
        }
        for claim in claims
    }
    _require_agencies(unit, rows.values())
    known = _there(unit, rows)
    unit.insert_nodes("Investigation", [{**row, "version": 1} for row in rows.values()])
    stated = [StatedItem.model_validate(rows[key]) for key in sorted(known)]
    if len(stated) > 0:
        unit.run(RESTATE, RestateParams(rows=stated))
    unit.insert_rels(
        "RUNS",
        ("Agency", "Investigation"),
        [(str(row["agency"]), key, {}) for key, row in rows.items() if key not in known],
    )


def _require_agencies(unit: ReadUnit, rows: Iterable[PropertyRow]) -> None:
    """Come back when the agencies of some investigations are entered."""
    of_agency = {str(row["agency"]): str(row["reference"]) for row in rows}
    there = {
        found.key
        for part in parts_of(of_agency)
        for found in unit.read(AGENCIES_BY_KEY, PeopleKeysParams(keys=part.keys))
    }
    missing = sorted(set(of_agency) - there)
    if len(missing) > 0:
        raise RowError(
            f"Investigation {of_agency[missing[0]]} names an agency that is not entered "
            f"({missing[0]}). Ingest the agencies' CSV first."
        )


def _there(unit: ReadUnit, keys: Iterable[str]) -> set[str]:
    return {row.key for part in parts_of(keys) for row in unit.read(INVESTIGATIONS_THERE, part)}

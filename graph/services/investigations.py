"""Takes in agencies, their investigations, and the identifiers that these claim."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.clock import now_us
from graph.errors import RowError
from graph.identifiers.core import Identifier, IdentifierKind
from graph.queries.investigations import (
    CLAIMS_THERE,
    INVESTIGATIONS_BY_KEY,
    INVESTIGATIONS_PAGE,
    INVESTIGATIONS_THERE,
    LOCK_AGENCIES,
    MOST_KEYS,
    InvestigationPageParams,
    InvestigationRow,
    KeysParams,
)
from graph.rows import PropertyRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.hash_states import settle
from graph.store import ReadUnit, Store, WriteUnit
from graph.tip_rows import identifier_row


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
    role: str

    @property
    def investigation_key(self) -> str:
        """Key of the investigation: agency and reference, each with its own `|` escaped."""
        return f"{_part(self.agency)}|{_part(self.reference)}"

    @property
    def key(self) -> str:
        """Key of the claim."""
        return f"{self.investigation_key}|{self.identifier.kind.value}|{self.identifier.key}"


def enter_agencies(store: Store, agencies: Sequence[AgencyFacts], *, actor: str) -> None:
    """Enter agencies, or bring those that are there up to date."""
    at_us = now_us()
    rows: list[PropertyRow] = [
        {"key": a.key, "name": a.name, "kind": a.kind, "state": a.state, "contact": a.contact}
        for a in agencies
    ]

    def work(unit: WriteUnit) -> None:
        unit.insert_nodes("Agency", rows)
        unit.update_nodes("Agency", rows)
        leaves = [Leaf(action="agency.entered", object=a.key, outcome="entered") for a in agencies]
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


def list_investigations(store: Store) -> tuple[InvestigationRow, ...]:
    """Give all investigations with their agencies, in the order of their keys."""

    def work(unit: ReadUnit) -> tuple[InvestigationRow, ...]:
        found: list[InvestigationRow] = []
        page: list[InvestigationRow] | None = None
        while page is None or len(page) == MOST_KEYS:
            after = found[-1].key if len(found) > 0 else ""
            params = InvestigationPageParams(after=after, limit=MOST_KEYS)
            page = unit.read(INVESTIGATIONS_PAGE, params)
            found += page
        return tuple(found)

    return store.reading(work, name="listing investigations")


def page_investigations(
    store: Store, *, after: str = "", limit: int
) -> tuple[InvestigationRow, ...]:
    """Give at most `limit` investigations (5,000 at most) that follow the key `after`."""
    params = InvestigationPageParams(after=after, limit=min(limit, MOST_KEYS))
    return tuple(store.read(INVESTIGATIONS_PAGE, params))


def investigations_of(unit: ReadUnit, keys: Collection[str]) -> dict[str, InvestigationRow]:
    """Give the investigations with these keys; one that is not there is left out."""
    return {row.key: row for part in _parts(keys) for row in unit.read(INVESTIGATIONS_BY_KEY, part)}


def _parts(keys: Iterable[str]) -> Iterator[KeysParams]:
    """Give keys in their order, in as many questions as they need."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), MOST_KEYS):
        yield KeysParams(keys=ordered[start : start + MOST_KEYS])


def _part(name: str) -> str:
    """Give one part of a key so that no other parts give the same key (as in RFC 3986, 2.1)."""
    return name.replace("%", "%25").replace("|", "%7C")


def _enter(unit: WriteUnit, claims: Sequence[ClaimFacts], *, actor: str, at_us: int) -> int:
    for agencies in _parts({claim.agency for claim in claims}):
        unit.run(LOCK_AGENCIES, agencies)
    by_key = {claim.key: claim for claim in claims}
    known = {row.key: row for keys in _parts(by_key) for row in unit.read(CLAIMS_THERE, keys)}
    _refuse_two_roles(claims)
    corrected = [by_key[key] for key, row in known.items() if row.role != by_key[key].role]
    unit.update_nodes("Claim", [_claim_row(c, known[c.key].entered_us) for c in corrected])
    fresh = [by_key[key] for key in sorted(by_key) if key not in known]
    _write_identifiers(unit, fresh)
    _write_investigations(unit, list(by_key.values()))
    unit.insert_nodes("Claim", [_claim_row(claim, at_us) for claim in fresh])
    unit.insert_rels(
        "HOLDS",
        ("Investigation", "Claim"),
        [(claim.investigation_key, claim.key, {}) for claim in fresh],
    )
    for kind in sorted({claim.identifier.kind for claim in fresh}):
        unit.insert_rels(
            "CLAIMS",
            ("Claim", kind.value),
            [(c.key, c.identifier.key, {}) for c in fresh if c.identifier.kind is kind],
        )
    leaves = [
        Leaf(action="claim.entered", object=claim.investigation_key, outcome="entered")
        for claim in fresh
    ]
    leaves += [
        Leaf(action="claim.role", object=claim.investigation_key, outcome=claim.role)
        for claim in corrected
    ]
    add_leaves(unit, leaves, actor=actor, at_us=at_us)
    return len(fresh)


def _claim_row(claim: ClaimFacts, entered_us: int | None) -> PropertyRow:
    return {
        "key": claim.key,
        "investigation": claim.investigation_key,
        "role": claim.role,
        "entered_us": entered_us,
    }


def _refuse_two_roles(claims: Sequence[ClaimFacts]) -> None:
    roles: dict[str, str] = {}
    for claim in claims:
        if roles.setdefault(claim.key, claim.role) != claim.role:
            raise RowError(
                f"Investigation {claim.investigation_key} claims one {claim.identifier.kind.value} "
                "in two roles in the same file. Leave the right one and hand the file in again."
            )


def _write_identifiers(unit: WriteUnit, fresh: Sequence[ClaimFacts]) -> None:
    """Write the claimed identifiers first, in key order, before anything is read through them."""
    for kind in sorted({claim.identifier.kind for claim in fresh}):
        of_kind = {c.identifier.key: c.identifier for c in fresh if c.identifier.kind is kind}
        unit.insert_nodes(
            kind.value,
            [
                identifier_row(
                    kind,
                    item.key,
                    state=item.state.value,
                    state_reason=item.state_reason,
                    hints=[f"{hint.scheme}|{hint.key}" for hint in item.hints],
                )
                for _, item in sorted(of_kind.items())
            ],
        )
        counts: dict[str, int] = {}
        for claim in fresh:
            if claim.identifier.kind is kind:
                counts[claim.identifier.key] = counts.get(claim.identifier.key, 0) + 1
        unit.count_claims(kind.value, counts)
        if kind is IdentifierKind.FILE_HASH:
            settle(unit, of_kind)


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
    known = _there(unit, rows)
    unit.insert_nodes("Investigation", rows.values())
    unit.update_nodes("Investigation", [rows[key] for key in sorted(known)])
    unit.insert_rels(
        "RUNS",
        ("Agency", "Investigation"),
        [(str(row["agency"]), key, {}) for key, row in rows.items() if key not in known],
    )
    orphans = sorted(set(rows) - _there(unit, rows))
    if len(orphans) > 0:
        named = rows[orphans[0]]
        raise RowError(
            f"Investigation {named['reference']!s} names an agency that is not entered "
            f"({named['agency']!s}). Ingest the agencies' CSV first."
        )


def _there(unit: ReadUnit, keys: Iterable[str]) -> set[str]:
    return {row.key for part in _parts(keys) for row in unit.read(INVESTIGATIONS_THERE, part)}

"""The one door through which claims come in, whoever enters them.

Order matters: first the identifiers are written, in key order, and only then it is read who else
is there. Of two agencies that claim one identifier at once, one waits for the other or begins
again, and so sees it; without that write both missed each other (`design.md`, "Concurrency").
The standing watch stands at the end of `add_claims`, so that no door forgets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.casework.vocabulary import Visibility
from graph.identifiers.core import Identifier, IdentifierKind
from graph.rows import PropertyRow
from graph.services.encounters import Outcome
from graph.services.hash_states import settle
from graph.services.watch import watch_claims
from graph.store import WriteUnit
from graph.tip_rows import identifier_row

_SEALED = "|sealed|"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim:
    """A claim that is not there yet, with every property that it will have."""

    investigation: str
    identifier: Identifier
    row: PropertyRow

    @property
    def key(self) -> str:
        """Key of the claim; a sealed one has its own, so that it is in no colleague's way."""
        key = claim_key(self.investigation, self.identifier)
        is_sealed = self.row.get("visibility") == Visibility.SEALED
        return sealed_key(key, str(self.row["ref"])) if is_sealed else key


def claim_key(investigation: str, identifier: Identifier) -> str:
    """Give the key of an investigation's claim on an identifier."""
    return f"{investigation}|{identifier.kind.value}|{identifier.key}"


def sealed_key(key: str, ref: str) -> str:
    """Give the key of a claim that is sealed: who claims the same meets nothing."""
    return f"{key}{_SEALED}{ref}"


def is_sealed_key(key: str) -> bool:
    """Say whether a key was given to a sealed claim."""
    return _SEALED in key


def add_claims(unit: WriteUnit, claims: Sequence[NewClaim], *, actor: str, at_us: int) -> Outcome:
    """Write claims that are not there yet, and give what they lead to.

    The caller has the lock of each investigation, has looked that it is there and that the claims
    are not, and writes the leaves.

    Raises:
        RowError: a claim breaks the schema; nothing of this unit is kept.
    """
    fresh = sorted(claims, key=lambda claim: (claim.identifier.kind, claim.identifier.key))
    _write_identifiers(unit, fresh)
    rows: list[PropertyRow] = [
        {
            "key": claim.key,
            "investigation": claim.investigation,
            "version": 1,
            **claim.row,
        }
        for claim in fresh
    ]
    unit.insert_nodes("Claim", rows)
    unit.insert_rels(
        "HOLDS",
        ("Investigation", "Claim"),
        [(claim.investigation, claim.key, {}) for claim in fresh],
    )
    for kind in sorted({claim.identifier.kind for claim in fresh}):
        unit.insert_rels(
            "CLAIMS",
            ("Claim", kind.value),
            [(c.key, c.identifier.key, {}) for c in fresh if c.identifier.kind is kind],
        )
    keys = [claim.key for claim in fresh]
    return watch_claims(unit, keys, actor=actor, at_us=at_us)


def _write_identifiers(unit: WriteUnit, fresh: Sequence[NewClaim]) -> None:
    """Write the claimed identifiers in key order: the count is the write that others wait for."""
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

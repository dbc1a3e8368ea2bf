"""What a purge leaves of a claim: the leaf that says so, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from graph.queries.claims import ClaimKeysParams
from graph.queries.purging import DROP, DROP_UNUSED, RELEASE
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.places_due import place_or_note
from graph.services.triage_claims import tips_of_claims
from graph.store import WriteUnit


class Removable(Protocol):
    """A claim, as far as its removal must know it."""

    @property
    def key(self) -> str:
        """Key of the claim."""
        ...

    @property
    def ref(self) -> str | None:
        """Its name in the log."""
        ...

    @property
    def investigation(self) -> str:
        """Key of its investigation."""
        ...

    @property
    def agency(self) -> str | None:
        """Key of its agency."""
        ...


def remove(
    unit: WriteUnit, claims: Sequence[Removable], *, why: str, actor: str, at_us: int
) -> None:
    """Delete claims, and the identifiers that nothing else knows of; one leaf for each.

    The log names a claim by its random name: what it was about is not in it.
    """
    if len(claims) == 0:
        return
    params = ClaimKeysParams(keys=sorted(claim.key for claim in claims))
    tips = tips_of_claims(unit, params.keys)
    unit.run(RELEASE, params)
    unit.run(DROP_UNUSED, params)
    unit.run(DROP, params)
    place_or_note(unit, tips, actor=actor, at_us=at_us)
    leaves = [
        Leaf(
            action="claim.purged",
            object=claim.ref,
            outcome=why,
            agency=claim.agency,
            investigation=claim.investigation,
        )
        for claim in claims
    ]
    add_leaves(unit, leaves, actor=actor, at_us=at_us)

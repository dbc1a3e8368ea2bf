"""What the log of an agency has of documents that were handed in for it."""

from __future__ import annotations

from collections.abc import Sequence

from graph.deliveries import Delivery, Recorded
from graph.services.audit_leaves import Leaf, add_leaves
from graph.store import WriteUnit

RECEIVED = "tip.received"
"""Said to the agency that a delivery was handed in for; the operators' log has `tip.recorded`."""


def tell_holders(
    unit: WriteUnit,
    deliveries: Sequence[Delivery],
    told: Sequence[Recorded],
    *,
    actor: str,
    at_us: int,
) -> None:
    """Write who handed what in to the log of the agency that it was handed in for.

    `told` is what became of each delivery, as that agency may know it.
    """
    leaves = [
        Leaf(
            action=RECEIVED,
            object=found.tip,
            outcome=f"{found.outcome.value}; sha256:{found.document}",
            agency=delivery.holder,
        )
        for found, delivery in zip(told, deliveries, strict=True)
        if delivery.holder is not None
    ]
    add_leaves(unit, leaves, actor=actor, at_us=at_us)

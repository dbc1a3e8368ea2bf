"""What the page Hand-offs remembers."""

from __future__ import annotations

from dataclasses import dataclass

from client.resources.agencies import Agency
from client.resources.handoffs import Direction, HandoffAnswer, HandoffReceipts


@dataclass(slots=True)
class HandoffView:
    """What one person looks at among the hand-offs."""

    direction: Direction = "received"
    with_done: bool = False
    pages: tuple[str, ...] = ("",)
    """Where each page starts, up to the one that is shown."""
    ref: str | None = None
    shown: HandoffAnswer | None = None
    """The one that was chosen, as it was read: steps are taken from this version."""
    receipts: HandoffReceipts | None = None
    tip: str = ""
    """The tip that is to be offered."""
    agencies: tuple[Agency, ...] = ()
    """To whom it may be offered, once they were read."""

    def choose(self, ref: str | None) -> None:
        """Choose a hand-off; it is read when it is shown."""
        self.ref, self.shown, self.receipts = ref, None, None

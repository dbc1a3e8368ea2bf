"""The API's reviews: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Part
from client.calls import Calls, read


class ReviewLine(Part):
    """A claim that is to be validated, or let go."""

    ref: str
    reference: str
    is_open: bool
    role: str
    visibility: str | None
    kind: str
    identifier: str
    review_due_at: str
    days_left: int
    validated_at: str | None
    validated_by: str | None
    version: int | None


class ReviewQueue(Answer):
    """Claims of the own agency by review date: each is validated, or let go."""

    items: tuple[ReviewLine, ...]
    next_after: str | None


class Reviews(Calls):
    """Calls about reviews."""

    def claims_to_validate(
        self, *, days: int = 60, after: str = "", limit: int = 50
    ) -> ReviewQueue:
        """The validation queue: claims by review date, with the days that are left."""
        return read(
            self._call(
                "GET", "claims/queue", params={"days": days, "after": after, "limit": limit}
            ),
            ReviewQueue,
        )

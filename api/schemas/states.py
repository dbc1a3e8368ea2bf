"""States of identifiers on the wire."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from api.schemas.common import Answer, Part
from api.schemas.wire import fields
from graph.clock import iso
from graph.opening import OpenStore
from graph.queries.decisions import DECISIONS, DecisionRow


class StateDecision(Part):
    """What counting found, or a person decided, about one identifier's state."""

    key: str
    kind: str
    identifier: str
    source: str = Field(description="counting or person.")
    state: str = Field(description="normal, shared, viral or, by a person, undone.")
    undoes: str | None = Field(description="Key of the decision that this one undoes.")
    why: str
    decided_by: str
    at: str
    until_at: str | None
    snapshot_at: str | None = Field(description="By counting: the snapshot that it rests on.")
    rules: str | None = Field(description="By counting: version of the table of hub states.")


class StatesAnswer(Answer):
    """Decisions about states, newest first."""

    decisions: tuple[StateDecision, ...]
    cut_off: tuple[str, ...] = Field(description="What was left out, in sentences.")

    @classmethod
    def of(
        cls, rows: Sequence[DecisionRow], opened: OpenStore, *, as_of_us: int, limit: int
    ) -> StatesAnswer:
        """Give the answer for the first rows; one more than `limit` says that there are more."""
        cut_off = [] if len(rows) <= limit else [f"Only the newest {limit} decisions are shown."]
        return cls.model_validate(
            {
                "as_of": iso(as_of_us),
                "synthetic": opened.info.synthetic,
                "queries": [DECISIONS.name],
                "decisions": [fields(row) for row in rows[:limit]],
                "cut_off": cut_off,
            }
        )

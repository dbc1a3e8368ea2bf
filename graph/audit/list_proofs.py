"""What comes with a list of a log's records, so that it can be checked without Crosstip."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from graph.audit.heads import Kept


class ListProof(BaseModel):
    """That the records of a list are those of a log that a checkpoint signs.

    `graph/audit/standalone_list.py` checks it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    crosstip_list_proof: Literal[1] = 1
    first: int
    """Number of the list's first record."""
    before: list[str]
    """Roots of the full subtrees over the records before it, the largest first (RFC 6962)."""
    checkpoint: Kept

"""Lists to be taken out, as they are asked for."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.common import Wanted


class ExportThis(Wanted):
    """Which list, in which format."""

    list: Literal[
        "tips", "tip-links", "claims", "conflicts", "notices", "checks", "audit", "custody"
    ] = Field(
        description="What is to be taken out: everything of it that you may see.",
        examples=["tips"],
    )
    format: Literal["csv", "ndjson", "zip"] = Field(
        default="csv",
        description="CSV has a `'` before what a spreadsheet would run; ZIP: of `custody` alone.",
    )
    tip: str | None = Field(
        default=None, max_length=200, description="Of `tip-links` and `custody`: the tip's key."
    )
    originals: bool = Field(
        default=False, description="Of `custody`: with the documents that the vault holds."
    )
    given_to: str | None = Field(
        default=None,
        max_length=200,
        description="Of `custody`: whom it is for; stands in the log, so without identifiers.",
    )

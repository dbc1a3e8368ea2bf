"""Lists to be taken out, as they are asked for."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.common import Wanted


class ExportThis(Wanted):
    """Which list, in which format."""

    list: Literal["tips", "tip-links", "claims", "conflicts", "notices", "checks", "audit"] = Field(
        description="What is to be taken out: everything of it that you may see.",
        examples=["tips"],
    )
    format: Literal["csv", "ndjson"] = Field(
        default="csv",
        description="CSV has a `'` before what a spreadsheet would run as a formula.",
    )
    tip: str | None = Field(
        default=None, max_length=200, description="Of `tip-links`: the tip's key."
    )

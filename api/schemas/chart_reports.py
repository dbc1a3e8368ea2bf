"""Reports of link charts, as they are entered in the log."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.common import Answer, Wanted

_Tip = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class NewChartReport(Wanted):
    """A report that is about to be handed out."""

    sha256: str = Field(
        pattern=r"^[0-9a-f]{64}$",
        description="SHA-256 of the report's record.",
        examples=["0" * 64],
    )
    tips: tuple[_Tip, ...] = Field(
        max_length=1000, description="Every tip that it names.", examples=[["ncmec:198000001"]]
    )
    given_to: str | None = Field(
        default=None,
        max_length=200,
        description="Whom it is for; stands in the log, so without identifiers.",
    )


class ChartReportEntry(Answer):
    """The entry of your agency's log that says that the report was handed out."""

    entry: str = Field(description="Names it for a proof: `/v1/audit/proofs/entries/{entry}`.")
    log: str
    at: str
    actor: str
    agency: str | None
    sha256: str
    tips: int
    outcome: str = Field(description="What the entry says.")

"""Extracts for other tools, as they are asked for."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.common import Wanted


class ExtractThis(Wanted):
    """Which tips, in which format, for what, and to whom they go."""

    tips: list[str] = Field(
        min_length=1,
        # The service refuses more than 200 itself, and says what to do instead.
        max_length=10_000,
        description="Keys of tips, 200 at most.",
        examples=[["ncmec:123456789"]],
    )
    format: Literal["stix", "case", "graphml", "gexf", "vics", "i2", "xlsx"] = Field(
        default="stix", description="`i2` is a ZIP of CSV tables; docs/exchange.md says what opens."
    )
    purpose: str = Field(
        max_length=100, description="Of the closed list; stands in the log.", examples=["cybertip"]
    )
    recipient: str = Field(
        max_length=200, description="Whom it is for; stands in the log, so without identifiers."
    )
    linked: bool = Field(default=True, description="With the tips that are linked to these.")
    protected: bool = Field(
        default=False,
        description="With children's, reporting persons' and guardians' identifiers, and the "
        "names of files.",
    )
    claims: bool = Field(
        default=False,
        description="With your agency's own claims that are open and whose handling code permits "
        "it; what stays behind is counted. `vics` has no words for claims.",
    )

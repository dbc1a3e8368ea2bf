"""Tables of tips with the mapping that says what their columns are, as they go over the wire."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Annotated

from pydantic import Base64Encoder, EncodedBytes, Field
from pydantic_core import PydanticCustomError

from api.schemas.common import Answer, Part, Wanted

MOST_MAPPING = 65_536
_TABLE = "The file (CSV or XLSX) in base64 (RFC 4648, section 4)."
_EXAMPLE = "bm8sbm90ZQoxLHNlZSB0aGVyZQo="


class _Strict(Base64Encoder):
    """Refuses what is no base64, instead of passing over it: half a table is none."""

    @classmethod
    def decode(cls, data: bytes) -> bytes:
        """Give what is coded."""
        try:
            return base64.b64decode(data, validate=True)
        except ValueError:
            raise PydanticCustomError("base64", "This is no base64 (RFC 4648).") from None


_Base64 = Annotated[bytes, EncodedBytes(encoder=_Strict)]


class TableOfTips(Wanted):
    """A table of tips and what its columns say."""

    table: _Base64 = Field(min_length=1, description=_TABLE, examples=[_EXAMPLE])
    mapping: str = Field(
        min_length=1,
        max_length=MOST_MAPPING,
        description="TOML as `crosstip-mapping/1` has it. It says who reports, or which column "
        "does: nothing is taken in without that.",
        examples=[
            (
                'format = "crosstip-mapping/1"\nsource = "webform"\n'
                'reporter_role = "complainant"\n[columns]\nno = "number"\nnote = "note"\n'
            )
        ],
    )
    name: str = Field(default="table", max_length=200, description="The file's, for display.")
    holder: str | None = Field(
        default=None, max_length=200, description="Whose tips they are; your own agency's."
    )
    synthetic: bool = Field(default=False, description="Declares them synthetic.")


class TableToLookAt(Wanted):
    """A table of which it is asked what its columns say. Its first rows suffice."""

    table: _Base64 = Field(min_length=1, description=_TABLE, examples=[_EXAMPLE])
    mapping: str | None = Field(
        default=None,
        max_length=MOST_MAPPING,
        description="Tried instead of the proposal, where one is given.",
    )


class ColumnSays(Part):
    """What one column seems to say."""

    name: str
    field: str
    role: str | None = Field(description="Whose it is, of what somebody bears.")
    why: str = Field(description="What the guess rests on.")
    filled: int = Field(description="Rows in which it holds something.")


class MappingProposal(Answer):
    """A mapping to check, change and keep. Nothing was taken in; who reports is never guessed."""

    mapping: str = Field(description="TOML; a person checks each line.")
    columns: tuple[ColumnSays, ...]
    rows: int = Field(description="Rows that were looked at.")
    would: Mapping[str, int] = Field(
        description="What the proposal, or the mapping given, would make of up to 500 tips: counts."
    )

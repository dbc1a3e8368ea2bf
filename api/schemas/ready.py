"""Whether work can be taken, on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Part
from graph.disk import DiskState
from graph.services.readiness import Readiness


class ReadyAnswer(Part):
    """The store answers with the schema of this version; and what people should look at.

    Words only: how much waits in the log or for mail would tell of work that is hidden.
    """

    is_ready: bool = True
    """Anything else is an error: a store that is away is 503, one of another schema 500."""
    schema_version: int
    synthetic: bool
    log: str = Field(description="`current`, or `behind`: no worker numbers its entries.")
    worker: str = Field(description="`runs`, or `none`: nothing runs by itself.")
    disk: DiskState = Field(description="The fullest disk that needs room; marks at 80, 90, 95 %.")
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, found: Readiness) -> ReadyAnswer:
        """Give the answer."""
        return cls(
            schema_version=found.schema_version,
            synthetic=found.synthetic,
            log="behind" if found.is_log_behind else "current",
            worker="runs" if found.has_worker else "none",
            disk=found.disk,
            warnings=found.warnings,
        )

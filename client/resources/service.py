"""The API's service: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from client.answers import Part
from client.calls import Calls, read

DiskState: TypeAlias = Literal["roomy", "filling", "nearly full", "full"]


class ReadyAnswer(Part):
    """The store answers with the schema of this version; and what people should look at."""

    is_ready: bool = True
    schema_version: int
    synthetic: bool
    log: str
    worker: str
    disk: DiskState
    warnings: tuple[str, ...]


class Service(Calls):
    """Calls about service."""

    def ready(self) -> ReadyAnswer:
        """The store answers and has this version's schema; with what people should look at."""
        return read(self._call("GET", "ready"), ReadyAnswer)

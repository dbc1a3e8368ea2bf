"""The API's incidents: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read
from client.resources.queue import Move, Outcome, Priority


class LookedAt(Asked):
    """A record of the incident, and the version that was looked at."""

    tip: str
    version: int


class MoveTogether(Asked):
    """One move on every record of an incident: all or nothing."""

    move: Move
    why: str | None = None
    outcome: Outcome | None = None
    assignee: str | None = None
    override: str | None = None
    recipient: str | None = None
    priority: Priority | None = None
    records: tuple[LookedAt, ...]
    leave_others: bool = False


class MovedRecord(Part):
    """Where one record stands after a move on all."""

    tip: str
    state: str
    owner: str | None
    version: int


class MovedTogether(Answer):
    """Where each record of an incident stands after one move on all."""

    items: tuple[MovedRecord, ...]


class Incidents(Calls):
    """Calls about incidents."""

    def move_records(
        self, tip: str, wanted: MoveTogether, *, key: str | None = None
    ) -> MovedTogether:
        """Make one move of every record of an incident: all of them, or none."""
        return read(
            self._call("POST", f"queue/{part(tip)}/records/moves", body=wanted, key=once(key)),
            MovedTogether,
        )

"""In which words an outcome is told to NCMEC: one dated table, to be confirmed with NCMEC."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.errors import SchemaError
from graph.triage.moves import Outcome

FILE = "feedback.toml"
YES, NOT_STATED = "yes", "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How one outcome is told."""

    says: str
    safeguarded: str
    """`yes`, or `not stated`: another outcome does not say that no child was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackTable:
    """The table, and of when it is."""

    version: str
    made: str
    status: str
    outcomes: dict[str, Told]

    @property
    def name(self) -> str:
        """What a line of feedback names it by."""
        return f"{self.version} of {self.made}, {self.status}"


@cache
def shipped_table() -> FeedbackTable:
    """Give the table that comes with Crosstip.

    Raises:
        SchemaError: an outcome has no words, or words have no outcome.
    """
    path = files("graph").joinpath("data", FILE)
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    outcomes = {
        str(line["outcome"]): Told(
            says=str(line["says"]), safeguarded=str(line.get("safeguarded", NOT_STATED))
        )
        for line in found["outcome"]
    }
    if set(outcomes) != {outcome.value for outcome in Outcome}:
        raise SchemaError(f"{FILE} does not have each outcome of the queue once.")
    return FeedbackTable(
        version=str(found["version"]),
        made=str(found["made"]),
        status=str(found["status"]),
        outcomes=outcomes,
    )

"""The record of each step of a task or of a request to a provider."""

from __future__ import annotations

from dataclasses import dataclass

from graph.clock import iso
from graph.errors import ChangedError
from graph.queries.desk_tasks import STEPS, RangeParams, StepRow
from graph.services.sides import digest
from graph.store import ReadUnit, WriteUnit

_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step as it was taken."""

    record: str
    number: int
    step: str
    from_stage: str
    to_stage: str
    at_us: int
    made_by: str
    why: str | None


def keep_step(unit: WriteUnit, step: Step) -> None:
    """Write the record of a step, in the transaction of the step."""
    unit.insert_nodes(
        "DeskStep",
        [
            {
                "key": digest(f"desk step|{step.record}|{step.number}"),
                "record": step.record,
                "number": step.number,
                "step": step.step,
                "from_stage": step.from_stage,
                "to_stage": step.to_stage,
                "at_us": step.at_us,
                "made_by": step.made_by,
                "why": step.why,
                "place": f"{step.record}|{step.number:09d}",
            }
        ],
    )


def steps_of(unit: ReadUnit, record: str) -> tuple[StepRow, ...]:
    """Give the steps of a record, in their order."""
    params = RangeParams(after=f"{record}|", end=f"{record}}}", limit=_MOST)
    return tuple(unit.read(STEPS, params))


def require_version(
    what: str, *, expected: int, version: int | None, stage: str, moved_by: str, moved_us: int
) -> None:
    """Come back when nobody moved a record on since it was looked at.

    Raises:
        ChangedError: somebody did; the sentence says who.
    """
    if expected != (version or 0):
        raise ChangedError(
            f"{what} was moved on by {moved_by} at {iso(moved_us)}: it is {stage}, version "
            f"{version or 0}. Nothing was overwritten; look at it again."
        )

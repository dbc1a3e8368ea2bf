"""Where investigations and claims stand, and which step leads where: two tables, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from graph.casework.vocabulary import Status
from graph.errors import RowError


class Step(StrEnum):
    """What may be done to an investigation."""

    UPDATE = "updated"
    HAND_OVER = "handed over"
    CLAIM = "given a claim"
    CLOSE = "closed"
    REOPEN = "reopened"


class Life(StrEnum):
    """Where a claim stands. Lapsing is no step: it comes with the review date by itself."""

    CURRENT = "current"
    """In force: its investigation is open and its review date lies ahead."""
    HISTORICAL = "historical"
    """Its investigation is closed: a pointer until it lapses, and no new notices."""
    LAPSED = "lapsed"
    """Its review date has passed: in no answer and no count, waiting to be purged."""


class ClaimStep(StrEnum):
    """What may be done to a claim."""

    EDIT = "edited"
    SHOW = "shown to others in another way"
    VALIDATE = "validated"
    PURGE = "purged"


INVESTIGATIONS: Mapping[tuple[Status, Step], Status] = MappingProxyType(
    {
        (Status.OPEN, Step.UPDATE): Status.OPEN,
        (Status.OPEN, Step.HAND_OVER): Status.OPEN,
        (Status.OPEN, Step.CLAIM): Status.OPEN,
        (Status.OPEN, Step.CLOSE): Status.CLOSED,
        (Status.CLOSED, Step.REOPEN): Status.OPEN,
    }
)
"""What is not in the table cannot be done."""

CLAIMS: Mapping[tuple[Life, ClaimStep], Life | None] = MappingProxyType(
    {
        (Life.CURRENT, ClaimStep.EDIT): Life.CURRENT,
        (Life.CURRENT, ClaimStep.SHOW): Life.CURRENT,
        (Life.CURRENT, ClaimStep.VALIDATE): Life.CURRENT,
        (Life.CURRENT, ClaimStep.PURGE): None,
        (Life.HISTORICAL, ClaimStep.EDIT): Life.HISTORICAL,
        (Life.HISTORICAL, ClaimStep.SHOW): Life.HISTORICAL,
        (Life.HISTORICAL, ClaimStep.PURGE): None,
        (Life.LAPSED, ClaimStep.PURGE): None,
    }
)
"""None: it is gone. A lapsed claim is not brought back; it is claimed anew, with its facts."""


def after(status: str, step: Step, *, what: str) -> Status:
    """Give where an investigation stands after a step.

    Raises:
        RowError: the step cannot be taken from where it stands.
    """
    found = INVESTIGATIONS.get((Status(status), step))
    if found is None:
        raise RowError(f"{what} is {status} and cannot be {step.value}. Nothing was changed.")
    return found


def life_of(review_due_us: int | None, status: str, *, at_us: int) -> Life:
    """Give where a claim stands at a time, by its review date and its investigation's status."""
    if review_due_us is None or at_us >= review_due_us:
        return Life.LAPSED
    return Life.CURRENT if status == Status.OPEN else Life.HISTORICAL


def require_step(life: Life, step: ClaimStep, *, what: str) -> None:
    """Come back when a claim that stands there can take a step.

    Raises:
        RowError: it cannot.
    """
    if (life, step) not in CLAIMS:
        raise RowError(f"{what} is {life.value} and cannot be {step.value}. Nothing was changed.")

"""How urgent a conflict is: a table of rules, each with the sentence that is shown.

Design, no statute: evidence, activity and urgency as `docs/decisions/0017-conflicts.md` states.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from graph.casework.vocabulary import ClaimRole

_HOUR_US = 3_600_000_000
_DAY_US = 24 * _HOUR_US
RECENT_US = 7 * _DAY_US
"""What was found since counts as activity."""


class Severity(StrEnum):
    """How urgent, the most urgent first."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


CLOCK_US: Mapping[Severity, int] = MappingProxyType(
    {
        Severity.URGENT: 4 * _HOUR_US,
        Severity.HIGH: _DAY_US,
        Severity.NORMAL: 3 * _DAY_US,
    }
)
"""How long a side has to acknowledge, before its supervisors are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One reason, as far as the table asks."""

    kind: str
    roles: tuple[str | None, str | None]
    """Roles of the claims of both sides; None where a side has no claim in it."""
    urgency: int | None
    """Of a tip; None of everything else."""
    last_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table."""

    severity: Severity
    sentence: str
    holds: Callable[[Collection[Found], int], bool]
    """Of all reasons, at a time."""


def _with_persona(reasons: Collection[Found], _: int) -> bool:
    return any(ClaimRole.OFFICER_PERSONA in reason.roles for reason in reasons)


def _in_danger(reasons: Collection[Found], _: int) -> bool:
    return any(reason.urgency == 0 for reason in reasons)


def _escalated_tip(reasons: Collection[Found], _: int) -> bool:
    return any(reason.urgency == 1 for reason in reasons)


def _both_claim(reasons: Collection[Found], _: int) -> bool:
    return any(reason.kind == "claim" for reason in reasons)


def _many(reasons: Collection[Found], _: int) -> bool:
    return len(reasons) >= _MANY


def _active(reasons: Collection[Found], at_us: int) -> bool:
    return sum(reason.last_us > at_us - RECENT_US for reason in reasons) >= _MANY


_MANY = 3
RULES: tuple[Rule, ...] = (
    Rule(
        severity=Severity.URGENT,
        sentence="An officer's persona is involved.",
        holds=_with_persona,
    ),
    Rule(
        severity=Severity.URGENT,
        sentence="A tip about imminent danger states the identifier.",
        holds=_in_danger,
    ),
    Rule(
        severity=Severity.HIGH,
        sentence="A tip that its provider escalated states the identifier.",
        holds=_escalated_tip,
    ),
    Rule(
        severity=Severity.HIGH,
        sentence="Both sides claim the same identifier.",
        holds=_both_claim,
    ),
    Rule(
        severity=Severity.HIGH,
        sentence=f"They meet in {_MANY} things or more.",
        holds=_many,
    ),
    Rule(
        severity=Severity.HIGH,
        sentence=f"{_MANY} things or more were found within seven days.",
        holds=_active,
    ),
    Rule(
        severity=Severity.NORMAL,
        sentence="One side asked about, or holds a tip about, what the other claims.",
        holds=lambda _, __: True,
    ),
)
"""The first row that holds decides; every row of that severity which holds is shown."""


def severity_of(reasons: Collection[Found], *, at_us: int) -> tuple[Severity, tuple[str, ...]]:
    """Give how urgent a conflict with these reasons is at a time, and the sentences why."""
    holding = [rule for rule in RULES if rule.holds(reasons, at_us)]
    severity = holding[0].severity
    return severity, tuple(rule.sentence for rule in holding if rule.severity is severity)


def worse(first: str, second: str) -> Severity:
    """Give the more urgent of two."""
    order = list(Severity)
    return min(Severity(first), Severity(second), key=order.index)

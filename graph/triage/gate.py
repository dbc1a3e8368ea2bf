"""Whether a file may be opened, as far as Crosstip can say: mostly, ask your prosecutor.

*United States v. Wilson*, 13 F.4th 961 (9th Cir. 2021): a file that matched by hash, and that
nobody at the provider had opened, could not be opened without a warrant. *United States v.
Ackerman*, 831 F.3d 1292 (10th Cir. 2016): NCMEC's own look can be a search. Circuits differ, so
Crosstip gives no answer of its own: it repeats what the agency's counsel said, with name and date.
Nothing here is legal advice, and Crosstip holds no file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from graph.queries.evidence import PolicyRow

HOLDS_NO_FILE = "Crosstip holds no file."
YES, NO, NOT_STATED = "yes", "no", "not stated"


class Said(StrEnum):
    """What counsel's policy says of a file; the closed list."""

    ASK = "ask your prosecutor"
    WARRANT = "search warrant first"
    OPEN = "may be opened"


class Answer(StrEnum):
    """What the gate answers for a file."""

    ASK = "ask your prosecutor"
    WARRANT = "search warrant first"
    POLICY = "counsel's policy says that it may be opened"
    VIEWED = "the provider says that it viewed it"


IS_OPEN = frozenset({Answer.POLICY, Answer.VIEWED})
"""Answers under which somebody who saw a file need name no further authority."""
_OF_POLICY = {Said.ASK: Answer.ASK, Said.WARRANT: Answer.WARRANT, Said.OPEN: Answer.POLICY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What the gate answers for one file, and why."""

    answer: Answer
    why: str
    policy: int | None
    """Version of counsel's policy that decided; None: none did."""
    holds: str = HOLDS_NO_FILE


def in_force(policies: Iterable[PolicyRow], at_us: int) -> PolicyRow | None:
    """Give the newest version of counsel's policy that has begun, while it holds.

    When its time is over there is none: what it replaced does not come back by itself.
    """
    begun = [row for row in policies if row.from_us <= at_us]
    newest = max(begun, key=lambda row: row.number, default=None)
    is_over = newest is not None and newest.until_us is not None and newest.until_us <= at_us
    return None if is_over else newest


def gate_of(viewed: str | None, policy: PolicyRow | None, *, is_ended: bool) -> Gate:
    """Give the gate's answer for a file: silence is no yes, and no policy is no permission.

    A file that the newest version does not mention any more counts as not stated.
    """
    stated = NOT_STATED if is_ended or viewed not in {YES, NO} else viewed
    if stated == YES:
        why = "The provider says that it viewed the entire file: asserted, not verified."
        return Gate(answer=Answer.VIEWED, why=why, policy=None)
    fact = {
        NO: "The provider says that it did not view the entire file.",
        NOT_STATED: "Whether the provider viewed the file is not stated, which is no yes.",
    }[stated]
    if is_ended:
        fact = "The newest version does not mention the file any more."
    if policy is None:
        why = f"{fact} No policy of your agency's counsel is in force."
        return Gate(answer=Answer.ASK, why=why, policy=None)
    said = Said(policy.not_viewed if stated == NO else policy.not_stated)
    why = (
        f"{fact} {policy.counsel}, {policy.office}, policy of {policy.dated} (version "
        f"{policy.number}): {said}."
    )
    return Gate(answer=_OF_POLICY[said], why=why, policy=policy.number)

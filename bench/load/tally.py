"""What a series of requests came to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bench.load.plan import Sent

_REFUSALS = (429, 503)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Requests at one rate, and what became of them."""

    rate: float
    """Requests a second that were due."""
    sent: int
    admitted: int
    """Answered with success."""
    refused: int
    """Refused with 429 or 503, and told when to come again."""
    failed: int
    """Everything else: another status, a refusal without Retry-After, no answer."""
    p50_ms: float
    """Of those that were admitted, from when they were due."""
    p99_ms: float
    worst_ms: float
    late_p99_ms: float
    """How much later than due the generator sent: far below the rest, or that was measured."""
    statuses: tuple[tuple[int, int], ...]
    """Each status with how often it came; 0: no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfKind:
    """Requests of one kind, ours and the bare route's, at the same rate in the same run."""

    kind: str
    p50_ms: float
    p99_ms: float
    bare_p50_ms: float
    bare_p99_ms: float

    @property
    def ratio(self) -> float:
        """Ours by the bare one's, at the 99th percentile."""
        return self.p99_ms / self.bare_p99_ms


def tally(sent: Sequence[Sent], *, rate: float) -> Tally:
    """Count requests."""
    took = [one.took_ms for one in sent if is_admitted(one)]
    refused = [one for one in sent if one.status in _REFUSALS and one.retry_after]
    statuses = sorted({one.status for one in sent})
    return Tally(
        rate=rate,
        sent=len(sent),
        admitted=len(took),
        refused=len(refused),
        failed=len(sent) - len(took) - len(refused),
        p50_ms=quantile(took, 0.5),
        p99_ms=quantile(took, 0.99),
        worst_ms=max(took, default=math.nan),
        late_p99_ms=quantile([one.late_ms for one in sent], 0.99),
        statuses=tuple((status, sum(one.status == status for one in sent)) for status in statuses),
    )


def by_kind(ours: Sequence[Sent], bare: Sequence[Sent]) -> tuple[OfKind, ...]:
    """Give times by kind, ours beside the bare route's."""
    return tuple(
        OfKind(
            kind=kind,
            p50_ms=quantile(_took(ours, kind), 0.5),
            p99_ms=quantile(_took(ours, kind), 0.99),
            bare_p50_ms=quantile(_took(bare, kind), 0.5),
            bare_p99_ms=quantile(_took(bare, kind), 0.99),
        )
        for kind in sorted({one.kind for one in ours})
    )


def back_after_s(sent: Sequence[Sent], *, limit_ms: float) -> float:
    """Give after how many seconds every further request was admitted within a limit."""
    bad = [one.at_s for one in sent if not is_admitted(one) or one.took_ms > limit_ms]
    if len(bad) == 0:
        return 0.0
    later = [one.at_s for one in sent if one.at_s > max(bad)]
    return min(later, default=math.inf)


def is_admitted(one: Sent) -> bool:
    """Say whether a request was answered with success."""
    return 200 <= one.status < 300


def quantile(values: Sequence[float], share: float) -> float:
    """Give the value that this share of all is at most (nearest rank); not a number of none."""
    ordered = sorted(values)
    if len(ordered) == 0:
        return math.nan
    return ordered[max(math.ceil(len(ordered) * share), 1) - 1]


def _took(sent: Sequence[Sent], kind: str) -> list[float]:
    return [one.took_ms for one in sent if one.kind == kind and is_admitted(one)]

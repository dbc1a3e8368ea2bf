"""Looks at tip after tip along their links, within stated budgets, and says what it left out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.queries.judgements import JudgementRow
from graph.queries.tips import TipLine
from graph.scoring.pairs import Basis
from graph.scoring.weights import GRADE_ORDER
from graph.services.comparing import MAX_SHARED
from graph.services.judging import Pair
from graph.services.links import NO_SNAPSHOT, Link, Looked, look
from graph.services.tip_names import no_such_tip
from graph.store import ReadUnit

TOGETHER = 50
"""Tips looked at in one go: no more rows than the queries of links give at most."""
MAX_LINKS = 400
"""Links of one tip that are followed, strongest first."""
_SAID = 5
"""Tips of which it is said one by one what was left out of their links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much may be looked at for one answer."""

    tips: int
    rounds: int
    """How many links away from where it began."""
    seconds: float


class Exploration:
    """Tips that were looked at, each with those of its links that are followed."""

    def __init__(
        self, unit: ReadUnit, *, basis: Basis, budget: Budget, follows: Callable[[Link], bool]
    ) -> None:
        """Begin with nothing; `follows` says which links are kept."""
        self._unit = unit
        self._basis = basis
        self._budget = budget
        self._follows = follows
        self._until = time.monotonic() + budget.seconds
        self._late = False
        self._not_looked_at: set[str] = set()
        self._said: dict[str, tuple[str, ...]] = {}
        self._hubs: set[tuple[str, str]] = set()
        self.lines: dict[str, TipLine] = {}
        self.links: dict[str, tuple[Link, ...]] = {}
        self.judged: dict[Pair, JudgementRow] = {}
        self.tip_total = 0
        self.snapshot_us: int | None = None

    def look_at(self, wanted: Mapping[str, int]) -> list[str]:
        """Look at tips, those with the greatest number first, and give those that fitted.

        Tips that were looked at before are passed over.
        """
        ordered = sorted(set(wanted) - set(self.links), key=lambda tip: (-wanted[tip], tip))
        room = max(self._budget.tips - len(self.links), 0)
        self._not_looked_at.update(ordered[room:])
        looked_at: list[str] = []
        for some in _some(ordered[:room]):
            # Whoever asks waits; the first tips are looked at in any case.
            if len(self.links) > 0 and time.monotonic() > self._until:
                self._late = True
                self._not_looked_at.update(some)
                continue
            self._take(look(self._unit, some, basis=self._basis, limit=MAX_SHARED))
            looked_at.extend(some)
        return looked_at

    def require(self, tips: Sequence[str]) -> None:
        """Look at tips that must be there.

        Raises:
            NotFoundError: one is not.
        """
        self.look_at(dict.fromkeys(tips, 0))
        for tip in tips:
            if tip not in self.lines:
                raise no_such_tip(tip)

    def again(self, tips: Sequence[str]) -> dict[str, dict[str, Link]]:
        """Give the links that are followed between tips that were looked at, seen from each."""
        found: dict[str, dict[str, Link]] = {}
        for some in _some(sorted(tips)):
            looked = look(self._unit, some, basis=self._basis, limit=MAX_SHARED)
            for tip, answer in looked.links.items():
                found[tip] = {x.tip.key: x for x in answer.links if self._follows(x)}
        return found

    @property
    def partial(self) -> bool:
        """Tell whether a budget left something out."""
        return len(self.left_out) > 0 or len(self._said) > 0

    @property
    def left_out(self) -> frozenset[str]:
        """Give tips that were met and not looked at."""
        return frozenset(self._not_looked_at - set(self.links))

    def cut_off(self) -> Iterator[str]:
        """Say what was left out, in sentences."""
        if len(self.left_out) > 0:
            why = (
                f"the {self._budget.seconds:g} seconds for one answer were over"
                if self._late
                else f"at most {self._budget.tips} tips and {self._budget.rounds} links away are "
                "looked at, strongest links first"
            )
            yield f"Partial: tips met and not looked at: {len(self.left_out)}, as {why}."
        for tip in sorted(self._said)[:_SAID]:
            yield f"Partial: of {tip}: {' '.join(self._said[tip])}"
        if len(self._said) > _SAID:
            more = len(self._said) - _SAID
            yield f"Partial: further tips of which not all links were read: {more}."
        if len(self._hubs) > 0:
            yield (
                "Identifiers not walked through, as too many tips share them or as they are "
                f"stopped: {len(self._hubs)}. Tips that only these join are not found."
            )
        if self.snapshot_us is None:
            yield NO_SNAPSHOT

    def leave(self, tips: Sequence[str]) -> None:
        """Note tips that were met and will not be looked at."""
        self._not_looked_at.update(tips)

    def _take(self, found: Looked) -> None:
        self.lines.update(found.lines)
        self.judged.update(found.judged)
        for tip, answer in found.links.items():
            self.tip_total, self.snapshot_us = answer.tip_total, answer.snapshot_us
            followed = [link for link in answer.links if self._follows(link)]
            followed.sort(key=lambda x: (GRADE_ORDER[x.grade], -x.score, x.tip.key))
            self.links[tip] = tuple(followed[:MAX_LINKS])
            self._hubs.update((hub.kind, hub.identifier) for hub in answer.hubs)
            said = tuple(sentence for sentence in answer.cut_off if sentence != NO_SNAPSHOT)
            if len(followed) > MAX_LINKS:
                said = (*said, f"Only its {MAX_LINKS} strongest links were followed.")
            if len(said) > 0 and found.lines[tip].withdrawn_us is None:
                self._said[tip] = said


def _some(tips: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(tips), TOGETHER):
        yield tips[start : start + TOGETHER]

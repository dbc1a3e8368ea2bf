"""What was done to a chart, and done again: undo and redo."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.charting.model import EMPTY, Chart

MOST_STEPS = 100
"""Steps that can be taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """The chart as it is, those before it and those that were taken back."""

    chart: Chart = EMPTY
    before: tuple[Chart, ...] = ()
    """The newest last."""
    after: tuple[Chart, ...] = ()
    """The next one last."""

    def done(self, chart: Chart) -> Sitting:
        """Give the sitting after a step; a step that changes nothing is none."""
        if chart == self.chart:
            return self
        return Sitting(chart=chart, before=(*self.before, self.chart)[-MOST_STEPS:])

    def undone(self) -> Sitting:
        """Give the sitting before the last step; as it is when there is none."""
        if len(self.before) == 0:
            return self
        return Sitting(
            chart=self.before[-1], before=self.before[:-1], after=(*self.after, self.chart)
        )

    def redone(self) -> Sitting:
        """Give the sitting with the step that was taken back last done again."""
        if len(self.after) == 0:
            return self
        return replace(
            self,
            chart=self.after[-1],
            before=(*self.before, self.chart)[-MOST_STEPS:],
            after=self.after[:-1],
        )

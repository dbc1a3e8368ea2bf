"""What of a chart is in sight: by kind, time and grade. A filter never takes anything away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dashboard.charting.model import Chart, ChartLink, ChartNode, Name, Pair

GRADES = ("strong", "moderate", "weak", "none")
"""Of links between two tips, the strongest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is not to be seen. Days as `2026-11-23`, both included, in UTC."""

    kinds_off: frozenset[str] = frozenset()
    grades_off: frozenset[str] = frozenset()
    since: str | None = None
    until: str | None = None

    @property
    def is_off(self) -> bool:
        """Tell whether nothing is filtered."""
        return self == Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What of a chart is drawn, and how much is not."""

    nodes: Mapping[Name, ChartNode]
    links: Mapping[Pair, ChartLink]
    filtered: int
    """Things that filters keep out of sight."""
    hidden: int
    total: int

    @property
    def sentence(self) -> str:
        """Say what is not in sight."""
        said = f"{self.filtered} of {self.total} hidden by filters"
        return f"{said}, {self.hidden} hidden by hand." if self.hidden > 0 else f"{said}."


def in_sight(chart: Chart, filters: Filters) -> Sight:
    """Give what is drawn of a chart.

    What has no time is not hidden by a time. A tip goes when each of its graded links is of a grade
    that is off, unless it was expanded: it is what those links are seen from.
    """
    unhidden = {name: node for name, node in chart.nodes.items() if name not in chart.hidden}
    graded = _grades(chart)
    nodes = {
        name: node
        for name, node in unhidden.items()
        if node.kind not in filters.kinds_off
        and _in_time(node.times, filters)
        and (name in chart.beyond or not _is_off(graded.get(name, ()), filters.grades_off))
    }
    links = {
        ends: link
        for ends, link in chart.links.items()
        if ends[0] in nodes and ends[1] in nodes and link.grade not in filters.grades_off
    }
    return Sight(
        nodes=nodes,
        links=links,
        filtered=len(unhidden) - len(nodes),
        hidden=len(chart.nodes) - len(unhidden),
        total=len(chart.nodes),
    )


def legend(chart: Chart) -> dict[str, int]:
    """Give how many of each kind are on the chart, the most frequent first."""
    counted = Counter(node.kind for node in chart.nodes.values())
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _grades(chart: Chart) -> dict[Name, frozenset[str]]:
    found: dict[Name, set[str]] = {}
    for link in chart.links.values():
        if link.grade is not None:
            for end in link.ends:
                found.setdefault(end, set()).add(link.grade)
    return {name: frozenset(grades) for name, grades in found.items()}


def _is_off(grades: Collection[str], off: frozenset[str]) -> bool:
    return len(grades) > 0 and off.issuperset(grades)


def _in_time(times: tuple[str, ...], filters: Filters) -> bool:
    if len(times) == 0 or (filters.since is None and filters.until is None):
        return True
    days = [time[:10] for time in times]
    return any(
        (filters.since is None or day >= filters.since)
        and (filters.until is None or day <= filters.until)
        for day in days
    )

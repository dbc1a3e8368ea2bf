"""Groups on a chart: a person names what they think belongs together. No evidence of anything.

A group is told by the number before each label, by its name in the legend and the tables, and by
the colour of the plate behind the label: never by the colour alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from dashboard.charting.model import Chart, ChartGroup, Name, Stepped
from dashboard.theme import GROUP_LOOKS
from dashboard.wording import visible

MOST_NAME = 120
NOT_EVIDENCE = "Groups are what a person sorted by hand: no evidence."


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A group as the legend shows it."""

    mark: str
    name: str
    look: str
    colour: str
    count: int


def grouped(chart: Chart, names: Collection[Name], *, title: str, look: str | None) -> Stepped:
    """Make a group of nodes, in the first free colour where none is chosen."""
    meant = [name for name in names if name in chart.nodes]
    free = free_looks(chart)
    said = visible(title.strip())[:MOST_NAME]
    if len(meant) == 0 or said == "" or len(free) == 0:
        why = "every colour is used" if len(free) == 0 else "select things and write a name"
        return Stepped(chart=chart, said=f"No group was made: {why}.")
    group = ChartGroup(name=said, look=look if look in free else free[0])
    number = len(chart.groups)
    after = replace(
        chart,
        groups=(*chart.groups, group),
        in_group={**chart.in_group, **dict.fromkeys(meant, number)},
    )
    after = _without_empty(after)
    return Stepped(chart=after, said=f"{len(meant)} in the new group {said}, {group.look}.")


def added(chart: Chart, names: Collection[Name], number: int) -> Stepped:
    """Put nodes into a group that is there; each is in one at most."""
    meant = [name for name in names if name in chart.nodes]
    if len(meant) == 0 or not 0 <= number < len(chart.groups):
        return Stepped(chart=chart, said="Nothing is selected, or there is no such group.")
    after = replace(chart, in_group={**chart.in_group, **dict.fromkeys(meant, number)})
    return Stepped(
        chart=_without_empty(after), said=f"{len(meant)} in group {chart.groups[number].name}."
    )


def renamed(chart: Chart, number: int, *, title: str) -> Stepped:
    """Give a group another name; number and colour stay."""
    said = visible(title.strip())[:MOST_NAME]
    if said == "" or not 0 <= number < len(chart.groups):
        return Stepped(chart=chart, said="No group was renamed: choose one and write a name.")
    group = replace(chart.groups[number], name=said)
    groups = (*chart.groups[:number], group, *chart.groups[number + 1 :])
    return Stepped(chart=replace(chart, groups=groups), said=f"{mark(number)} is {said} now.")


def ungrouped(chart: Chart, names: Collection[Name]) -> Stepped:
    """Take nodes out of their groups; a group without any is gone."""
    meant = frozenset(names) & frozenset(chart.in_group)
    rest = {name: number for name, number in chart.in_group.items() if name not in meant}
    return Stepped(
        chart=_without_empty(replace(chart, in_group=rest)),
        said=f"{len(meant)} taken out of their groups.",
    )


def free_looks(chart: Chart) -> list[str]:
    """Give the looks that no group has."""
    used = {group.look for group in chart.groups}
    return [look for look in GROUP_LOOKS if look not in used]


def group_lines(chart: Chart, seen: Collection[Name]) -> list[GroupLine]:
    """Give the legend of the groups, with how many of each are in sight."""
    counted = Counter(number for name, number in chart.in_group.items() if name in seen)
    return [
        GroupLine(
            mark=mark(number),
            name=group.name,
            look=group.look,
            colour=GROUP_LOOKS[group.look].colour,
            count=counted[number],
        )
        for number, group in enumerate(chart.groups)
    ]


def group_of(chart: Chart, name: Name) -> ChartGroup | None:
    """Give the group that a node is in."""
    number = chart.in_group.get(name)
    return None if number is None else chart.groups[number]


def marked(chart: Chart, name: Name, label: str) -> str:
    """Give a label with the mark of its group before it."""
    number = chart.in_group.get(name)
    return label if number is None else f"{mark(number)} {label}"


def mark(number: int) -> str:
    """Give the mark of a group, which says what its colour says."""
    return f"({number + 1})"


def said_group(chart: Chart, name: Name) -> str:
    """Give a node's group for a table, empty where it is in none."""
    group = group_of(chart, name)
    return "" if group is None else f"{mark(chart.in_group[name])} {group.name}"


def _without_empty(chart: Chart) -> Chart:
    """Give the chart without groups that have nothing in them, numbered anew."""
    used = sorted(set(chart.in_group.values()))
    if len(used) == len(chart.groups):
        return chart
    anew = {old: new for new, old in enumerate(used)}
    return replace(
        chart,
        groups=tuple(chart.groups[number] for number in used),
        in_group={name: anew[number] for name, number in chart.in_group.items()},
    )


def only_drawn(chart: Chart) -> Chart:
    """Give a chart without groups of what is not on it any more."""
    there = {name: number for name, number in chart.in_group.items() if name in chart.nodes}
    return _without_empty(replace(chart, in_group=there))

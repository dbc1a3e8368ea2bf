"""An agency's own table of priority: the built-in one, with the classes that it set for rules.

An agency changes the class of rules, or turns them off; it adds none, as each asks a signal that
the code finds. Rules for safety have a floor: the class of the built-in table. Which those are,
and from where, is said beside each of them (`safety` in `graph/data/priority.toml`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from graph.errors import RowError
from graph.queries.priority_tables import VersionRow
from graph.triage.priority import RANKS, Priority, PriorityTable, SignalRule

OFF: Final = "off"
"""Stands for the class of a rule that an agency does not go by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """What an agency makes of one rule."""

    rule: str
    """Its name: what holds where it does, such as `infant`."""
    to: str
    """The class, or `off`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallen:
    """A change that the built-in table has no place for any more, and why."""

    rule: str
    to: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTable:
    """The table that an agency goes by, and what of its changes fell away."""

    table: PriorityTable
    fallen: tuple[Fallen, ...]


def version_name(built_in: str, number: int) -> str:
    """Give what names a table: the built-in version, then the agency's own where it has one."""
    return built_in if number == 0 else f"{built_in}.{number}"


def changes_in(row: VersionRow | None) -> tuple[RuleChange, ...]:
    """Give the changes that a version holds."""
    if row is None:
        return ()
    pairs = zip(row.rules or (), row.classes or (), strict=True)
    return tuple(RuleChange(rule=rule, to=to) for rule, to in pairs)


def checked(changes: Collection[RuleChange], built_in: PriorityTable) -> tuple[RuleChange, ...]:
    """Give the changes that an agency wants, in order, where it may have all of them.

    Raises:
        RowError: no such rule or class, one is named twice, or one for safety is put lower.
    """
    rules = {rule.name: rule for rule in built_in.rules}
    if len({change.rule for change in changes}) < len(changes):
        raise RowError("A rule is named twice. Nothing was changed.")
    for change in changes:
        why = _refusal(rules.get(change.rule), change)
        if why is not None:
            raise RowError(f"{why} Nothing was changed.")
    return tuple(sorted(changes, key=lambda change: change.rule))


def own_table(built_in: PriorityTable, changes: Iterable[RuleChange], *, number: int) -> OwnTable:
    """Give the table that an agency goes by: its changes, wherever they still have a place.

    So an upgrade of the built-in table leaves them standing where the rule is still there.
    """
    rules = {rule.name: rule for rule in built_in.rules}
    standing: dict[str, RuleChange] = {}
    fallen: list[Fallen] = []
    for change in changes:
        why = _refusal(rules.get(change.rule), change)
        if why is None:
            standing[change.rule] = change
        else:
            fallen.append(Fallen(rule=change.rule, to=change.to, why=why))
    done = tuple(
        rule if by is None else rule.model_copy(update={"priority": by})
        for rule in built_in.rules
        for by in _classes(rule, standing)
    )
    version = version_name(built_in.version, number)
    table = built_in.model_copy(update={"version": version, "rules": done})
    return OwnTable(table=table, fallen=tuple(fallen))


def _classes(rule: SignalRule, changes: Mapping[str, RuleChange]) -> tuple[Priority | None, ...]:
    """Give the class that an agency set, None where it set none, and nothing where it is off."""
    if rule.name not in changes:
        return (None,)
    to = changes[rule.name].to
    return () if to == OFF else (Priority(to),)


def _refusal(rule: SignalRule | None, change: RuleChange) -> str | None:
    """Say why a change may not be, if so."""
    if rule is None:
        return f"The built-in table has no rule {change.rule[:100]!r}."
    if change.to != OFF and change.to not in RANKS:
        return f"A rule is {', '.join(Priority)} or {OFF}, not {change.to[:40]!r}."
    is_lower = change.to == OFF or RANKS[change.to] > RANKS[rule.priority]
    if rule.safety is not None and is_lower:
        return (
            f"{rule.name!r} is a rule for safety and stays at least {rule.priority.value!r}: "
            f"{rule.safety}"
        )
    return None

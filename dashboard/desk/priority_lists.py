"""The table of priority as columns, a draft of changes, and what a trial says. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from client.resources.priority import (
    PriorityRule,
    PriorityTableAnswer,
    PriorityTrial,
    PriorityVersion,
    RuleSetting,
)
from dashboard.components.csv_file import Columns
from dashboard.wording import visible

SETS: Final = frozenset({"supervisor"})
"""Who changes the agency's table; everybody of the agency reads it."""
OFF: Final = "off"
MOST_TRIED: Final = 20
"""Questions of one trial: at a thousand tips each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What changes would do to the tips that were looked at."""

    looked_at: int
    changed: int
    columns: Columns
    is_whole: bool


def rule_columns(answer: PriorityTableAnswer, draft: Mapping[str, str]) -> Columns:
    """Give every rule as the agency goes by it, beside what the draft makes of it."""
    return {
        "Rule": [visible(rule.rule) for rule in answer.rules],
        "What is shown with a tip": [visible(rule.says) for rule in answer.rules],
        "Class here": [visible(rule.to) for rule in answer.rules],
        "Built in": [visible(rule.built_in) for rule in answer.rules],
        "In the draft": [_drafted(rule, draft) for rule in answer.rules],
        "For safety, from where": [visible(rule.safety) for rule in answer.rules],
    }


def _drafted(rule: PriorityRule, draft: Mapping[str, str]) -> str:
    to = draft.get(rule.rule, rule.built_in)
    return "" if to == rule.to else visible(to)


def class_columns(answer: PriorityTableAnswer) -> Columns:
    """Give the classes, and within how many hours somebody is to look."""
    return {
        "Class": [visible(each.name) for each in answer.classes],
        "First look within hours": [each.look_within_hours for each in answer.classes],
    }


def fallen_columns(answer: PriorityTableAnswer) -> Columns:
    """Give the changes that have no effect since an upgrade."""
    return {
        "Rule": [visible(each.rule) for each in answer.fell_away],
        "Class": [visible(each.to) for each in answer.fell_away],
        "Why it has no effect": [visible(each.why) for each in answer.fell_away],
    }


def draft_of(answer: PriorityTableAnswer) -> dict[str, str]:
    """Give the changes that are in force: a draft begins with them."""
    return {rule.rule: rule.to for rule in answer.rules if rule.is_changed}


def settings_of(draft: Mapping[str, str]) -> tuple[RuleSetting, ...]:
    """Give a draft as it is sent."""
    return tuple(RuleSetting(rule=rule, to=to) for rule, to in sorted(draft.items()))


def drafted(
    draft: Mapping[str, str], answer: PriorityTableAnswer, *, rule: str, to: str
) -> dict[str, str]:
    """Give a draft with one rule set; set as it is built in, it is no change any more."""
    built_in = {each.rule: each.built_in for each in answer.rules}
    rest = {name: there for name, there in draft.items() if name != rule}
    return rest if built_in.get(rule) == to else rest | {rule: to}


def choices(answer: PriorityTableAnswer, rule: str) -> list[str]:
    """Give what a rule may be set to: one for safety no lower than it is built in, and not off."""
    names = [each.name for each in answer.classes]
    found = next((each for each in answer.rules if each.rule == rule), None)
    if found is None or found.safety is None or found.built_in not in names:
        return [*names, OFF]
    return names[: names.index(found.built_in) + 1]


def trial_of(pages: Sequence[PriorityTrial]) -> Trial:
    """Add up the pages of a trial."""
    counted: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for page in pages:
        for shift in page.shifts:
            sums = counted[shift.before, shift.after]
            for at, count in enumerate((shift.tips, shift.open, shift.set_by_person)):
                sums[at] += count
    rows = sorted(counted.items())
    return Trial(
        looked_at=sum(page.looked_at for page in pages),
        changed=sum(page.changed for page in pages),
        columns={
            "From": [visible(before) for (before, _), _ in rows],
            "To": [visible(after) for (_, after), _ in rows],
            "Tips": [sums[0] for _, sums in rows],
            "Open ones": [sums[1] for _, sums in rows],
            "Stay as a person set them": [sums[2] for _, sums in rows],
        },
        is_whole=len(pages) > 0 and pages[-1].next_after is None,
    )


def version_columns(versions: Sequence[PriorityVersion]) -> Columns:
    """Give the versions of the agency's changes, the newest first."""
    return {
        "Version": [each.number for each in versions],
        "Made": [each.made_at for each in versions],
        "By": [visible(each.made_by) for each in versions],
        "Why": [visible(each.why) for each in versions],
        "Changes": [
            visible("; ".join(f"{change.rule}: {change.to}" for change in each.changes))
            or "none: as built in"
            for each in versions
        ],
    }


def standing(answer: PriorityTableAnswer) -> str:
    """Say which table the agency goes by, and since when."""
    if answer.version == 0 or answer.made_at is None:
        return f"Version {visible(answer.rules_version)}: as built in, your agency changed nothing."
    return (
        f"Version {visible(answer.rules_version)}, by {visible(answer.made_by)} at "
        f"{answer.made_at}: {visible(answer.why)}"
    )

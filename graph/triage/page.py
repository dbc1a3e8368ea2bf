"""The reference page of the queue, made from its two tables: `docs/triage.md`."""

from __future__ import annotations

from graph.casework.rights import roles_for
from graph.casework.vocabulary import UserRole
from graph.triage.moves import MOVES, Outcome, Owner, Rule
from graph.triage.priority import shipped_priority_table

_MOVES = """\
A tip stands somewhere at each agency that holds it, by itself: what one agency does moves nothing \
at another one. What is not in the table cannot be done. Where a tip is somebody's, only they and \
supervisors move it on. Every move is kept, with who made it, when, and what it was given.
"""
_PRIORITY = """\
The most urgent class of all rules that hold decides. A rule of the class `not for action` decides \
only where none of `at once` or `today` holds, and no open investigation of one's own claims what \
the tip states. Every rule that holds is shown with the tip, and so is what is not stated. A \
person's class stands over the table's until it is lifted.

A supervisor sets other classes for rules, or turns rules off, for their own agency alone, as a \
version with a reason (`crosstip priority`, decision 42). A rule for safety is never put below \
the class that it has here; the last column says from where. A tip names the version that \
it stands by: that of this table, then the agency's own, such as `2.3`.
"""


def triage_page(made: str) -> str:
    """Give the page of states, moves and priorities; `made` says how it is made."""
    table = shipped_priority_table()
    lines = ["# The queue", "", made, "## Moves", "", _MOVES]
    lines += ["| From | Move | To | Who | It needs | Whose since |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {state} | {move} | {rule.to} | {_who(rule)} | {', '.join(rule.needs) or '-'} "
        f"| {_whose(rule)} |"
        for (state, move), rule in MOVES.items()
    ]
    lines += ["", f"Outcomes: {', '.join(Outcome)}.", "", "## Priority", "", _PRIORITY]
    lines += [f"Version {table.version} of {table.made}. {table.how}", ""]
    lines += ["| Class | To be looked at within |", "|---|---|"]
    lines += [f"| {rule.name} | {rule.look_within_hours} h |" for rule in table.classes]
    lines += ["", "| What holds | Class | What is shown | For safety |", "|---|---|---|---|"]
    lines += [
        f"| {rule.name} | {rule.priority} | {rule.says} | {rule.safety or '-'} |"
        for rule in table.rules
    ]
    return "\n".join([*lines, ""])


def _who(rule: Rule) -> str:
    if rule.deed is None:
        return "nobody: it follows from the tip's withdrawal"
    roles = roles_for(rule.deed)
    return f"{', '.join(role for role in UserRole if role in roles)} (`{rule.deed}`)"


def _whose(rule: Rule) -> str:
    return "as before" if rule.owner is Owner.SAME else rule.owner.value

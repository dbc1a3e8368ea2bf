"""The reference page of hand-offs, made from their tables: `docs/handoff.md`."""

from __future__ import annotations

from graph.casework.rights import roles_for
from graph.casework.vocabulary import UserRole
from graph.handoff.deciding import DUE_WITHIN_HOURS, LONGEST_US, USUAL_HOURS
from graph.handoff.showing import LEVELS
from graph.handoff.steps import HANDOFFS, Kind, Rule

_INTRODUCTION = """\
One agency offers another a tip that it holds. Before the offer the receiver sees nothing of the \
tip; while it waits no more than the offer's level shows; once it is accepted the tip itself. No \
other agency sees that there is an offer. What is not in the table cannot be done. Each step is \
one transaction with a receipt, a log entry and a notice for each side.
"""
_RECEIPTS = """\
Each side has a receipt of each step: its number, who, when, why, and the SHA-256 of exactly what \
was disclosed, as canonical JSON (RFC 8785): of an offer the fields below, of an acceptance the \
keys of all versions of the tip, which end with the SHA-256 of the documents. A receipt names the \
SHA-256 of the receipt before it, and its own stands in the side's log, whose checkpoints vouch \
for it. `crosstip handoff show` computes all of that anew.
"""
_KINDS = {
    Kind.TRANSFER: "Once accepted the receiver holds the tip, and the giver no longer.",
    Kind.JOINT: "Once accepted both hold it; several agencies may.",
    Kind.PROSECUTION: "A prosecutor's office holds it beside the giver, for a stated scope, until "
    "a stated time or until the giver recalls it.",
}


def handoff_page(made: str) -> str:
    """Give the page of steps, kinds and levels; `made` says how it is made."""
    lines = ["# Hand-offs", "", made, _INTRODUCTION, "## Steps", ""]
    lines += [
        "| From | Step | To | Whose | Who | It needs | The receiver sees since | The tip is held |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {stage} | {step} | {rule.to} | {rule.side} | {_who(rule)} "
        f"| {'reason' if rule.needs_why else '-'} | {rule.shows} | {rule.holding}{_only(rule)} |"
        for (stage, step), rule in HANDOFFS.items()
    ]
    lines += ["", "## Kinds", ""]
    lines += [f"- **{kind}**: {says}" for kind, says in _KINDS.items()]
    lines += ["", "## What an offer shows", ""]
    lines += [f"- **{level}**: {', '.join(shown)}." for level, shown in LEVELS.items()]
    lines += ["", "## Clocks", ""]
    lines += [f"- `{name}`: answered within {hours} h." for name, hours in DUE_WITHIN_HOURS.items()]
    days = LONGEST_US // 86_400_000_000
    lines += [
        f"- Any other class: within {USUAL_HOURS} h. Whoever offers may choose, up to {days} days.",
        "",
        "## Receipts",
        "",
        _RECEIPTS,
    ]
    return "\n".join(lines)


def _who(rule: Rule) -> str:
    if rule.deed is None:
        return "nobody: the clock does"
    roles = roles_for(rule.deed)
    return f"{', '.join(role for role in UserRole if role in roles)} (`{rule.deed}`)"


def _only(rule: Rule) -> str:
    return "" if rule.kinds == frozenset(Kind) else f" ({', '.join(sorted(rule.kinds))} only)"

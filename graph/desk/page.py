"""The reference page of the desk, made from its tables: `docs/desk.md`."""

from __future__ import annotations

from graph.casework.rights import roles_for
from graph.casework.vocabulary import UserRole
from graph.desk.assistance import ASSISTANCE, HelpKind
from graph.desk.clocks import (
    CONFIRM,
    LETTER_SOURCE,
    MARKS,
    OLD_SOURCE,
    PROCESS_SOURCE,
    RENEWED_SOURCE,
    UNKNOWN,
    YEAR_SOURCE,
)
from graph.desk.moves import Rule, Side, Table
from graph.desk.providers import PROVIDERS, ProviderKind
from graph.desk.tasks import TASKS, TaskKind

_INTRODUCTION = """\
What people do about a tip or an investigation beside moving it through the queue. What is not in \
a table cannot be done. Each step is one transaction with its record and an entry in the log, and \
starts from the version that somebody looked at: of two in the same instant one is taken, and the \
other is told whose.
"""
_TASKS = """\
A task is for a person or for a unit of the own agency. Whoever is to do it, whoever gave it, and \
supervisors move it on. Once it is overdue its person and the supervisors are told, and again when \
a later time that it was postponed to has passed.
"""
_NOTES = """\
A note is what somebody wrote for colleagues, up to 2,000 characters. It is no evidence and says \
so wherever it is shown. It is never overwritten: a correction is a new note that names the old \
one. Nothing in it is asserted, linked, searched or logged, and no other agency sees it.
"""
_PROVIDERS = """\
Crosstip sends nothing to a provider: it keeps what was sent, and what follows from it. A letter \
that nobody renewed or that nothing came of runs out by itself.
"""
_CLOCKS = """\
Days are civil days in the agency's own time zone (`agency change --zone`; UTC where none is set). \
The day of the event is not counted, every other day is (Fed. R. Crim. P. 45(a)(1)(A), (B)). A \
clock here is over when its last day begins. No weekend or holiday makes one longer, and a year \
from 29 February ends on 28 February: a provider may delete while somebody counts on a later day. \
A submission whose time is not stated has no date at all.
"""
_HELP = """\
The helper is shown what the request says and nothing else, and the asker sees exactly that before \
it is sent. No right to any tip comes of it. Each side has a receipt of each step, as for \
hand-offs: canonical JSON with its SHA-256, which names the receipt before it and stands in the \
side's log.
"""


def desk_page(made: str) -> str:
    """Give the page of tasks, notes, requests and clocks; `made` says how it is made."""
    lines = ["# The desk", "", made, _INTRODUCTION, "## Tasks", "", _TASKS]
    lines += [f"Kinds: {', '.join(TaskKind)}.", "", *_table(TASKS)]
    lines += ["", "## Notes", "", _NOTES, "## Requests to providers", "", _PROVIDERS]
    lines += [f"Kinds: {', '.join(ProviderKind)}.", "", *_table(PROVIDERS)]
    lines += ["", "## Clocks", "", _CLOCKS]
    lines += [
        f"- Presumed end of what a provider preserves by itself: {YEAR_SOURCE}.",
        f"- Of what was submitted before that day: {OLD_SOURCE}.",
        f"- Preservation letter: {LETTER_SOURCE}.",
        f"- Renewed, once and before its end: {RENEWED_SOURCE}.",
        f"- Subpoena, court order, warrant: {PROCESS_SOURCE[0].lower()}{PROCESS_SOURCE[1:]}.",
        f'- Beside each stands: "{CONFIRM}" Where nothing is stated: "{UNKNOWN}"',
        f"- Told {', '.join(str(days) for days in MARKS)} days before an end; a letter also then.",
        "- Presumed ends of open tips are told together, one notice for each agency.",
    ]
    lines += ["", "## Assistance between agencies", "", _HELP]
    lines += [f"Kinds: {', '.join(HelpKind)}.", "", *_table(ASSISTANCE), ""]
    return "\n".join(lines)


def _table(table: Table) -> list[str]:
    return [
        "| From | Step | To | Whose | Who | It needs |",
        "|---|---|---|---|---|---|",
        *(
            f"| {stage} | {step}{_only(rule)} | {rule.to} | {rule.side} | {_who(rule)} "
            f"| {'reason' if rule.needs_why else '-'} |"
            for (stage, step), rule in table.items()
        ),
    ]


def _who(rule: Rule) -> str:
    if rule.side is Side.CLOCK:
        return "nobody: the clock does"
    roles = roles_for(rule.deed)
    return f"{', '.join(role for role in UserRole if role in roles)} (`{rule.deed}`)"


def _only(rule: Rule) -> str:
    return "" if rule.kinds is None else f" ({', '.join(sorted(rule.kinds))} only)"

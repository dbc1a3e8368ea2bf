"""A table of tips before it is handed in: its columns, and what a mapping makes of it. Pure."""

from __future__ import annotations

from client.resources.jobs import MappingProposal
from dashboard.components.csv_file import Columns
from dashboard.wording import visible


def guess_columns(proposal: MappingProposal) -> Columns:
    """Give what each column of the table seems to say, and why."""
    return {
        "Column": [visible(each.name) for each in proposal.columns],
        "Seems to say": [visible(each.field) for each in proposal.columns],
        "Of whom": [visible(each.role) for each in proposal.columns],
        "Why": [visible(each.why) for each in proposal.columns],
        "Rows that fill it": [each.filled for each in proposal.columns],
    }


def would_say(proposal: MappingProposal) -> list[str]:
    """Say what the mapping makes of the rows, a sentence for each count."""
    counts = [f"{visible(what)}: {count}" for what, count in sorted(proposal.would.items())]
    return [f"{proposal.rows} rows were looked at.", *(counts or ["Nothing would be taken in."])]

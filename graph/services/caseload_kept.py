"""Figures of everything held, of urgent tips, and of what the next purge takes away."""

from __future__ import annotations

from graph.caseload.cells import Cell
from graph.caseload.sharing import Sharing
from graph.casework.keys import part
from graph.casework.terms import DAY_US
from graph.errors import NotFoundError
from graph.queries import caseload as counts
from graph.queries import caseload_kept as kept
from graph.queries import caseload_rows as rows
from graph.queries import retention
from graph.retention.classes import RecordClass
from graph.services.caseload_asked import CLASSES, Asked, Index, Pick, Span, between, standing
from graph.services.caseload_counting import HOUR_US, Counting
from graph.services.caseload_figure import Figure
from graph.services.caseload_purge import MOST_LOOKED_AT
from graph.triage.moves import OPEN, State

Labels = tuple[str, ...]
WAITED = ("under 1 hour", "1-24 hours", "over 24 hours")
_NEVER = 9_000_000_000_000_000_000
_STATES = tuple(state.value for state in State)


def held_cells(counting: Counting) -> list[Cell]:
    """Give what is held, by state; each state, with its zeros."""
    found = dict.fromkeys(_STATES, 0)
    for row in counting.open():
        found[row.state] += row.total
    for state in State:
        if state not in OPEN:
            found[state.value] = counting.in_state(state.value)
    return [Cell(labels=(state,), value=total) for state, total in found.items()]


def held_pick(asked: Asked, labels: Labels) -> Pick:
    """Give what is held in a state."""
    return standing(asked, states=labels, classes=CLASSES)


def urgent_cells(counting: Counting) -> list[Cell]:
    """Give urgent tips that nobody acknowledged, by how long."""
    found = counting.alerts()
    return [Cell(labels=(name,), value=found.get(nth, 0)) for nth, name in enumerate(WAITED)]


def urgent_pick(asked: Asked, labels: Labels) -> Pick:
    """Give urgent tips that nobody acknowledged for so long."""
    if labels[0] not in WAITED:
        raise NotFoundError(f"There is no such time: {', '.join(WAITED)}.")
    at = WAITED.index(labels[0])
    newest_us = (_NEVER, asked.now_us - HOUR_US, asked.now_us - DAY_US)[at]
    oldest_us = (asked.now_us - HOUR_US + 1, asked.now_us - DAY_US + 1, 0)[at]
    span = between(part(asked.agency), oldest_us, newest_us + 1)
    return Pick(index=Index.URGENT, spans=(span,))


def purge_cells(counting: Counting) -> list[Cell]:
    """Give what the next purge would take away, by kind of record."""
    found = counting.due_for_purge()
    return [Cell(labels=(kind.value,), value=found[kind]) for kind in RecordClass]


def purge_pick(_asked: Asked, labels: Labels) -> Pick:
    """Give what the next purge would take away of a kind."""
    kinds = tuple(kind.value for kind in RecordClass)
    if labels[0] not in kinds:
        raise NotFoundError(f"There is no such kind of record: {', '.join(kinds)}.")
    return Pick(index=Index.PURGE, spans=(Span(head="", after="", end=labels[0]),))


HELD = Figure(
    name="held",
    definition="Tips that your agency holds now, by state; closed and withdrawn ones too.",
    unit="tips",
    leaves_out="Tips that it gave away or purged.",
    by=("standing",),
    queries=(counts.OPEN.name, kept.IN_STATE.name),
    rows=rows.BY_STATE.name,
    cells=held_cells,
    pick=held_pick,
    sharing=Sharing.SUM,
)
URGENT = Figure(
    name="urgent",
    definition="Urgent tips that nobody acknowledged, by how long the alert has waited.",
    unit="tips",
    leaves_out="What somebody acknowledged or dealt with; alerts that ended otherwise.",
    by=("waited",),
    queries=(kept.ALERTS.name,),
    rows=kept.BY_ALERT.name,
    cells=urgent_cells,
    pick=urgent_pick,
)
DUE_FOR_PURGE = Figure(
    name="due-for-purge",
    definition="Records that go with the next purge under the policies in force, as the dry run "
    "says.",
    unit="records",
    leaves_out="What a legal hold, an open state or a hand-off keeps; kinds of record of which "
    "nobody set a policy; what a fixed rule lets go.",
    by=("record",),
    queries=(retention.POLICIES.name,),
    rows=retention.POLICIES.name,
    cells=purge_cells,
    pick=purge_pick,
    sharing=Sharing.APART,
    cut_off=f"Of each kind the {MOST_LOOKED_AT} oldest records are looked at.",
)

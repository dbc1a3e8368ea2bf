"""What the page Queue remembers, its tally, and its filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from client.client import CrosstipClient
from client.resources.log_on import WhoAnswer
from client.resources.queue import (
    Priority,
    QueuedTipAnswer,
    QueuePage,
    QueueTally,
    QueueTallyAnswer,
    State,
)
from dashboard import state
from dashboard.moves import OPEN, PRIORITIES, STATES

ANYBODY, NOBODY, MINE, SOMEBODY = "anybody's", "nobody's", "mine", "of the name below"
_ALL = "all open"


@dataclass(slots=True)
class QueueView:
    """What one person looks at in the queue."""

    priority: Priority | None = None
    state: State | None = None
    whose: str = ANYBODY
    """Or the key of a unit."""
    name: str = ""
    older_than_days: int = 0
    changed: bool = False
    """What says more since it was moved, closed tips too, by class and age alone."""
    pages: tuple[str, ...] = ("",)
    """Where each page starts, up to the one that is shown."""
    tip: str | None = None
    """The tip that was chosen, whether the page still lists it or not."""
    shown: QueuedTipAnswer | None = None
    """It as it was read: what is done about it is done about this version."""
    picked: dict[str, int] = field(default_factory=dict)
    """Tips that are to be assigned together, with the versions that were looked at."""

    def asked(self, who: WhoAnswer | None, client: CrosstipClient) -> QueuePage:
        """Ask for the page.

        Raises:
            ApiError: the API does not give it.
        """
        owner = {ANYBODY: None, NOBODY: None, SOMEBODY: self.name or None}.get(
            self.whose, self.whose
        )
        if self.whose == MINE:
            owner = None if who is None else who.user
        if self.changed:
            return client.queue(
                changed=True,
                priority=self.priority,
                older_than_days=self.older_than_days or None,
                after=self.pages[-1],
            )
        return client.queue(
            state=self.state,
            owner=owner,
            unassigned=self.whose == NOBODY,
            priority=self.priority,
            older_than_days=self.older_than_days or None,
            after=self.pages[-1],
        )

    def in_words(self) -> str:
        """Say what is filtered by."""
        parts = [
            "changed since last moved, whosever and in whatever state" if self.changed else "",
            "" if self.priority is None else f"class {self.priority}",
            "" if self.state is None else f"state {self.state}",
            "" if self.whose == ANYBODY else self.name if self.whose == SOMEBODY else self.whose,
            "" if self.older_than_days == 0 else f"held for {self.older_than_days} days or longer",
        ]
        said = ", ".join(part for part in parts if part != "")
        return said if said != "" else _ALL


def look_at_tip(tip: str | None) -> None:
    """Choose a tip; it is read when it is shown."""
    view = state.record(QueueView)
    view.tip, view.shown = tip, None


def totals(rows: Sequence[QueueTally], *, by: str) -> dict[str, tuple[int, int]]:
    """Give by class or by state (`priority`, `state`) how many tips there are, and how many late.

    Those that there are none of are there too, in their order, so that a nought is seen.
    """
    names = PRIORITIES if by == "priority" else OPEN
    found: dict[str, tuple[int, int]] = dict.fromkeys(names, (0, 0))
    for row in rows:
        name = row.priority if by == "priority" else row.state
        total, late = found.get(name, (0, 0))
        found[name] = (total + row.total, late + row.late)
    return found


def show_tally(answer: QueueTallyAnswer) -> None:
    """Show how many open tips there are of each class and state; each count filters by it."""
    view = state.record(QueueView)
    _counts("priority", totals(answer.items, by="priority"), view.priority)
    _counts("state", totals(answer.items, by="state"), view.state)


def _counts(by: str, counts: dict[str, tuple[int, int]], chosen: str | None) -> None:
    columns = st.columns(len(counts) + 1)
    columns[0].button(
        "Every class" if by == "priority" else "Every open state",
        key=f"queue-{by}-all",
        type="primary" if chosen is None else "secondary",
        on_click=partial(_filter, by, None),
        width="stretch",
    )
    for column, (name, (total, late)) in zip(columns[1:], counts.items(), strict=True):
        column.button(
            f"{name}: {total}" + ("" if late == 0 else f" ({late} late)"),
            key=f"queue-{by}-{name}",
            type="primary" if chosen == name else "secondary",
            on_click=partial(_filter, by, name),
            width="stretch",
        )


def _filter(by: str, name: str | None) -> None:
    view = state.record(QueueView)
    setattr(view, by, name)
    view.pages = ("",)


def show_filters(who: WhoAnswer | None) -> None:
    """Show the other filters: whose, for how long, and states that are not open."""
    view = state.record(QueueView)
    whose = [ANYBODY, NOBODY, *(() if who is None else (MINE, *who.units)), SOMEBODY]
    with st.form("queue-filters", border=False):
        first, second, third, fourth, last = st.columns(
            [2, 2, 2, 2, 1], vertical_alignment="bottom"
        )
        chosen = first.selectbox(
            "Whose", whose, index=whose.index(view.whose) if view.whose in whose else 0
        )
        name = second.text_input("Name of a user or unit", value=view.name, max_chars=64)
        states: list[State | None] = [None, *STATES]
        standing = third.selectbox(
            "State",
            states,
            index=states.index(view.state),
            format_func=lambda state: _ALL if state is None else state,
        )
        days = fourth.number_input(
            "Held for days, at least", 0, 3660, value=view.older_than_days, step=1
        )
        changed = st.checkbox(
            "Only what says more since it was moved (in any state, whosever)", value=view.changed
        )
        asked = last.form_submit_button("Show", key="queue-filter")
    if asked:
        view.whose, view.name, view.state = chosen or ANYBODY, name.strip(), standing
        view.older_than_days, view.pages, view.changed = int(days), ("",), changed
        st.rerun()

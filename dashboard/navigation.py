"""Which pages there are, under which heading, and for whom.

What a role does not use is not offered. That is comfort and no protection: the API decides about
each question by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from client.resources.log_on import WhoAnswer

_WORKS = frozenset({"analyst", "investigator", "supervisor"})
_INTAKE = _WORKS | {"operator"}
_AUDIT = frozenset({"auditor", "operator"})
_PEOPLE = frozenset({"supervisor", "agency administrator", "auditor", "operator"})
_KEYS = frozenset({"supervisor", "agency administrator", "auditor"})
_CASEWORK = _WORKS | {"prosecutor"}
_RETENTION = _WORKS | {"agency administrator", "auditor"}
_CUSTODY = frozenset({"investigator", "prosecutor", "supervisor"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its file under `app_pages/`, its name, and the roles that it is for."""

    file: str
    title: str
    section: str
    roles: frozenset[str] | None = None
    """None: for everybody."""


ENTRIES: tuple[Entry, ...] = (
    Entry("tip", "Tip", "Explore"),
    Entry("explore", "Link chart", "Explore"),
    Entry("queue", "Queue", "Work", _WORKS),
    Entry("tasks", "Tasks", "Work", _CASEWORK),
    Entry("assign", "Assign", "Work", _WORKS),
    Entry("handoffs", "Hand-offs", "Work", _CASEWORK),
    Entry("custody", "Custody", "Work", _CUSTODY),
    Entry("routing", "Routing", "Work", frozenset({"operator"})),
    Entry("ingest", "Hand in", "Work", _INTAKE),
    Entry("check", "Check", "Deconflict", _CASEWORK),
    Entry("conflicts", "Conflicts", "Deconflict", _CASEWORK),
    Entry("claims", "Claims", "Deconflict", _CASEWORK),
    Entry("overlaps", "Overlaps", "Deconflict"),
    Entry("caseload", "Caseload", "Supervise", _WORKS),
    Entry("priority", "Priority", "Supervise", _WORKS),
    Entry("quarantine", "Quarantine", "Supervise", _WORKS),
    Entry("feedback", "Feedback to NCMEC", "Supervise", _WORKS),
    Entry("retention", "Retention", "Supervise", _RETENTION),
    Entry("audit", "Audit", "Office", _AUDIT),
    Entry("people", "People", "Office", _PEOPLE),
    Entry("agencies", "Agencies", "Office"),
    Entry("api_keys", "API keys", "Office", _KEYS),
    Entry("webhooks", "Webhooks", "Office", _KEYS),
)
"""In the order in which they are offered; the first is where everybody begins."""


def offered(who: WhoAnswer | None) -> tuple[Entry, ...]:
    """Give the pages for somebody; None is a log-in with a token, which stands for no person."""
    return tuple(
        entry
        for entry in ENTRIES
        if entry.roles is None or who is None or not entry.roles.isdisjoint(who.roles)
    )


def is_offered(file: str, who: WhoAnswer | None) -> bool:
    """Say whether somebody is offered a page, by its file's name."""
    return any(entry.file == file for entry in offered(who))


def pages(who: WhoAnswer | None) -> dict[str, list[StreamlitPage]]:
    """Give Streamlit's pages by section."""
    found: dict[str, list[StreamlitPage]] = {}
    for at, entry in enumerate(offered(who)):
        page = st.Page(f"app_pages/{entry.file}.py", title=entry.title, default=at == 0)
        found.setdefault(entry.section, []).append(page)
    return found


def go(file: str) -> None:
    """Go to a page, by its file's name; the script ends here."""
    st.switch_page(f"app_pages/{file}.py")

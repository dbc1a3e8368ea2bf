"""The page Tasks: what is to be done, notes, assistance between agencies, requests to providers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import streamlit as st

from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import tell
from dashboard.desk.desk_steps import CASEWORK, WORKS, is_one_of
from dashboard.views.help_section import show_help
from dashboard.views.note_section import show_notes
from dashboard.views.provider_section import show_providers
from dashboard.views.task_section import show_tasks

SECTIONS: Final[Mapping[str, tuple[frozenset[str], Callable[[], None]]]] = MappingProxyType(
    {
        "Tasks": (WORKS, show_tasks),
        "Notes": (CASEWORK, show_notes),
        "Assistance": (WORKS, show_help),
        "Requests to providers": (CASEWORK, show_providers),
    }
)
"""By name: whose it is, and what draws it."""


def render() -> None:
    """Show the page. What is not looked at is neither read nor logged as read."""
    state.connected()
    notices.page_head("Tasks", synthetic=state.session().synthetic)
    tell()
    who = state.session().who
    names = [name for name, (roles, _) in SECTIONS.items() if is_one_of(who, roles)]
    chosen = st.radio("What to look at", names, horizontal=True, key="desk-section")
    if chosen is not None:
        SECTIONS[chosen][1]()

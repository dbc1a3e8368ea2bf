"""The page Retention: how long records are kept, what would go, legal holds, records of purges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import streamlit as st

from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import tell
from dashboard.views.hold_section import show_holds
from dashboard.views.policy_section import show_policies
from dashboard.views.purge_section import show_dry_run, show_purges

_SECTIONS: Final[Mapping[str, Callable[[], None]]] = MappingProxyType(
    {
        "Policies": show_policies,
        "Dry run": show_dry_run,
        "Legal holds": show_holds,
        "Records of purges": show_purges,
    }
)


def render() -> None:
    """Show the page. What is not looked at is neither read nor logged as read."""
    state.connected()
    notices.page_head("Retention", synthetic=state.session().synthetic)
    tell()
    st.text(
        "Everything is kept for good unless an administrator proposes otherwise and a supervisor, "
        "another person, confirms it. Seven days later the worker purges what is closed, old "
        "enough and on no legal hold. What is purged cannot be brought back."
    )
    chosen = st.radio("What to look at", list(_SECTIONS), horizontal=True, key="retention-section")
    if chosen is not None:
        _SECTIONS[chosen]()

"""Long texts of a tip: whole, and without pushing everything else off the page."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.wording import visible

LONG: Final = 1500
"""Characters as shown. What is longer stands in a box of its own that scrolls."""
_BOX_PX: Final = 300


def passage(text: str) -> None:
    """Show a text as text, nothing of it left out."""
    shown = visible(text)
    if len(shown) <= LONG:
        st.text(shown)
        return
    with st.container(height=_BOX_PX):
        st.text(shown)

"""The help of a page: opened by a button on top of it."""

from __future__ import annotations

import streamlit as st

from dashboard.helping import EVERYWHERE, HELP


def button(title: str) -> None:
    """Show the button on a page that has help."""
    if title in HELP and st.button("Help", key="help"):
        st.dialog(f"Help: {title}", width="medium")(_show)(title)


def _show(title: str) -> None:
    found = HELP[title]
    st.text(found.what_for)
    for number, sentence in enumerate(found.first, start=1):
        st.text(f"{number}. {sentence}")
    for word, meaning in found.words:
        st.text(f"{word}: {meaning}")
    for sentence in EVERYWHERE:
        st.text(sentence)

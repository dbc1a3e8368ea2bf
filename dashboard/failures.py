"""Keeps a defect of a page from showing, or logging, what a tip says."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

import streamlit as st

_LOG = logging.getLogger("crosstip.dashboard")


def guarded(page: Callable[[], None]) -> None:
    """Run a page; when it fails, say so on it and log the class and place of the error only.

    Streamlit's own handler would log the error's text, which may hold an identifier.
    """
    try:
        page()
    except Exception as error:  # noqa: BLE001 the last place that can keep it from leaking
        frames = traceback.extract_tb(error.__traceback__)[-6:]
        places = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames))
        _LOG.error("a page failed: %s at %s", type(error).__name__, places)
        st.error(
            "This page failed because of a defect in Crosstip. The dashboard's log says where."
        )

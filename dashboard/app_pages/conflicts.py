"""Streamlit runs this file for the page Conflicts."""

from __future__ import annotations

from dashboard.views.conflicts_page import render

render()

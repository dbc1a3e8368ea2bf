"""Streamlit runs this file for the page Quarantine."""

from __future__ import annotations

from dashboard.views.quarantine_page import render

render()

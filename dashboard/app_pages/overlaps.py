"""Streamlit runs this file for the page Overlaps."""

from __future__ import annotations

from dashboard.views.overlaps_page import render

render()

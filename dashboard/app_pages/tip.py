"""Streamlit runs this file for the page Tip."""

from __future__ import annotations

from dashboard.views.tip_page import render

render()

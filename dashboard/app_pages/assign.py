"""Streamlit runs this file for the page Assign."""

from __future__ import annotations

from dashboard.views.assign_page import render

render()

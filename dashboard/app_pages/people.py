"""Streamlit runs this file for the page People."""

from __future__ import annotations

from dashboard.views.people_page import render

render()

"""Streamlit runs this file for the page Check."""

from __future__ import annotations

from dashboard.views.check_page import render

render()

"""Streamlit runs this file for the page Priority."""

from __future__ import annotations

from dashboard.views.priority_page import render

render()

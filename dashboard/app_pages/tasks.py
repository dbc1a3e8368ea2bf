"""Streamlit runs this file for the page Tasks."""

from __future__ import annotations

from dashboard.views.tasks_page import render

render()

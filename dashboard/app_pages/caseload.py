"""Streamlit runs this file for the page Caseload."""

from __future__ import annotations

from dashboard.views.caseload_page import render

render()

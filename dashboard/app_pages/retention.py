"""Streamlit runs this file for the page Retention."""

from __future__ import annotations

from dashboard.views.retention_page import render

render()

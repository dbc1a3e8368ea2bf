"""Streamlit runs this file for the page Audit."""

from __future__ import annotations

from dashboard.views.audit_page import render

render()

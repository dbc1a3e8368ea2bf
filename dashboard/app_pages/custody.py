"""Streamlit runs this file for the page Custody."""

from __future__ import annotations

from dashboard.views.custody_page import render

render()

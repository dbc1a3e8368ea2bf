"""Streamlit runs this file for the page Hand-offs."""

from __future__ import annotations

from dashboard.views.handoffs_page import render

render()

"""Streamlit runs this file for the page Feedback to NCMEC."""

from __future__ import annotations

from dashboard.views.feedback_page import render

render()

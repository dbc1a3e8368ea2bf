"""Streamlit runs this file for the page Agencies."""

from __future__ import annotations

from dashboard.views.agencies_page import render

render()

"""Streamlit runs this file for the page Routing."""

from __future__ import annotations

from dashboard.views.routing_page import render

render()

"""Streamlit runs this file for the page Queue."""

from __future__ import annotations

from dashboard.views.queue_page import render

render()

"""Streamlit runs this file for the page Hand in."""

from __future__ import annotations

from dashboard.views.ingest_page import render

render()

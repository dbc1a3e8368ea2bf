"""Streamlit runs this file for the page API keys."""

from __future__ import annotations

from dashboard.views.api_keys_page import render

render()

"""Streamlit runs this file for the page Webhooks."""

from __future__ import annotations

from dashboard.views.webhooks_page import render

render()

"""Streamlit runs this file for the page Claims."""

from __future__ import annotations

from dashboard.views.claims_page import render

render()

"""Streamlit runs this file for the page Link chart."""

from __future__ import annotations

from dashboard.views.explore_page import render

render()

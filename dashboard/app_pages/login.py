"""Streamlit runs this file for anybody who has not logged in."""

from __future__ import annotations

from dashboard.views.login import render

render()

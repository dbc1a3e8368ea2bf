"""Runs the dashboard: Streamlit's server with the settings that keep it to itself."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.guard import Guard
from dashboard.settings import DashboardSettings
from dashboard.uploads import FILE_MB, GATE, keep_off_the_disk

ENTRY = Path(__file__).with_name("app.py")


def run(settings: DashboardSettings) -> None:
    """Serve the dashboard until the process is told to end; exits with 1 when the port is taken."""
    make_app(settings).run(config=options(settings))


def make_app(settings: DashboardSettings) -> st.App:
    """Give the application with its guard."""
    keep_off_the_disk()
    guard = Middleware(Guard, allowed_hosts=settings.allowed_hosts, uploads=GATE)
    return st.App(ENTRY, middleware=[guard])


def options(settings: DashboardSettings) -> dict[str, str | int | bool | list[str]]:
    """Give Streamlit's settings. What is set here stops a request to another host, or a leak."""
    return {
        "browser.gatherUsageStats": False,
        # Else Streamlit asks a public service for this machine's address.
        "browser.serverAddress": "localhost" if settings.host == "0.0.0.0" else settings.host,  # noqa: S104
        "client.allowedOrigins": [],
        # Its own download writes cells as they are; ours are safe in a spreadsheet.
        "client.disableDataExport": True,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.toolbarMode": "minimal",
        "global.developmentMode": False,
        "logger.hideWelcomeMessage": True,
        "logger.level": "warning",
        "runner.magicEnabled": False,
        "server.address": settings.host,
        "server.allowedHosts": [*settings.allowed_hosts],
        "server.enableAgentApi": False,
        "server.enableStaticServing": False,
        "server.fileWatcherType": "none",
        "server.headless": True,
        "server.maxUploadSize": FILE_MB,
        "server.port": settings.port,
        "server.runOnSave": False,
        # Captions are this colour at three fifths: with Streamlit's own, fainter than WCAG's 1.4.3.
        "theme.light.textColor": "#000000",
    }

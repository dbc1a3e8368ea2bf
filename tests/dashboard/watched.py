"""A real browser that notes everything which a page must not do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)

from tests.browser import ARGUMENTS, find_browser

_OWN = ("127.0.0.1", "localhost")
PATIENCE_MS = 60_000.0
"""How long a page may take to show something; a slow machine is not what fails."""
_LOOK_MS = 50.0
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Watched:
    """A page, and what it tried."""

    page: Page
    outside: list[str] = field(default_factory=list)
    """Addresses of other hosts that were asked for."""
    errors: list[str] = field(default_factory=list)
    """Errors in the console; a load that the policy blocked is one."""
    dialogs: list[str] = field(default_factory=list)

    def is_clean(self) -> bool:
        """Say whether nothing was noted."""
        return self.outside == [] and self.errors == [] and self.dialogs == []

    def until(self, condition: Callable[[], bool]) -> None:
        """Come back when something holds.

        Raises:
            AssertionError: it did not within a minute.
        """
        for _ in range(round(PATIENCE_MS / _LOOK_MS)):
            if condition():
                return
            self.page.wait_for_timeout(_LOOK_MS)
        raise AssertionError(f"it did not come about: {self}")

    def note_request(self, request: Request) -> None:
        """Note a request to another host."""
        if not _is_own(request.url):
            self.outside.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        """Note an error."""
        if message.type == "error":
            self.errors.append(message.text)

    def note_dialog(self, dialog: Dialog) -> None:
        """Note a dialog: a script of a tip's ran."""
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium; without one the test is skipped, and fails where CI is set."""
    path = find_browser()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI looks at pages in a browser, and there is none")
        pytest.skip("NO BROWSER: the pages were not looked at")
    with sync_playwright() as playwright:
        # The new headless mode is the full browser: the old one never asked for icons.
        started = playwright.chromium.launch(
            executable_path=path, headless=True, args=[*ARGUMENTS, "--headless=new"]
        )
        try:
            yield started
        finally:
            started.close()


@contextmanager
def watched_page(started: Browser) -> Iterator[Watched]:
    """Open a page; requests to other hosts are noted and go nowhere."""
    context = started.new_context(
        viewport={"width": 1400, "height": 1000}, accept_downloads=True, service_workers="block"
    )
    page = context.new_page()
    watched = Watched(page=page)

    def pass_own(route: Route) -> None:
        if _is_own(route.request.url):
            route.continue_()
        else:
            route.abort()

    page.route("**/*", pass_own)
    page.on("request", watched.note_request)
    page.on("console", watched.note_console)
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.on("dialog", watched.note_dialog)
    try:
        yield watched
    finally:
        context.close()


def _is_own(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("blob", "data", "file", "about") or parts.hostname in _OWN

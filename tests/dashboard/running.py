"""The dashboard as processes: an API over a store, the pages' server, and a person's log-in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from crosstip.serving.dashboard_process import DashboardProcess
from crosstip.serving.ports import address, free_port
from graph.store import Store
from tests.api.live import live_api, opener_of
from tests.graph.services.logging_on import PASSWORD

HOST = "127.0.0.1"


@contextmanager
def running_dashboard(store: Store, folder: Path, *, data_dir: Path | None = None) -> Iterator[str]:
    """Serve the pages over a store and give their address; its log must stay empty.

    Without `data_dir` the API takes no documents in.
    """
    log = folder / "dashboard.log"
    with live_api(opener_of(store), data_dir=data_dir) as live:
        port = free_port(HOST, 0)
        running = DashboardProcess(host=HOST, port=port, api_url=live.url, log=log)
        try:
            running.wait_until_ready()
            yield address(HOST, port)
        finally:
            running.stop()
    assert log.read_text(encoding="utf-8") == ""


def log_in(page: Page, user: str, code: str) -> None:
    """Type somebody's log-in on a page that shows it, and wait until somebody is in."""
    page.get_by_text("I have read this and accept it").click()
    page.get_by_label("User name", exact=True).fill(user)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def rested(page: Page) -> None:
    """Wait until the page is drawn to its end: a file of the run before is there no more."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def visit(page: Page, section: str, title: str) -> None:
    """Go to a page by the navigation on top."""
    page.get_by_role("button", name=section, exact=True).click()
    page.get_by_role("menuitem", name=title, exact=True).click()
    rested(page)

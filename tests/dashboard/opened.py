"""The dashboard's pages without a browser: opened, logged in, and read."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.store import Store
from tests.graph.services.logging_on import PASSWORD, code_at, enrolled

ENTRY = Path(__file__).parents[2] / "dashboard" / "app.py"


def start() -> AppTest:
    """Open the dashboard as somebody who has not logged in."""
    return AppTest.from_file(str(ENTRY), default_timeout=60).run()


def log_in(token: str) -> AppTest:
    """Open the dashboard and log in."""
    page = start()
    page.text_input(key="access-token").input(token)
    return page.button(key="log-in-button").click().run()


def search(page: AppTest, text: str) -> AppTest:
    """Type a text into the search box and send it."""
    page.text_input(key="search-text").input(text)
    return page.button(key="search-button").click().run()


def words(page: AppTest) -> str:
    """Give everything that the page writes as text."""
    parts = [*page.title, *page.header, *page.subheader, *page.text, *page.caption]
    parts += [*page.error, *page.warning, *page.info]
    return "\n".join(str(part.value) for part in parts)


def cells(page: AppTest, title: str) -> list[list[str]]:
    """Give a column of every table that has it."""
    return [
        [str(cell) for cell in table.value[title]]
        for table in page.dataframe
        if title in table.value.columns
    ]


def log_in_as(
    page: AppTest, user: str, password: str, code: str, *, accepts: bool = True
) -> AppTest:
    """Type a log-in and send it."""
    page.text_input(key="user-name").input(user)
    page.text_input(key="password").input(password)
    page.text_input(key="code").input(code)
    if accepts:
        page.checkbox(key="accept-banner").check()
    return page.button(key="log-in-button").click().run()


def opened_as(store: Store, admin: Caller, user: str) -> AppTest:
    """Open the dashboard as a person, whom their administrator `admin` invites before.

    The API runs, and its address is in `CROSSTIP_API_URL`.
    """
    secret = enrolled(store, admin, user, at_us=now_us() - 120_000_000)
    page = log_in_as(start(), user, PASSWORD, code_at(secret, now_us()))
    assert not page.exception
    return page

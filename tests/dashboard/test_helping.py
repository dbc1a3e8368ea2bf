"""Help on each page: there for all that navigation offers, and about what is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.helping import EVERYWHERE, HELP
from dashboard.navigation import ENTRIES
from tests.architecture.sources import ROOT
from tests.dashboard.daily import Daily, daily, pressed
from tests.dashboard.opened import words
from tests.stores import RunningStore


@pytest.fixture
def here(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daily]:
    """A store with work in it, and its API."""
    with daily(running_store, monkeypatch) as found:
        yield found


def test_every_page_has_help_and_nothing_else_has() -> None:
    assert set(HELP) == {entry.title for entry in ENTRIES}
    for title, found in HELP.items():
        assert len(found.first) > 0, title
        for sentence in (found.what_for, *found.first, *(said for _, said in found.words)):
            assert sentence.endswith("."), (title, sentence)


def test_what_it_names_is_there() -> None:
    assert (ROOT / "docs/guide.md").is_file()
    assert any("docs/guide.md" in sentence for sentence in EVERYWHERE)
    views = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "dashboard/views").glob("*.py")
    )
    for said in ('"Rows"', '"Show custody"', '"Set it in the draft"', "Try again"):
        assert said in views, said


def test_it_opens_by_its_button_and_not_by_itself(here: Daily) -> None:
    page = here.opened("boss.north", "queue")
    assert HELP["Queue"].what_for not in words(page)
    page = pressed(page, "help")
    said = words(page)
    assert HELP["Queue"].what_for in said
    assert "1. Read the reasons of the first row" in said

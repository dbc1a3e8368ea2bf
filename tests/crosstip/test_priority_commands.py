"""The table of priority as its users type it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from graph.clock import now_us
from graph.services.places_due import catch_up
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

CHANGES = ("--rule", "solicitation=today", "--rule", "spam=off")


@pytest.fixture
def run(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Give a way to run commands on the store as somebody."""
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
    monkeypatch.setenv("COLUMNS", "400")
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())

    def invoke(user: str, *arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(app, ["priority", *arguments, "--as", user])
        assert done.exit_code == code, done.output
        return " ".join(done.output.split())

    return invoke


def test_a_table_is_tried_changed_and_read_as_it_is_typed(
    running_store: RunningStore, run: Callable[..., str]
) -> None:
    store = running_store.store
    staff(store, "north", at_us=now_us() - DAY_US)
    take_in(store, 1, annotations=("csamSolicitation",))
    boss, lead = "boss.north", "lead.north"
    assert "goes by the built-in table" in run(lead, "show")
    assert run(lead, "history") == "Your agency goes by the built-in table."
    tried = run(boss, "change", *CHANGES, "--dry-run")
    assert "Of 1 held tips 1 would change class. Nothing was changed." in tried
    assert "this week -> today: 1 tips, 1 of them open; of 0 a person's class stands." in tried
    run(boss, "change", *CHANGES, code=2)
    run(boss, "change", "--rule", "spam", "--dry-run", code=2)
    low = ("change", "--rule", "sextortion=off", "--version", "0", "--why", "No.")
    assert "stays at least 'today'" in run(boss, *low, code=1)
    done = run(boss, "change", *CHANGES, "--version", "0", "--why", "Asking comes first.")
    assert "It is under way: 1 held tips" in done
    assert "crosstip upkeep --now places" in done
    catch_up(store)
    shown = json.loads(run(lead, "show", "--json"))
    assert (shown["version"], shown["under_way"]) == (1, None)
    assert "today (changed)" in run(lead, "show")
    history = run(lead, "history")
    assert "by boss.north" in history
    assert "Asking comes first. solicitation: today spam: off" in history

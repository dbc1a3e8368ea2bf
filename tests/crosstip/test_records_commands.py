"""Records of one incident, and what a closed tip says more, as it is typed."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from graph.clock import now_us
from tests.graph.services.folds import take_in
from tests.graph.services.people import staff
from tests.stores import RunningStore


def test_records_of_one_incident_are_moved_together(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
    monkeypatch.setenv("COLUMNS", "400")
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())

    def run(*arguments: str, user: str = "lead.north", code: int = 0) -> str:
        done = CliRunner().invoke(app, ["queue", *arguments, "--as", user])
        assert done.exit_code == code, done.output
        return " ".join(done.output.split())

    store = running_store.store
    staff(store, "north", at_us=now_us())
    for number in (1, 2, 3):
        take_in(store, number)
    assert "And 2 more records of the same incident: ncmec:2" in run("list")
    assert "in the row of ncmec:1" in run("show", "2")
    apart = ("move", "3", "keep apart", "--version", "0", "--why", "Another child.")
    assert "ncmec:3 is new now" in run(*apart)
    assert "lead.north keeps it apart from other records: Another child." in run("show", "3")
    assert "So are the further records of its incident: ncmec:1." in run("take", "2")
    close = ("move-all", "1", "close", "--outcome", "duplicate", "--why", "One of them is worked.")
    assert "write TIP@VERSION" in run(*close, "--record", "1", code=1)
    assert "ncmec:2 is a further record" in run(*close, "--record", "1@1", code=1)
    done = run(*close, "--record", "1@1", "--record", "2@1")
    assert done.count("is closed now and lead.north's; version 2.") == 2
    take_in(store, 1, accounts=("u-1", "u-7"), body="more")
    assert "SAYS MORE since it was last moved" in run("list", "--changed")
    kept = ("move", "1", "leave as it is", "--version", "2", "--why", "Nothing that helps.")
    assert "ncmec:1 is closed now" in run(*kept)
    assert "Nothing" in run("list", "--changed")

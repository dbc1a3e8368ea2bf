"""Giving tips to people and handing them to another agency, typed as its users type it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from graph.clock import now_us
from tests.graph.services.people import staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore


def test_a_tip_is_given_and_handed_over(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
    monkeypatch.setenv("COLUMNS", "400")
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())

    def run(user: str, *arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(app, [*arguments, "--as", user])
        assert done.exit_code == code, done.output
        return " ".join(done.output.split())

    staff(running_store.store, "north", "south", at_us=now_us())
    take_in(running_store.store, 1)
    boss, why = "boss.north", ("--why", "The deputy has time.")
    assert "deputy.north" in run(boss, "assign", "candidates", "1")
    assert "deputy.north's" in run(boss, "assign", "give", "deputy.north", "1@0", *why)
    assert "was left" in run(boss, "assign", "give", "lead.north", "1@0", *why, code=5)
    offered = ("handoff", "offer", "1", "south", "--kind", "transfer", "--why", "Yours.")
    assert "counsel to confirm" in run(boss, *offered)
    assert "south (transfer) by boss.north" in run(boss, *offered, code=1)
    listed = json.loads(
        CliRunner().invoke(app, ["handoff", "list", "--json", "--as", "lead.south"]).output
    )
    ref = listed["items"][0]["ref"]
    assert "Yours." in run("lead.south", "handoff", "show", ref)
    done = run("lead.south", "handoff", "accept", ref, "--version", "1")
    assert "is accepted now, version 2" in done
    shown = run("lead.south", "handoff", "show", ref)
    assert "NO:" not in shown
    assert shown.count("yes") == 2
    assert "ncmec:1" in run("lead.south", "queue", "list")
    assert "Nothing" in run(boss, "queue", "list")

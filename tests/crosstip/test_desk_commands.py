"""Tasks, notes, requests to providers and assistance, typed as their users type them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from graph.clock import from_us, now_us
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.preserving import stated
from tests.stores import RunningStore


class Terminal:
    """Types commands as somebody."""

    def __init__(self, running: RunningStore, patch: pytest.MonkeyPatch) -> None:
        """Point commands at a running store."""
        settings = running.settings
        patch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
        patch.setenv("CROSSTIP_STORE", settings.store)
        patch.setenv("CROSSTIP_STORE_USER", settings.store_user)
        patch.setenv("COLUMNS", "400")
        if not settings.is_embedded:
            patch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())

    def run(self, user: str, *arguments: str, code: int = 0) -> str:
        """Give what a command prints, in one line."""
        done = CliRunner().invoke(app, [*arguments, "--as", user])
        assert done.exit_code == code, done.output
        return " ".join(done.output.split())

    def read(self, user: str, *arguments: str) -> Any:
        """Give what a command prints for machines."""
        return json.loads(CliRunner().invoke(app, [*arguments, "--json", "--as", user]).output)


def test_a_week_at_the_desk(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> None:
    staff(running_store.store, "north", "south", at_us=now_us() - DAY_US)
    at = Terminal(running_store, monkeypatch)
    today = from_us(now_us()).date()
    soon = (today + timedelta(days=3)).isoformat()
    stated(running_store.store, 1, "2020-01-06T10:00")
    _tasks_and_notes(at, soon)
    _requests(at, today.isoformat(), soon)
    _assistance(at, soon)


def _tasks_and_notes(at: Terminal, soon: str) -> None:
    given = ("task", "give", "Call the reporter.", "--tip", "1", "--kind", "call", "--due", soon)
    assert "Given as" in at.run("boss.north", *given, "--for", "lead.north")
    at.run("boss.north", *given, "--for", "lead.south", code=1)
    (task,) = at.read("lead.north", "task", "list")["items"]
    assert "Call the reporter." in at.run("lead.north", "task", "show", task["ref"])
    done = ("task", "step", task["ref"], "finish", "--version", "1")
    at.run("deputy.north", *done, code=1)
    assert "is done, version 2" in at.run("lead.north", *done)
    assert "No task" in at.run("lead.north", "task", "list")
    assert "done" in at.run("lead.north", "task", "list", "subject", "--tip", "1")
    assert "0 overdue" in at.run("ops", "task", "escalate")
    at.run("boss.north", "task", "escalate", code=1)
    first = at.read("lead.north", "note", "write", "His brother, it seems.", "--tip", "1")
    corrected = ("note", "write", "His cousin.", "--tip", "1", "--corrects", first["ref"])
    at.run("lead.north", *corrected)
    said = at.run("boss.north", "note", "list", "--tip", "1")
    assert said.startswith("SYNTHETIC: nothing here is real. NOTE, NOT EVIDENCE")
    assert "CORRECTED" in said
    at.run("boss.south", "note", "list", "--tip", "1", code=1)


def _requests(at: Terminal, today: str, soon: str) -> None:
    changed = ("agency", "change", "north", "--zone")
    at.run("admin.north", *changed, "Mars/Olympus", code=1)
    at.run("admin.north", *changed, "America/Denver")
    enter = ("provider", "enter", "preservation letter", "Chatterbox", "--reference", "L-7")
    said = at.run("lead.north", *enter, "--sent", "2020-01-06", "--tip", "1")
    assert "ends 2020-04-05 (America/Denver)" in said
    assert "confirm with provider" in said
    subpoena = ("provider", "enter", "subpoena", "Chatterbox", "--reference", "S-1", "--tip", "1")
    before = (from_us(now_us()) - timedelta(days=1)).date().isoformat()
    at.run("lead.north", *subpoena, "--sent", before, code=1)
    at.run("lead.north", *subpoena, "--sent", before, "--due", soon)
    ends = at.read("lead.north", "provider", "ends")["items"]
    assert [line["kind"] for line in ends] == [
        *("presumed expiry", "preservation letter", "subpoena"),
    ]
    assert (ends[0]["ends_on"], today < ends[2]["ends_on"]) == ("2020-04-05", True)
    assert "2020-04-05" in at.run("lead.north", "provider", "of", "--tip", "1")
    ref = ends[1]["ref"]
    renew = ("provider", "step", ref, "renew", "--version", "1")
    assert "run out" in at.run("lead.north", *renew, code=1)
    assert "3 told" in at.run("ops", "provider", "tell")
    assert "desk clock" in at.run("lead.north", "provider", "show", ref)
    done = ("provider", "step", ref, "return", "--version", "2", "--on", "2020-03-01")
    assert "returned" in at.run("lead.north", *done)


def _assistance(at: Terminal, soon: str) -> None:
    what = ("assistance", "ask", "south", "One telephone, imaged.", "--kind", "imaging")
    ask = (*what, "--reference", "26-0117", "--due", soon)
    assert "Nothing was sent" in at.run("boss.north", *ask)
    assert "Nothing waits" in at.run("boss.south", "assistance", "list")
    assert "no access to any tip" in at.run("boss.north", *ask, "--send")
    (request,) = at.read("boss.south", "assistance", "list")["items"]
    ref = request["ref"]
    at.run("boss.south", "assistance", "step", ref, "accept", "--version", "1")
    late = at.run("boss.north", "assistance", "step", ref, "withdraw", "--version", "1", code=1)
    assert "moved on by boss.south" in late
    shown = at.run("boss.north", "assistance", "show", ref)
    assert "One telephone, imaged." in shown
    assert shown.count("yes") == 2
    assert "NO:" not in shown

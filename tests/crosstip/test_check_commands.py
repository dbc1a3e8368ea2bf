"""Checks on the command line: what an officer types and reads, and how it ends."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from graph.clock import now_us
from graph.services.recording import record
from tests.crosstip.test_hash_list_commands import Commands
from tests.deliveries import delivery, email
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import staff
from tests.stores import RunningStore


@pytest.fixture
def crosstip(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """The command on a store where north claims one address, and south has an investigation."""
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.setenv("CROSSTIP_CHECK_BUCKET_MS", "1")
    monkeypatch.setenv("CROSSTIP_CHECK_LIST_LINES", "3")
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    north = case(people["lead.north"], store, "26-N", contact="555-0100")
    claimed(people["lead.north"], store, north, draft("a@example.com"))
    south = case(people["lead.south"], store, "26-S")
    claimed(people["lead.south"], store, south, draft("own@example.com"))
    record(store, [delivery("5", [email("a@example.com")], holder="south")], actor="test")
    return Commands()


def test_a_check_from_the_terminal_to_the_list_of_a_supervisor(
    crosstip: Commands, tmp_path: Path
) -> None:
    lead, boss = ("--as", "lead.south"), ("--as", "boss.south")
    terms = ("--investigation", "26-S", "--purpose", "cybertip", *lead)
    said = crosstip("check", "a@example.com", *terms, code=4)
    for text in ("HIT", "NORTH 26-N (555-0100)", "not event safety", "1 hit, 0 nothing to show"):
        assert text in said
    said = crosstip("check", "z@example.com", *terms)
    assert "not a statement that nobody works this" in said
    assert "clear" not in said.casefold()
    said = crosstip("check", "5550100123", "a@example.com", *terms, code=3)
    assert "without its country" in said
    assert "no such purpose" in crosstip(
        "check", "a@example.com", "--investigation", "26-S", "--purpose", "x", *lead, code=1
    )
    assert "Give one of" in crosstip("check", *terms, code=1)
    assert "nothing to show" in crosstip("check", "--investigation-claims", *terms)
    assert "HIT" in crosstip("check", "--tip", "5", *terms, code=4)
    answer = json.loads(crosstip("check", "a@example.com", *terms, "--json", code=4))
    assert answer["lines"][0]["pointers"][0]["reference"] == "26-N"
    source, out = tmp_path / "list.csv", tmp_path / "out.csv"
    source.write_text("Value,Who\na@example.com,1\nnonsense\x00,2\nb@example.com,3\n")
    files = ("check", "--file", str(source), "--out", str(out), *terms)
    crosstip(*files, code=3)
    rows = list(csv.reader(out.read_text().splitlines()))
    assert [row[2] for row in rows] == ["result", "hit", "not checked", "nothing to show"]
    source.write_text("value\n" + "".join(f"l{n}@example.com\n" for n in "abcd"))
    said = crosstip(*files, "--json", code=3)
    ref = json.loads(said[: said.rindex("}") + 1])["request"]
    assert ref in crosstip("check", "pending", *boss)
    assert "needed: one of these roles" in crosstip("check", "approve", ref, *lead, code=1)
    assert "Approved: 4 lines of lead.south" in crosstip("check", "approve", ref, *boss)
    assert "4 nothing to show" in crosstip(*files)
    assert "Planted as" in crosstip("check", "plant", "trap@example.com", *boss)
    crosstip("check", "trap@example.com", *terms)
    assert "planted identifier" in crosstip("check", "alerts", *boss)
    assert "phones in a row" in crosstip("check", "patterns")
    assert "lead.south" in crosstip("budgets", *boss)

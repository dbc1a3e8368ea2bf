"""What commands of the whole installation tell an agency's people, and whose the tips are then."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from graph.clock import now_us
from graph.services import groups
from graph.services.group_answers import Beside, GroupAround
from graph.services.groups import group_of
from graph.services.recording import record
from tests.crosstip.test_hash_list_commands import Commands
from tests.deliveries import delivery, email
from tests.graph.services.people import staff
from tests.stores import RunningStore

_TABLE = "number,email\n7,said@example.com\n"
_MAPPING = (
    'format = "crosstip-mapping/1"\nsource = "form"\nreporter_role = "parent"\n'
    '[columns]\n"number" = "number"\n"email" = "reported email"\n'
)


@pytest.fixture
def crosstip(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """The command on a store with two agencies, of which south holds all tips."""
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    staff(running_store.store, "north", "south", at_us=now_us())
    held = [delivery(str(n), [email("a@example.com")], holder="south") for n in range(101, 114)]
    record(running_store.store, held, actor="test")
    return Commands()


def test_counting_tells_an_agency_nothing_of_the_tips_of_others(crosstip: Commands) -> None:
    """`figures` counts hidden work for operators alone; so does what counts it anew."""
    lead, ops = ("--as", "lead.north"), ("--as", "ops")
    assert "13 tips" in crosstip("links", "snapshot", *ops)
    counted = crosstip("links", "snapshot", *lead)
    assert "Counted" in counted
    assert "13 tips" not in counted
    assert "values shared" not in counted
    assert "looked_at" in json.loads(crosstip("states", "find", "--json", *ops))
    told = json.loads(crosstip("states", "find", "--json", *lead))
    assert set(told) == {"at_us", "snapshot_us", "rules", "cut_off"}
    assert "told to operators" in crosstip("states", "find", *lead)
    assert "the links of 8 tips" in crosstip("links", "chance", "--estimate", *lead)
    assert json.loads(crosstip("links", "chance", "--json", *lead))["tips"] == 8


def test_what_a_folder_brings_belongs_to_whoever_watches_it(
    crosstip: Commands, running_store: RunningStore, tmp_path: Path
) -> None:
    """As `ingest` has it; else nobody would see them, and nothing would say so."""
    folder, mapping = tmp_path / "in", tmp_path / "m.toml"
    folder.mkdir()
    mapping.write_text(_MAPPING)
    watch = ("watch", str(folder), "--synthetic", "--mapping", str(mapping))
    looks = ("--rounds", "2", "--every", "0.2")

    def put(number: int) -> None:
        path = folder / f"{number}.csv"
        path.write_text(_TABLE.replace("7", str(number)))
        os.utime(path, (1_700_000_000, 1_700_000_000))

    put(7)
    crosstip(*watch, *looks, "--as", "lead.north")
    held = (
        "MATCH (t:Tip) WHERE t.stub = false AND t.source = 'form' RETURN t.holders ORDER BY t.key"
    )
    assert running_store.rows(held) == [(["north"],)]
    put(8)
    assert "nobody holds 1" in crosstip(*watch, *looks, "--as", "ops")


def test_tips_beside_a_group_are_in_the_log_as_well(
    crosstip: Commands, running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_another(*given: object, **more: object) -> GroupAround:
        found = group_of(*given, **more)  # type: ignore[arg-type]
        return replace(found, beside=(Beside(tips=("ncmec:113",), holds=()),))

    monkeypatch.setattr(groups, "group_of", with_another)
    assert "ncmec:113" in crosstip("groups", "101", "--as", "lead.south")
    ((shown,),) = running_store.rows(
        "MATCH (a:AuditEntry {action: 'link.read'}) RETURN a.disclosed"
    )
    assert "ncmec:113" in str(shown)

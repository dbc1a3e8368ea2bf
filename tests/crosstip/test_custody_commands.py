"""Custody on the command line: the page, the bundle with its original, and its check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from graph.clock import now_us
from tests.crosstip.test_commands import TIP
from tests.graph.services.people import staff
from tests.stores import RunningStore

NUMBER = "123456789"


def test_a_tips_custody_is_shown_bundled_and_checked_without_a_store(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("CROSSTIP_CHECKPOINTS_DIR", str(tmp_path / "published"))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
    monkeypatch.setenv("COLUMNS", "400")
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())

    def run(user: str, *arguments: object, code: int = 0) -> str:
        monkeypatch.setenv("CROSSTIP_USER", user)
        done = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert done.exit_code == code, done.output
        return done.output

    staff(running_store.store, "north", "south", at_us=now_us())
    file, out = tmp_path / "tip.json", tmp_path / "bundle.zip"
    file.write_text(json.dumps(TIP))
    lead = "lead.north"
    run(lead, "ingest", "--synthetic", "--holder", "north", file)
    assert "Summary, not evidence" in run(lead, "custody", "show", NUMBER)
    shown = json.loads(run(lead, "custody", "show", NUMBER, "--json"))
    (document,) = shown["custody"]["documents"]
    assert document["held"] == "in the vault"
    assert (shown["log"][0]["action"], shown["log"][0]["actor"]) == ("tip.received", lead)
    assert "no tip" in run("lead.south", "custody", "show", NUMBER, code=1)
    bundle = ("custody", "bundle", NUMBER, "--to", out, "--originals", "--for", "the defence")
    assert "audit key new" in run(lead, *bundle, code=1)
    assert not out.exists(), "what was not made is not there"
    key = run("ops", "audit", "key", "new").strip().splitlines()[-1]
    run("ops", "audit", "checkpoint", "--now")
    assert "1 originals" in run(lead, *bundle)
    _checked_where_there_is_no_store(run, out, key, monkeypatch, tmp_path)


def _checked_where_there_is_no_store(
    run: object, out: Path, key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert callable(run)
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(tmp_path / "nowhere"))
    assert "1 of 1 originals" in run("", "custody", "verify", out, "--key", key)
    assert not (tmp_path / "nowhere").exists()
    out.write_bytes(out.read_bytes().replace(b"ncmec:123456789", b"ncmec:123456780", 1))
    assert "DOES NOT HOLD" in run("", "custody", "verify", out, "--key", key, code=1)
    assert "CANNOT BE READ" in run("", "custody", "verify", tmp_path / "no", "--key", key, code=2)

"""Custody on the command line: the page, the bundle with its original, and its check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.engines.embedded import attach
from tests.crosstip.test_audit_commands import crosstip
from tests.crosstip.test_commands import TIP

pytestmark = pytest.mark.timeout(400)


def test_a_tips_custody_is_shown_bundled_and_checked_without_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(data))
    tip, out = tmp_path / "tip.json", tmp_path / "bundle.zip"
    tip.write_text(json.dumps(TIP))
    with _people(data, monkeypatch):
        crosstip("ingest", "--synthetic", "--holder", "alder", tip)
        number = "123456789"
        said = crosstip("custody", "show", number)
        assert "Summary, not evidence" in said
        shown = json.loads(crosstip("custody", "show", number, "--json"))
        (document,) = shown["custody"]["documents"]
        assert document["held"] == "in the vault"
        assert [entry["action"] for entry in shown["log"]][0] == "tip.received"
        assert "audit key new" in crosstip("custody", "bundle", number, "--to", out, code=1)
        assert not out.exists()
        key = crosstip("audit", "key", "new", "--as", "ops").strip()
        crosstip("audit", "checkpoint", "--as", "ops")
        words = ("custody", "bundle", number, "--to", out, "--originals", "--for", "the defence")
        assert "1 originals" in crosstip(*words)
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(tmp_path / "nowhere"))
    assert "1 of 1 originals" in crosstip("custody", "verify", out, "--key", key)
    assert not (tmp_path / "nowhere").exists(), "it needs no store"
    bent = out.read_bytes().replace(b"ncmec:123456789", b"ncmec:123456780", 1)
    out.write_bytes(bent)
    assert "DOES NOT HOLD" in crosstip("custody", "verify", out, "--key", key, code=1)
    assert "CANNOT BE READ" in crosstip("custody", "verify", tmp_path / "no", "--key", key, code=2)

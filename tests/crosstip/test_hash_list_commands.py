"""Hash lists, near hashes and first sights on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.services.recording import record
from graph.statements import FileStatement
from tests.crosstip.test_commands import without_notice
from tests.deliveries import delivery, file_hash, says
from tests.stores import RunningStore

MD5 = "0123456789abcdef0123456789abcdef"
OTHER = "89abcdef0123456789abcdef01234567"
PDQ = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2


class Commands:
    """Runs commands in this process on a running store."""

    def __call__(self, *arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(app, list(arguments))
        assert done.exit_code == code, done.output
        return " ".join(without_notice(done.output).split())


@pytest.fixture
def crosstip(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """The command on a store with one tip."""
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    pdq = says(IdentifierKind.FILE_HASH, f"pdq:{PDQ}", role=Role.FILE, state="shared", file_id="g")
    said = [file_hash(f"md5:{MD5}", file_id="f"), pdq]
    files = [FileStatement(file_id=name, name=f"{name}.jpg") for name in "fg"]
    record(running_store.store, [delivery("123", said, files=files)], actor="test")
    return Commands()


def test_a_list_from_import_to_withdrawal(crosstip: Commands, tmp_path: Path) -> None:
    assert "First seen here in ncmec:123: No hash list" in crosstip("history", MD5)
    path = tmp_path / "list.csv"
    path.write_text(f"\ufeffHash;Note\n{MD5.upper()};a\nnonsense;b\n{OTHER};c\n")
    stated = ("--name", "Series A", "--source", "Example Source", "--dated")
    said = crosstip("hashlist", "import", str(path), *stated, "2026-11-01", code=3)
    assert "2 hashes: 2 new" in said
    assert "Line 3: hash: The type is not stated" in said
    assert "nonsense" not in said
    held = crosstip("history", MD5)
    assert "On the hash list Series A of Example Source: in the issue of 2026-11-01" in held
    shown = crosstip("show", "123", "--json")
    files = json.loads(shown)["files"]
    assert [file["seen"] for file in files] == ["on a hash list", "not known"]
    assert "Hash list Series A (Example Source, 2026-11-01)" in crosstip("show", "123")
    path.write_text(f"{OTHER}\n")
    refused = crosstip("hashlist", "import", str(path), *stated, "2026-10-01", code=1)
    assert "newer than 2026-10-01" in refused
    newer = crosstip("hashlist", "import", str(path), *stated, "2026-11-02", "--json")
    assert json.loads(newer)["done"]["dropped"] == 1
    assert "On no hash list in force here." in crosstip("history", MD5)
    (row,) = json.loads(crosstip("hashlist", "list", "--json"))
    assert (row["entry_count"], row["unfinished"]) == (1, None)
    assert "in force" in crosstip("hashlist", "list")
    assert "1 hashes" in crosstip("hashlist", "withdraw", "series a", "--why", "mistaken")
    assert "mistaken" in crosstip("hashlist", "show", "series a")
    assert "no hash list" in crosstip("hashlist", "show", "other", code=1)


def test_near_says_that_it_is_a_hint(crosstip: Commands) -> None:
    said = crosstip("near", PDQ[:-1] + "1")
    assert "not the same file" in said
    assert "1 of 256 bits differ" in said
    assert "ncmec:123" in said
    assert json.loads(crosstip("near", PDQ, "--json"))["hits"][0]["distance"] == 0
    assert "flat" in crosstip("near", "0" * 64, code=1)
    assert "no PDQ" in crosstip("near", MD5, code=1)
    assert "No hash within 31 bits" in crosstip("near", "a53c" * 16)

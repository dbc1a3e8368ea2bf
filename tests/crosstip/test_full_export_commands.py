"""`crosstip export --all` and `crosstip import`, as whoever runs an installation uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.engines.embedded import attach
from tests.crosstip.test_commands import TIP, CommandLine

pytestmark = [pytest.mark.timeout(400), pytest.mark.long]


def test_a_store_moves_to_a_new_place(tmp_path: Path) -> None:
    """One engine at a time; each command in this process."""
    tips = tmp_path / "tips"
    tips.mkdir()
    (tips / "1.json").write_text(json.dumps(TIP))
    old, new = CommandLine(tmp_path / "old"), CommandLine(tmp_path / "new")
    for command in (old, new):
        command.data_dir.mkdir(mode=0o700)
    out, again = tmp_path / "all.ndjson", tmp_path / "again.ndjson"
    with attach(old.data_dir / "engine"):
        old("ingest", "--synthetic", tips)
        assert "Say --all" in old("export", out, code=1)
        assert not out.exists()
        assert "in clear" in old("export", "--all", out)
        assert "name another file" in old("export", "--all", out, code=1)
    manifest = json.loads(out.with_name("all.ndjson.manifest.json").read_bytes())
    assert any("audit export" in sentence for sentence in manifest["left_out"])
    assert out.stat().st_mode & 0o077 == 0
    cut = tmp_path / "cut.ndjson"
    cut.write_bytes(b"".join(out.read_bytes().splitlines(keepends=True)[:-1]))
    assert "cut off" in new("import", cut, code=1)
    with attach(new.data_dir / "engine"):
        assert "edges are in" in new("import", out)
        assert "into an empty store alone" in new("import", out, code=1)
        assert "someone@example.com" in new("show", "123456789")
        new("export", "--all", again)
    assert again.read_bytes().splitlines()[1:] == out.read_bytes().splitlines()[1:]

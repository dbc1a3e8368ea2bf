"""The log on the command line: an auditor proves from a checkpoint kept before."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from graph.engines.embedded import attach
from tests.crosstip.test_commands import TIP, without_notice

pytestmark = pytest.mark.timeout(400)
ROOT = Path(__file__).parents[2]


def crosstip(*arguments: str | Path, code: int = 0) -> str:
    """Run a command in this process: there are many, and each process costs seconds."""
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    return without_notice(done.output)


def verified_elsewhere(export: Path, *, key: str, kept: Path) -> str:
    """What the stand-alone verifier says of an export, in an isolated Python of its own."""
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            str(ROOT / "graph" / "audit" / "standalone_verifier.py"),
            *("export", str(export), "--key", key, "--kept", str(kept)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_a_log_is_kept_verified_proved_and_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(data))
    tip = tmp_path / "tip.json"
    tip.write_text(json.dumps(TIP))
    crosstip("ingest", "--synthetic", tip)
    with attach(data / "engine"):
        unsigned = crosstip("audit", "verify")
        assert "nothing vouches for the log" in unsigned
        assert "leaves wait for a number" in unsigned
        assert "holds" not in unsigned
        assert "audit key new" in crosstip("audit", "checkpoint", code=1)
        key = crosstip("audit", "key", "new").strip()
        assert "already" in crosstip("audit", "key", "new", code=1)
        assert "Checkpoint 0" in crosstip("audit", "checkpoint")
        assert "No checkpoint is due" in crosstip("audit", "checkpoint")
        kept = tmp_path / "kept.json"
        crosstip("audit", "keep", kept)
        assert "name another file" in crosstip("audit", "keep", kept, code=1)
        crosstip("ingest", "--synthetic", tip)
        assert "leaves numbered" in crosstip("audit", "sequence")
        crosstip("audit", "key", "rotate")
        assert "Checkpoint 1" in crosstip("audit", "checkpoint", "--now")
        said = crosstip("audit", "verify", "--kept", kept, "--key", key)
        assert "Everything that is numbered and signed holds." in said
        assert json.loads(crosstip("audit", "verify", "--json"))["is_good"] is True
        assert "signed holds" in crosstip("audit", "verify", "--log", "operator")
        assert "no log nothing" in crosstip("audit", "verify", "--log", "nothing", code=1)
        lines = json.loads(crosstip("audit", "ledger", "ncmec:123456789", "--json"))
        lines = [line for line in lines if line["action"] == "tip.recorded"]
        assert [line["outcome"] for line in lines] == ["duplicate", "new tip"]
        assert "tip.recorded" in crosstip("audit", "ledger", "ncmec:123456789")
        proof = json.loads(crosstip("audit", "prove", lines[0]["entry"]))
        assert json.loads(proof["record"])["outcome"] == "duplicate"
        assert json.loads(crosstip("audit", "prove", "--since", kept))["path"] != []
        assert "either" in crosstip("audit", "prove", code=1)
        assert "operator" in crosstip("audit", "logs")
        crosstip("audit", "export", tmp_path / "export")
    published = data / "checkpoints" / "000001.checkpoint"
    assert "no sign of two histories" in crosstip("audit", "compare", kept, published)
    said = verified_elsewhere(tmp_path / "export", key=key, kept=kept)
    assert "records hold" in said

"""An auditor keeps a checkpoint, work goes on, and then proves that nothing was rewritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.clock import now_us
from tests.crosstip.test_hash_list_commands import Commands
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import staff
from tests.stores import RunningStore

OPS, AUDITOR, OTHER = ("--as", "ops"), ("--as", "audit.north"), ("--as", "audit.south")


@pytest.fixture
def crosstip(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Commands:
    """The command on a store where north claims an address and south has an investigation."""
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.setenv("CROSSTIP_CHECK_BUCKET_MS", "1")
    monkeypatch.setenv("CROSSTIP_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("CROSSTIP_VAULT", str(tmp_path / "vault"))
    monkeypatch.setenv("CROSSTIP_CHECKPOINTS_DIR", str(tmp_path / "checkpoints"))
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    claimed(people["lead.north"], store, case(people["lead.north"], store, "26-N"), draft())
    case(people["lead.south"], store, "26-S")
    return Commands()


def test_an_auditor_proves_from_a_kept_checkpoint_that_nothing_was_rewritten(
    crosstip: Commands, running_store: RunningStore, tmp_path: Path
) -> None:
    key = crosstip("audit", "key", "new").strip()
    crosstip("audit", "checkpoint", "--now", *OPS)
    kept = str(tmp_path / "kept.json")
    assert "records of agency:north" in crosstip("audit", "keep", kept, *AUDITOR)
    crosstip("check", "x@example.com", "--investigation", "26-S", "--purpose", "cybertip",
             "--as", "lead.south", code=4)  # fmt: skip
    crosstip("audit", "checkpoint", "--now", *OPS)
    verify = ("audit", "verify", "--kept", kept, "--key", key)
    said = crosstip(*verify, *AUDITOR)
    assert "Everything that is numbered and signed holds." in said
    assert "agency:north" in said
    assert "agency:south" not in said
    assert "agency:north" not in crosstip(*verify, *OTHER)
    running_store.rows(
        "MATCH (e:AuditEntry {log: 'agency:north', action: 'investigation.open'}) "
        "SET e.outcome = 'closed' RETURN count(e) AS total"
    )
    said = crosstip(*verify, *AUDITOR, code=1)
    assert "first bad position" in said
    assert "THE LOG DOES NOT HOLD" in said

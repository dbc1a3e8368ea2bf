"""An export and proofs are checked by somebody who has neither Crosstip nor trust in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.audit.keys import load_signer, new_signer
from graph.audit.settings import AuditSettings
from graph.services.audit_export import export_log
from graph.services.audit_heads import keep
from graph.services.audit_proofs import prove_entry, prove_growth
from graph.services.audit_sequencer import sequence
from graph.store import Store
from tests.graph.services.logbook import fill, note, settings_in
from tests.stores import RunningStore

VERIFIER = Path(__file__).parents[3] / "graph" / "audit" / "standalone_verifier.py"


@pytest.fixture
def settings(tmp_path: Path) -> AuditSettings:
    """Settings with a key of their own."""
    return settings_in(tmp_path)


def standalone(*arguments: object) -> tuple[int, str]:
    """Run the verifier as somebody without Crosstip does: isolated, from another directory."""
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), *map(str, arguments)],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def exported(store: Store, path: Path) -> Path:
    """Write an export and give its path."""
    with path.open("w", encoding="utf-8") as target:
        export_log(store, "operator", write=target.write)
    return path


def test_an_export_is_checked_without_crosstip(
    running_store: RunningStore, settings: AuditSettings, tmp_path: Path
) -> None:
    fill(running_store, settings)
    note(running_store.store, 3, start=320)
    sequence(running_store.store)
    key = load_signer(settings.keys.signing).public.text
    file = exported(running_store.store, tmp_path / "export")
    kept = tmp_path / "kept"
    kept.write_text(keep(running_store.store, "operator").model_dump_json())
    code, said = standalone("export", file, "--key", key, "--kept", kept)
    assert (code, said) == (
        0,
        "operator: 323 records hold; 320 are covered by 3 checkpoints, 3 by none yet.\n",
    )
    assert standalone("export", file, "--key", new_signer().public.text)[0] == 1
    growth = tmp_path / "growth"
    growth.write_text(
        prove_growth(
            running_store.store, keep(running_store.store, "operator", number=0)
        ).model_dump_json()
    )
    assert standalone("proof", growth, "--key", key) == (
        0,
        "The first 300 records of operator are unchanged; it has 320 now.\n",
    )
    entry = str(running_store.rows("MATCH (e:AuditEntry {object: 'ncmec:7'}) RETURN e.key")[0][0])
    proof = tmp_path / "proof"
    proof.write_text(prove_entry(running_store.store, entry).model_dump_json())
    assert standalone("proof", proof, "--key", key)[0] == 0
    proof.write_text(proof.read_text().replace("ncmec:7", "ncmec:8"))
    assert standalone("proof", proof, "--key", key)[0] == 1


def test_both_verifiers_agree_on_a_bent_store(
    running_store: RunningStore, settings: AuditSettings, tmp_path: Path
) -> None:
    fill(running_store, settings)
    key = load_signer(settings.keys.signing).public.text
    running_store.rows(
        "MATCH (e:AuditEntry {place: 'log|operator|000000000000111'}) SET e.actor = 'nobody'"
    )
    said = standalone("export", exported(running_store.store, tmp_path / "e"), "--key", key)[1]
    assert said == "DOES NOT HOLD: record 111 is not the one that was logged\n"

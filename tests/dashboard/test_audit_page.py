"""The page Audit over a real API: the ledger, a proven entry, and the log against what was kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from client.proofs import ProofError
from client.resources.audit import LedgerEntry
from dashboard.desk.audit_lists import kept_file, narrowed
from graph.audit.settings import AuditSettings
from graph.casework.caller import Caller
from graph.services.audit_heads import keep
from tests.api.live import live_api, opener_of
from tests.dashboard.meeting import alder_and_birch, opened_at
from tests.dashboard.opened import cells, words
from tests.graph.services.logbook import publish, settings_in
from tests.stores import RunningStore

RECORD = "alder|A-1"


@pytest.fixture
def at(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[dict[str, Caller], AuditSettings, bytes]]:
    """Two agencies, a published checkpoint, and what alder kept of it."""
    people = alder_and_birch(running_store.store)
    settings = settings_in(tmp_path)
    publish(running_store, settings)
    kept = keep(running_store.store, "agency:alder").model_dump_json().encode()
    with live_api(opener_of(running_store.store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield people, settings, kept


def test_an_auditor_reads_proves_and_verifies(
    running_store: RunningStore, at: tuple[dict[str, Caller], AuditSettings, bytes]
) -> None:
    people, settings, kept = at
    page = opened_at(running_store.store, people, "audit.alder", "audit")
    assert not page.exception
    page.text_input(key="ledger-record").input(RECORD)
    page = page.button(key="ledger-button").click().run()
    assert cells(page, "Who") == [["lead.alder"]]
    page = page.selectbox(key="chosen-ledger").select_index(0).run()
    said = words(page)
    assert "Proven: record " in said
    assert "actor: lead.alder" in said
    page = page.text_input(key="ledger-who").input("nobody").run()
    assert f"{RECORD}: 0 of 1 entries." in words(page)
    publish(running_store, settings)
    page.file_uploader(key="verify-file").set_value(("kept.json", kept, "application/json"))
    page = page.button(key="verify-button").click().run()
    assert not page.exception
    assert "Checked on this page, from the hashes in your file: Your checkpoint" in words(page)
    assert "Everything that is numbered and signed holds." in words(page)
    assert cells(page, "Log") == [["agency:alder"]]
    page = page.button(key="keep-button").click().run()
    assert not page.exception
    assert page.get("download_button")


def test_what_was_changed_is_no_proof_and_another_agencys_is_refused(
    running_store: RunningStore, at: tuple[dict[str, Caller], AuditSettings, bytes]
) -> None:
    people, _, kept = at
    changed = json.loads(kept)
    changed["opening"]["size"] += 1
    page = opened_at(running_store.store, people, "audit.alder", "audit")
    for data in (json.dumps(changed).encode(), b"[]", b"\xff"):
        page.file_uploader(key="verify-file").set_value(("kept.json", data, "application/json"))
        page = page.button(key="verify-button").click().run()
        assert not page.exception
        assert len(page.error) == 1
        assert "It holds." not in repr([one.value for one in page.success])
    other = opened_at(running_store.store, people, "audit.birch", "audit")
    other.text_input(key="ledger-record").input(RECORD)
    other = other.button(key="ledger-button").click().run()
    assert f"{RECORD}: 0 of 0 entries." in words(other)
    other.file_uploader(key="verify-file").set_value(("kept.json", kept, "application/json"))
    other = other.button(key="verify-button").click().run()
    assert "Nothing was verified. That is no finding." in words(other)
    assert "holds" not in words(other).replace("audit.keep", "")


def _line(actor: str, action: str, at: str) -> LedgerEntry:
    none = {"agency": None, "purpose": None, "investigation": None, "number": None}
    said = {"entry": "e", "log": "l", "outcome": "done", "capacity": "shown", **none}
    return LedgerEntry.model_validate({**said, "actor": actor, "action": action, "at": at})


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ({}, 2),
        ({"who": "ANN"}, 1),
        ({"what": "claim"}, 1),
        ({"first": "2026-11-23"}, 1),
        ({"last": "2026-11-22"}, 1),
        ({"who": "ann", "last": "2026-11-21"}, 0),
    ],
)
def test_lines_are_narrowed_by_who_what_and_when(given: dict[str, str], count: int) -> None:
    lines = [
        _line("ann", "tip.read", "2026-11-22T23:59:59Z"),
        _line("bob", "claim.add", "2026-11-23T00:00:00Z"),
    ]
    nothing = {"who": "", "what": "", "first": "", "last": ""}
    assert len(narrowed(lines, **{**nothing, **given})) == count


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 100_000, b"1"])
def test_what_is_no_checkpoint_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(ProofError):
        kept_file(data)

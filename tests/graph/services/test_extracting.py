"""Extracts: what goes in, what is kept back, and who may take what out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.casework.tip_scope import TipScope
from graph.clock import now_us
from graph.errors import NotFoundError, QuestionError
from graph.exchange.extract import Extract
from graph.roles import Role
from graph.services.audit_ledger import ledger
from graph.services.extracting import MOST_TIPS, Choice, gather
from graph.services.recording import record
from graph.store import Store
from tests.crosstip.test_hash_list_commands import Commands
from tests.deliveries import delivery, email
from tests.graph.services.people import staff
from tests.linking import BASIS
from tests.stores import RunningStore

SUBJECT, CHILD = "subject@example.com", "child@example.com"


def _county(store: Store) -> None:
    staff(store, "north", "south", at_us=now_us())
    said = [email(SUBJECT), email(CHILD, role=Role.VICTIM)]
    record(store, [delivery("1", said, holder="south")], actor="test")
    record(store, [delivery("2", said, holder="south")], actor="test")
    record(store, [delivery("3", said, holder="north")], actor="test")


def _extract(store: Store, choice: Choice, agency: str = "south") -> Extract:
    return gather(
        store.seen_by(TipScope(holder=agency)),
        choice,
        basis=BASIS,
        made_by=f"lead.{agency}",
        agency=agency,
        synthetic=True,
    )


def test_linked_tips_go_with_it_and_children_are_kept_back(store: Store) -> None:
    _county(store)
    found = _extract(store, Choice(tips=["ncmec:1"]))
    assert [tip.key for tip in found.tips] == ["ncmec:1", "ncmec:2"]
    assert {value.key for value in found.identifiers} == {SUBJECT}
    assert {said.role for said in found.assertions} == {"reported"}
    (link,) = found.links
    assert (link.tip, link.other) == ("ncmec:1", "ncmec:2")
    assert CHILD not in repr(found)
    assert "reporting persons and guardians (2)" in " ".join(found.left_out)
    whole = _extract(store, Choice(tips=["ncmec:1"], linked=False, protected=True))
    assert [tip.key for tip in whole.tips] == ["ncmec:1"]
    assert {value.key for value in whole.identifiers} == {SUBJECT, CHILD}
    assert whole.links == ()
    assert "1 links lead to tips that are not in it" in whole.left_out[-1]


def test_another_agencys_tip_is_not_there(store: Store) -> None:
    _county(store)
    for tip in ("ncmec:3", "ncmec:77"):
        with pytest.raises(NotFoundError):
            _extract(store, Choice(tips=["ncmec:1", tip]))
    assert [tip.key for tip in _extract(store, Choice(tips=["ncmec:3"]), "north").tips] == [
        "ncmec:3"
    ]


def test_no_tip_or_too_many_are_refused(store: Store) -> None:
    for tips in ([], [f"ncmec:{n}" for n in range(MOST_TIPS + 1)]):
        with pytest.raises(QuestionError, match="Name 1 to 200 tips"):
            _extract(store, Choice(tips=tips))


def test_the_command_writes_file_and_manifest_and_a_leaf_names_each_tip(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings, store, crosstip = running_store.settings, running_store.store, Commands()
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    _county(store)
    file = tmp_path / "out.json"
    crosstip("extract", "1", "--to", str(file), "--format", "stix", "--as", "lead.south")
    manifest = json.loads(file.with_name("out.json.manifest.json").read_text())
    assert manifest["tips"] == ["ncmec:1", "ncmec:2"]
    assert (file.stat().st_mode & 0o777, CHILD in file.read_text()) == (0o600, False)
    for tip in manifest["tips"]:
        outcomes = [line.outcome for line in ledger(store, tip, limit=50)]
        said = f"to be written into an extract without protected: stix, {manifest['sha256']}"
        assert said in outcomes
    before = file.read_bytes()
    for words in (
        ("1", "--to", str(file), "--as", "lead.south"),
        ("3", "--to", str(tmp_path / "b"), "--as", "lead.south"),
        ("1", "--to", str(tmp_path / "b"), "--as", "ops"),
    ):
        crosstip("extract", *words, code=1)
    assert file.read_bytes() == before
    assert not (tmp_path / "b").exists()

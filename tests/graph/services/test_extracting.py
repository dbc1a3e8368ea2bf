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
from graph.services.extracting import MOST_TIPS, Choice, gather, named_once
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


def test_no_tip_or_too_many_are_refused_with_what_to_do() -> None:
    with pytest.raises(QuestionError, match="none was named"):
        named_once([])
    assert named_once(["a", "b", "a"]) == ["a", "b"]
    assert len(named_once([f"ncmec:{n % MOST_TIPS}" for n in range(1000)])) == MOST_TIPS
    with pytest.raises(QuestionError, match=r"200 tips at most, and 401 were.* Make 3 extracts"):
        named_once([f"ncmec:{n}" for n in range(401)])


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
    why = ("--purpose", "cybertip", "--for", "the county's lab")
    crosstip("extract", "1", "--to", str(file), *why, "--as", "lead.south")
    manifest = json.loads(file.with_name("out.json.manifest.json").read_text())
    assert manifest["tips"] == ["ncmec:1", "ncmec:2"]
    assert (file.stat().st_mode & 0o777, CHILD in file.read_text()) == (0o600, False)
    for tip in manifest["tips"]:
        outcomes = [line.outcome for line in ledger(store, tip, limit=50)]
        said = "into an extract for the county's lab, without protected: stix, "
        assert outcomes.count(said + manifest["sha256"]) == 1
    purposes = running_store.rows(
        "MATCH (e:AuditEntry) WHERE e.outcome STARTS WITH 'into an extract' "
        "RETURN e.purpose AS purpose"
    )
    assert purposes == [("cybertip",)]
    before = file.read_bytes()
    other = ("--to", str(tmp_path / "b"))
    for words in (
        ("1", "--to", str(file), *why, "--as", "lead.south"),
        ("3", *other, *why, "--as", "lead.south"),
        ("1", *other, *why, "--as", "ops"),
        ("1", *other, "--purpose", "curiosity", "--for", "a lab", "--as", "lead.south"),
        ("1", *other, "--purpose", "cybertip", "--for", "jane@example.com", "--as", "lead.south"),
        ("1", *other, *why, "--format", "vics", "--claims", "--as", "lead.south"),
        (*map(str, range(1, 202)), *other, *why, "--as", "lead.south"),
    ):
        crosstip("extract", *words, code=1)
    for words in (("--purpose", "cybertip"), ("--for", "a lab")):
        crosstip("extract", "1", *other, *words, "--as", "lead.south", code=2)
    assert file.read_bytes() == before
    assert not (tmp_path / "b").exists()

"""The log in the store: bent in every way, proved, exported, and checked without Crosstip."""

from __future__ import annotations

import json
from pathlib import Path
from typing import LiteralString

import pytest

from graph.audit.errors import AuditError, AuditKeyError
from graph.audit.keys import load_signer, new_signer, save_signer
from graph.audit.settings import AuditSettings
from graph.services.audit_checkpoints import publish_if_due
from graph.services.audit_heads import keep
from graph.services.audit_proofs import prove_entry, prove_growth
from graph.services.audit_sequencer import sequence
from graph.services.audit_verify import verify
from tests.graph.services.logbook import fill, note, publish, settings_in
from tests.stores import RunningStore


@pytest.fixture
def settings(tmp_path: Path) -> AuditSettings:
    """Settings with a key of their own."""
    return settings_in(tmp_path)


def test_checkpoints_come_on_their_timetable_and_cover_everything(
    running_store: RunningStore, settings: AuditSettings
) -> None:
    fill(running_store, settings)
    assert publish_if_due(running_store.store, settings) is None
    again = settings.model_copy(update={"checkpoint_every_s": 1})
    files = sorted(path.name for path in settings.published.iterdir())
    assert files == [f"00000{n}.checkpoint" for n in range(3)]
    (settings.published / files[2]).unlink()
    while (made := publish_if_due(running_store.store, again)) is None:
        pass
    assert made.checkpoint.number == 3
    assert len(list(settings.published.iterdir())) == 4
    key = load_signer(settings.keys.signing).public
    report = verify(running_store.store, key=key)
    assert report.is_good
    assert report.checkpoints == 4
    assert [(r.log, r.records, r.signed) for r in report.logs] == [
        ("agency:a", 5, 5),
        ("operator", 320, 320),
    ]
    assert len(running_store.rows("MATCH (h:AuditHead) RETURN h.key")) == 4


def test_without_a_key_nothing_is_published(running_store: RunningStore, tmp_path: Path) -> None:
    note(running_store.store, 1)
    with pytest.raises(AuditKeyError, match="audit key new"):
        publish_if_due(running_store.store, AuditSettings(data_dir=tmp_path), at_once=True)
    assert running_store.rows("MATCH (c:Checkpoint) RETURN count(c)") == [(0,)]


BENDS: dict[str, tuple[tuple[LiteralString, ...], str, int]] = {
    "a value": (
        ("MATCH (e:AuditEntry {place: $a}) SET e.outcome = 'other'",),
        "is not the one that was logged",
        42,
    ),
    "a swap": (
        (
            "MATCH (e:AuditEntry {place: $a}) SET e.place = 'x'",
            "MATCH (e:AuditEntry {place: $b}) SET e.place = $a",
            "MATCH (e:AuditEntry {place: 'x'}) SET e.place = $b",
        ),
        "is not the one that was logged",
        42,
    ),
    "a deletion": (("MATCH (e:AuditEntry {place: $a}) DETACH DELETE e",), "is missing", 42),
    "a record hidden": (("MATCH (e:AuditEntry {place: $a}) SET e.place = 'x'",), "missing", 42),
    "an insertion": (
        (
            (
                "CREATE (e:AuditEntry {key: 'zz', place: $a, log: 'operator', format: 1, at_us: 1, "
                "actor: 'x', action: 'x', outcome: 'x'})"
            ),
        ),
        "record 4",
        43,
    ),
    "one more at the end": (
        (
            (
                "CREATE (e:AuditEntry {key: 'zz', place: 'log|operator|000000000000320', "
                "log: 'operator', format: 1, at_us: 1, actor: 'x', action: 'x', outcome: 'x'})"
            ),
        ),
        "more than the log has",
        320,
    ),
    "another log's name": (
        ("MATCH (e:AuditEntry {place: $a}) SET e.log = 'agency:a'",),
        "is not the one that was logged",
        42,
    ),
    "a cut end": (
        (
            (
                "MATCH (e:AuditEntry) WHERE e.place >= 'log|operator|000000000000250' "
                "AND e.place < 'log|operator}' DETACH DELETE e"
            ),
        ),
        "is missing",
        250,
    ),
    "a root": (("MATCH (l:AuditLog {key: 'operator'}) SET l.root = '00'",), "root kept", 320),
}


@pytest.mark.parametrize("name", list(BENDS))
def test_what_is_bent_in_the_store_is_found_at_its_position(
    running_store: RunningStore, settings: AuditSettings, name: str
) -> None:
    statements, says, position = BENDS[name]
    fill(running_store, settings)
    at = {"a": "log|operator|000000000000042", "b": "log|operator|000000000000043"}
    for statement in statements:
        running_store.rows(statement, **{k: v for k, v in at.items() if f"${k}" in statement})
    report = verify(running_store.store)
    assert not report.is_good
    finding = next(r.finding for r in report.logs if r.log == "operator")
    assert finding is not None
    assert says in finding.what
    # Of two under one number, which comes first is the engine's choice.
    assert finding.position == position or (name == "an insertion" and finding.position == 42)
    assert next(r.finding for r in report.logs if r.log == "agency:a") is None


def test_a_log_that_is_set_back_whole_is_found_by_a_kept_checkpoint(
    running_store: RunningStore, settings: AuditSettings
) -> None:
    """Everything is made anew: other records, tiles, heads, checkpoints, under the same key."""
    fill(running_store, settings)
    kept = keep(running_store.store, "operator")
    assert verify(running_store.store, kept=[kept]).is_good
    running_store.wipe(synthetic=True)
    note(running_store.store, 320, name="rewritten")
    publish(running_store, settings)
    assert verify(running_store.store).is_good
    report = verify(running_store.store, kept=[kept])
    assert not report.is_good
    assert any("set back" in problem for problem in report.problems)
    (finding,) = [r.finding for r in report.logs]
    assert finding is not None
    assert "not those that were signed" in finding.what
    with pytest.raises(AuditError, match="unchanged"):
        prove_growth(running_store.store, kept)


def test_checkpoints_that_are_cut_or_forged_are_found(
    running_store: RunningStore, settings: AuditSettings
) -> None:
    fill(running_store, settings)
    running_store.rows("MATCH (c:Checkpoint {key: '000000000002'}) DETACH DELETE c")
    cut = verify(running_store.store)
    assert cut.chain is not None
    assert cut.chain.number == 2
    other = verify(running_store.store, key=new_signer().public)
    assert other.chain is not None
    assert other.chain.number == 0
    running_store.rows("MATCH (h:AuditHead) WHERE h.size = 310 SET h.size = 309")
    heads = verify(running_store.store)
    assert any("heads kept for checkpoint 1" in problem for problem in heads.problems)


def test_a_key_rotates_and_the_old_one_still_vouches(
    running_store: RunningStore, settings: AuditSettings
) -> None:
    old = load_signer(settings.keys.signing)
    fill(running_store, settings)
    kept = keep(running_store.store, "operator")
    save_signer(settings.keys.next, new_signer())
    turn = publish(running_store, settings)
    assert not settings.keys.next.exists()
    assert load_signer(settings.keys.signing).public == turn.checkpoint.key != old.public
    note(running_store.store, 1, start=320)
    publish(running_store, settings)
    for key in (old.public, turn.checkpoint.key):
        assert verify(running_store.store, key=key, kept=[kept]).is_good
    settings.keys.signing.unlink()
    save_signer(settings.keys.signing, old)
    with pytest.raises(AuditKeyError, match="Put the copy"):
        publish(running_store, settings)


def test_proofs_hold_and_say_what_is_not_covered(
    running_store: RunningStore, settings: AuditSettings
) -> None:
    fill(running_store, settings)
    store = running_store.store
    kept = keep(store, "operator", number=0)
    assert kept.opening.size == 300
    entry = str(running_store.rows("MATCH (e:AuditEntry {object: 'ncmec:299'}) RETURN e.key")[0][0])
    proof = prove_entry(store, entry)
    proof.check(load_signer(settings.keys.signing).public)
    assert json.loads(proof.record)["object"] == "ncmec:299"
    bent = proof.model_copy(update={"record": proof.record.replace("ncmec:299", "ncmec:298")})
    with pytest.raises(AuditError, match="does not prove"):
        bent.check()
    growth = prove_growth(store, kept)
    assert (growth.old.opening.size, growth.new.opening.size) == (300, 320)
    note(store, 1, start=320)
    waiting = str(
        running_store.rows("MATCH (e:AuditEntry {object: 'ncmec:320'}) RETURN e.key")[0][0]
    )
    with pytest.raises(AuditError, match="waits for its number"):
        prove_entry(store, waiting)
    sequence(store)
    with pytest.raises(AuditError, match="covers 320"):
        prove_entry(store, waiting)
    with pytest.raises(AuditError, match="no entry"):
        prove_entry(store, "nothing")

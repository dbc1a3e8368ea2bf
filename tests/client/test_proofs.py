"""What a client checks of the log by itself, against the functions that make the proofs."""

from __future__ import annotations

from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from client.proofs import ProofError, grown, head_of, is_consistent, is_included, proven_record
from graph.audit.merkle import leaf_hash
from graph.audit.proofs import prove_consistency, prove_inclusion
from graph.audit.tiles import TiledTree, extended
from graph.services.audit_heads import keep
from graph.services.audit_proofs import prove_entry, prove_growth
from tests.graph.services.logbook import fill, note, publish, settings_in
from tests.stores import RunningStore

LEAVES = [leaf_hash(b"%d" % n) for n in range(33)]


def _tree(size: int) -> TiledTree:
    tiles = extended(0, {}, LEAVES[:size])
    return TiledTree(lambda tile: tiles.get(tile, b""))


def test_every_leaf_and_growth_of_small_trees_is_proven_and_no_other_root() -> None:
    other = sha256(b"other").digest()
    roots = {size: _tree(size).span(0, size) for size in range(1, len(LEAVES) + 1)}
    for new, root in roots.items():
        tree = _tree(new)
        for index in (0, new // 2, new - 1):
            path = prove_inclusion(tree, index, size=new)
            assert is_included(LEAVES[index], index, size=new, path=path, root=root)
            assert not is_included(LEAVES[index], index, size=new, path=path, root=other)
            assert not is_included(other, index, size=new, path=path, root=root)
        for old in range(1, new + 1):
            path = prove_consistency(tree, old, new=new)
            said: dict[str, Any] = {"path": path, "new_root": root}
            assert is_consistent(old, new, old_root=roots[old], **said)
            assert not is_consistent(old, new, old_root=other, **said)


@pytest.fixture
def files(running_store: RunningStore, tmp_path: Path) -> tuple[Any, Any, Any]:
    """A kept checkpoint, the proof that the log grew since, and one of an entry."""
    settings = settings_in(tmp_path)
    fill(running_store, settings)
    kept = keep(running_store.store, "operator")
    note(running_store.store, 7, start=400)
    publish(running_store, settings)
    entry = str(running_store.rows("MATCH (e:AuditEntry {log: 'operator'}) RETURN e.key")[0][0])
    growth = prove_growth(running_store.store, kept)
    included = prove_entry(running_store.store, entry, only=None)
    return (
        kept.model_dump(mode="json"),
        growth.model_dump(mode="json"),
        included.model_dump(mode="json"),
    )


def _broken(said: Any, *steps: str | int) -> Any:
    changed = deepcopy(said)
    inner = changed
    for step in steps[:-1]:
        inner = inner[step]
    value = inner[steps[-1]]
    inner[steps[-1]] = value + 1 if isinstance(value, int) else f"0{value[:-1]}"
    return changed


def test_real_files_hold_and_each_change_to_them_is_found(files: tuple[Any, Any, Any]) -> None:
    kept, growth, included = files
    old, new = grown(kept, growth)
    assert (old.size, new.size) == (320, 327)
    assert proven_record(included)[0] == included["record"]
    for name in ("log", "size", "root", "salt", "position", "heads"):
        with pytest.raises(ProofError):
            head_of(_broken(kept, "opening", name))
        with pytest.raises(ProofError):
            grown(kept, _broken(growth, "new", "opening", name))
    for changed in (_broken(growth, "path", 0), {**growth, "path": []}, {**growth, "old": {}}, {}):
        with pytest.raises(ProofError):
            grown(kept, changed)
    with pytest.raises(ProofError):
        grown(_broken(kept, "note"), growth)
    for steps in (("record",), ("number",), ("path", 0)):
        with pytest.raises(ProofError):
            proven_record(_broken(included, *steps))
    for none in ({}, {"note": 1, "opening": []}, {**kept, "opening": {}}):
        with pytest.raises(ProofError):
            head_of(none)

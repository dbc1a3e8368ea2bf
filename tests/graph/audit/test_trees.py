"""Trees, tiles and proofs against the published vectors and an oracle that is RFC 6962's text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.audit.errors import AuditError
from graph.audit.merkle import EMPTY_ROOT, HASH_BYTES, Frontier, leaf_hash, root_of
from graph.audit.proofs import is_consistent, is_included, prove_consistency, prove_inclusion
from graph.audit.tiles import WIDTH, TiledTree, TileId, edge_of, extended
from tests.graph.audit import naive

MOST = 64


def entries(size: int) -> list[bytes]:
    """Give entries that all differ."""
    return [b"%d" % n for n in range(size)]


def tiles_of(records: list[bytes]) -> dict[TileId, bytes]:
    """Give the tiles of a tree that grew in one go."""
    return extended(0, {}, [leaf_hash(record) for record in records])


def tree_of(records: list[bytes]) -> TiledTree:
    """Give the tree that reads those tiles."""
    tiles = tiles_of(records)
    return TiledTree(lambda tile: tiles.get(tile, b""))


def test_published_roots() -> None:
    hashes = [leaf_hash(entry) for entry in naive.INPUTS]
    found = [root_of(hashes[:size]) for size in range(1, 9)]
    assert found == list(naive.ROOTS)
    assert [tree_of(list(naive.INPUTS)).root(size) for size in range(1, 9)] == found
    assert [naive.root(naive.INPUTS[:size]) for size in range(1, 9)] == found
    assert root_of([]) == EMPTY_ROOT == naive.root([])


def test_every_inclusion_proof_up_to_64_is_the_standards_own_and_holds() -> None:
    records = entries(MOST)
    tree = tree_of(records)
    for size in range(1, MOST + 1):
        root = naive.root(records[:size])
        assert tree.root(size) == root
        for index in range(size):
            path = prove_inclusion(tree, index, size=size)
            assert list(path) == naive.path(index, records[:size])
            leaf = leaf_hash(records[index])
            assert is_included(leaf, index, size=size, path=path, root=root)


def test_every_consistency_proof_up_to_64_is_the_standards_own_and_holds() -> None:
    records = entries(MOST)
    tree = tree_of(records)
    roots = [tree.root(size) for size in range(MOST + 1)]
    for new in range(1, MOST + 1):
        for old in range(1, new + 1):
            proof = prove_consistency(tree, old, new=new)
            assert list(proof) == naive.proof(old, records[:new])
            assert is_consistent(old, new, proof=proof, old_root=roots[old], new_root=roots[new])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_tree_that_grows_in_any_steps_is_the_same(data: st.DataObject) -> None:
    steps = data.draw(st.lists(st.integers(1, 300), min_size=1, max_size=6))
    records = entries(sum(steps))
    tiles: dict[TileId, bytes] = {}
    size = 0
    for step in steps:
        leaves = [leaf_hash(record) for record in records[size : size + step]]
        edge = {tile: tiles[tile] for tile in edge_of(size)}
        tiles |= extended(size, edge, leaves)
        size += step
        grown = TiledTree(dict(tiles).__getitem__)
        assert grown.root(size) == naive.root(records[:size])
    assert tiles == tiles_of(records)
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    tree = tree_of(records)
    assert list(prove_inclusion(tree, index, size=size)) == naive.path(index, records)
    assert list(prove_consistency(tree, old, new=size)) == naive.proof(old, records)


def test_tiles_of_a_long_tree_fill_and_hand_up() -> None:
    records = entries(WIDTH * WIDTH + WIDTH + 3)
    tiles = tiles_of(records)
    assert {tile[0] for tile in tiles} == {0, 1, 2}
    assert len(tiles[(2, 0)]) == HASH_BYTES
    assert edge_of(len(records)) == [(0, WIDTH + 1), (1, 1), (2, 0)]
    hashes = Frontier()
    for record in records:
        hashes.add(leaf_hash(record))
    assert tree_of(records).root(len(records)) == hashes.root()


def test_a_proof_that_was_changed_does_not_hold() -> None:
    records = entries(37)
    tree = tree_of(records)
    root, old_root = tree.root(37), tree.root(20)
    path = prove_inclusion(tree, 11, size=37)
    proof = prove_consistency(tree, 20, new=37)
    leaf = leaf_hash(records[11])
    for at in range(len(path)):
        changed = [*path[:at], bytes(32), *path[at + 1 :]]
        assert not is_included(leaf, 11, size=37, path=changed, root=root)
        assert not is_included(leaf, 11, size=37, path=[*path[:at], *path[at + 1 :]], root=root)
    for at in range(len(proof)):
        changed = [*proof[:at], bytes(32), *proof[at + 1 :]]
        assert not is_consistent(20, 37, proof=changed, old_root=old_root, new_root=root)
    assert not is_included(leaf, 11, size=37, path=[*path, bytes(32)], root=root)
    assert not is_included(leaf, 12, size=37, path=path, root=root)
    assert not is_included(leaf, 37, size=37, path=path, root=root)
    assert not is_consistent(20, 37, proof=[*proof, bytes(32)], old_root=old_root, new_root=root)
    assert not is_consistent(21, 37, proof=proof, old_root=old_root, new_root=root)
    assert not is_consistent(20, 37, proof=[], old_root=old_root, new_root=root)
    assert not is_consistent(37, 20, proof=proof, old_root=root, new_root=old_root)


def test_a_log_that_was_cut_and_grown_again_is_not_the_same() -> None:
    old = entries(1000)
    regrown = [*old[:990], *(b"other %d" % n for n in range(60))]
    one, other = tree_of(old), tree_of(regrown)
    proof = prove_consistency(other, 1000, new=1050)
    assert not is_consistent(
        1000, 1050, proof=proof, old_root=one.root(1000), new_root=other.root(1050)
    )


def test_a_damaged_tile_is_not_built_upon() -> None:
    tiles = tiles_of(entries(300))
    edge = {tile: tiles[tile] for tile in edge_of(300)}
    with pytest.raises(AuditError, match="Tile 0/1"):
        extended(300, edge | {(0, 1): edge[(0, 1)][:-32]}, [bytes(32)])
    with pytest.raises(AuditError, match="missing or damaged"):
        TiledTree(lambda _: b"").root(3)
    with pytest.raises(AuditError, match="not among"):
        prove_inclusion(tree_of(entries(3)), 3, size=3)

"""Near hashes are timed on a real index, and what was planted is found."""

from __future__ import annotations

from pathlib import Path

from bench.near import measure_near
from bench.progress import silent


def test_every_planted_hash_is_found_among_random_ones(tmp_path: Path) -> None:
    found = measure_near("embedded", tmp_path, hashes=3000, asked=3, seed=1, progress=silent)
    assert (found.hashes, found.asked, found.found) == (3003, 3, 3)
    assert found.near.p95 >= found.near.p50 > 0

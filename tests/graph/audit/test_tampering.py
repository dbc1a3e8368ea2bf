"""Whatever is done to a log is found, and the first bad position is named."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from graph.audit.heads import Head
from graph.audit.merkle import leaf_hash
from graph.audit.verifying import LogCheck, first_bad, is_record
from tests.graph.audit.samples import head_of, records

SIZE = 1000
RECORDS = records(SIZE)
HASHES = [leaf_hash(record) for record in RECORDS]
HEADS = [head_of("operator", RECORDS[:size]) for size in (100, 500, SIZE)]


def found(entries: list[bytes], hashes: list[bytes], heads: list[Head] = HEADS) -> tuple[int, int]:
    """Give where the first wrong record is said to lie."""
    finding = first_bad(entries, hashes, heads)
    assert finding is not None
    return finding.position, finding.until


def test_an_honest_log_has_nothing_wrong() -> None:
    assert first_bad(RECORDS, HASHES, HEADS) is None
    assert first_bad([], [], []) is None
    # What came after the newest checkpoint is no fault.
    assert first_bad(RECORDS, HASHES, HEADS[:2]) is None


def test_every_single_bit_counts() -> None:
    """All bits of 1,000 records against the comparison that names a position."""
    missed: list[tuple[int, int]] = []
    flips = 0
    for position, record in enumerate(RECORDS):
        kept = HASHES[position]
        changed = bytearray(record)
        for at in range(len(record)):
            for bit in range(8):
                changed[at] ^= 1 << bit
                if is_record(bytes(changed), kept):
                    missed.append((position, at * 8 + bit))
                changed[at] ^= 1 << bit
                flips += 1
    assert missed == []
    assert flips == sum(len(record) for record in RECORDS) * 8 > 1_000_000


def test_a_flipped_bit_is_named_by_the_whole_verifier() -> None:
    dice = random.Random(5)
    for position in dice.sample(range(SIZE), 40):
        changed = bytearray(RECORDS[position])
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        entries = [*RECORDS[:position], bytes(changed), *RECORDS[position + 1 :]]
        assert found(entries, HASHES) == (position, position)


def test_every_neighbouring_swap_is_named_and_distant_ones_too() -> None:
    check = LogCheck([])
    for position in range(SIZE - 1):
        assert not is_record(RECORDS[position + 1], HASHES[position])
        check.take(RECORDS[position], number=position, kept=HASHES[position])
    assert check.finding is None
    dice = random.Random(6)
    for _ in range(30):
        one, other = sorted(dice.sample(range(SIZE), 2))
        entries = list(RECORDS)
        entries[one], entries[other] = entries[other], entries[one]
        assert found(entries, HASHES) == (one, one)


@pytest.mark.parametrize("position", [0, 1, 255, 256, 499, 500, 998, 999])
def test_deletion_insertion_and_truncation_are_named(position: int) -> None:
    gone = RECORDS[:position] + RECORDS[position + 1 :]
    assert found(gone, HASHES) == (position, position)
    assert found(RECORDS[:position], HASHES) == (position, position)
    more = [*RECORDS[:position], b"{}", *RECORDS[position:]]
    assert found(more, HASHES) == (position, position)
    doubled = [*RECORDS[: position + 1], *RECORDS[position:]]
    assert found(doubled, HASHES) == (position + 1, position + 1)


def _changed(entries: list[bytes]) -> list[bytes]:
    return [*entries[:700], entries[700] + b" ", *entries[701:]]


def _swapped(entries: list[bytes]) -> list[bytes]:
    return [*entries[:700], entries[701], entries[700], *entries[702:]]


def _deleted(entries: list[bytes]) -> list[bytes]:
    return [*entries[:700], *entries[701:]]


def _inserted(entries: list[bytes]) -> list[bytes]:
    return [*entries[:700], b"{}", *entries[700:]]


def _truncated(entries: list[bytes]) -> list[bytes]:
    return entries[:700]


@pytest.mark.parametrize("bend", [_changed, _swapped, _deleted, _inserted, _truncated])
def test_who_bends_the_hashes_too_is_found_by_what_was_signed(
    bend: Callable[[list[bytes]], list[bytes]],
) -> None:
    entries = bend(RECORDS)
    first, until = found(entries, [leaf_hash(entry) for entry in entries])
    # The last head that still fits covers 500 records: what is wrong comes after them.
    assert first == 500
    assert until >= 699


def test_a_truncated_tail_with_its_hashes_is_found_by_a_kept_head_only() -> None:
    """Nothing inside tells a log that was cut from one that is young: hence heads kept outside."""
    assert first_bad(RECORDS[:600], HASHES[:600], HEADS[:2]) is None
    assert found(RECORDS[:600], HASHES[:600]) == (500, 600)


def test_upper_tiles_are_compared_and_name_their_part() -> None:
    check = LogCheck(HEADS)
    for position, record in enumerate(RECORDS):
        check.take(record, number=position, kept=HASHES[position])
    check.end(SIZE)
    tiles = check.upper_tiles()
    assert set(tiles) == {(1, 0)}
    assert len(tiles[(1, 0)]) == 3 * 32
    check.compare_upper_tiles(tiles)
    assert check.finding is None
    bent = bytearray(tiles[(1, 0)])
    bent[40] ^= 1
    other = LogCheck([])
    for position, record in enumerate(RECORDS):
        other.take(record, number=position, kept=HASHES[position])
    other.compare_upper_tiles({(1, 0): bytes(bent)})
    assert other.finding is not None
    assert (other.finding.position, other.finding.until) == (256, 511)


def test_100_000_records_are_verified_in_5_seconds() -> None:
    entries = records(100_000)
    hashes = [leaf_hash(entry) for entry in entries]
    heads = [head_of("operator", entries[:50_000]), head_of("operator", entries)]
    began = time.process_time()
    assert first_bad(entries, hashes, heads) is None
    assert time.process_time() - began < 5

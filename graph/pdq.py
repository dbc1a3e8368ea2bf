"""PDQ hashes: distance, and the pages in which they are kept to be compared all at once.

Sources: the ThreatExchange repository's pdq/README.md (256 bits, a match within distance 31, about
half of the bits set, hashes of quality below 50 not used).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np

PREFIX = "pdq:"
"""How the key of a PDQ begins; 64 lower-case hexadecimal digits follow."""
MAX_DISTANCE = 31
"""Bits in which two hashes of similar pictures differ at most (pdq/README.md)."""
_SIZE = 32
_DIGITS = 64
_PAGE_BITS = 10
PAGES = 2**_PAGE_BITS
"""A million hashes are 977 on each page, 31 kB: little to write for one more hash, and few rows to
read for all."""
_FEWEST_SET, _MOST_SET = 64, 192
_FEWEST_USUAL, _MOST_USUAL = 96, 160


def is_pdq(key: str) -> bool:
    """Say whether the key of a hash is a whole PDQ's."""
    digits = key.removeprefix(PREFIX)
    return key.startswith(PREFIX) and len(digits) == _DIGITS and set(digits) <= set(_HEX)


_HEX = "0123456789abcdef"


def page_of(key: str) -> str:
    """Give the page of a PDQ: by a hash of it, as its own bits are not spread evenly."""
    digest = hashlib.blake2b(_bytes(key), digest_size=2).digest()
    return f"{int.from_bytes(digest, 'big') >> (16 - _PAGE_BITS):03x}"


def by_page(keys: Iterable[str]) -> dict[str, list[str]]:
    """Give PDQs by their pages, in the order of the pages."""
    pages: dict[str, list[str]] = {}
    for key in keys:
        pages.setdefault(page_of(key), []).append(key)
    return dict(sorted(pages.items()))


def merged(page: bytes, keys: Iterable[str]) -> bytes:
    """Give a page with further PDQs: each once, in order, so that no history shows in it."""
    there = {page[at : at + _SIZE] for at in range(0, len(page), _SIZE)}
    return b"".join(sorted(there | {_bytes(key) for key in keys}))


def without(page: bytes, keys: Iterable[str]) -> bytes:
    """Give a page without some PDQs."""
    gone = {_bytes(key) for key in keys}
    there = [page[at : at + _SIZE] for at in range(0, len(page), _SIZE)]
    return b"".join(each for each in there if each not in gone)


def near_in(page: bytes, key: str) -> list[tuple[int, str]]:
    """Give distance and key of every PDQ on a page, or on many, within `MAX_DISTANCE`."""
    apart = np.bitwise_xor(_words(page), _words(_bytes(key)))
    counted = np.bitwise_count(apart).sum(axis=1, dtype=np.int64)
    return [
        (int(counted[at]), PREFIX + page[at * _SIZE : (at + 1) * _SIZE].hex())
        for at in np.flatnonzero(counted <= MAX_DISTANCE).tolist()
    ]


def count_in(page: bytes) -> int:
    """Give how many PDQs are on a page, or on many."""
    return len(page) // _SIZE


def _words(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    return np.frombuffer(data, dtype=np.uint64).reshape(-1, _SIZE // 8)


def _bytes(key: str) -> bytes:
    return bytes.fromhex(key.removeprefix(PREFIX))


def refusal(key: str) -> str | None:
    """Say why a PDQ is not compared at all, None when it is.

    Each bit says whether a frequency lies above the median of all, so about 128 are set in any
    picture that has something on it.
    """
    count = _set_bits(key)
    if _FEWEST_SET <= count <= _MOST_SET:
        return None
    return (
        f"Its picture is flat (blank, or nearly so): {count} of 256 bits are set where about 128 "
        "are usual. It would be near to every flat picture, so it is not compared."
    )


def warning(key: str) -> str | None:
    """Say what is odd about a PDQ that is compared, None when nothing is."""
    count = _set_bits(key)
    if _FEWEST_USUAL <= count <= _MOST_USUAL:
        return None
    return (
        f"{count} of 256 bits are set where about 128 are usual: maybe a flat picture, which is "
        "near to many that have nothing to do with it."
    )


def _set_bits(key: str) -> int:
    return int(key.removeprefix(PREFIX), 16).bit_count()

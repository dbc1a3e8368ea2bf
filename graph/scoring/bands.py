"""Corpus statistics in power-of-two bands: all that hidden tips may say about a value.

A weight that followed exact counts would tell whoever may see two answers that somebody else's tip
came in between. So counts are read from a dated snapshot, in bands, and none below five tips.
"""

from __future__ import annotations

LEAST_COUNT = 5
_RARE_BAND = 2
"""The lowest band that is told; what fewer tips hold counts as rare as that."""


def band_of(tip_count: int) -> int:
    """Give the power of two at or below a count; 0 for fewer than five tips."""
    return tip_count.bit_length() - 1 if tip_count >= LEAST_COUNT else 0


def steps_of(band: int) -> int:
    """Give how many times a value's holders have doubled since it counted as rare."""
    return max(band - _RARE_BAND, 0)


def band_words(band: int) -> str:
    """Give a band in words for people."""
    if band == 0:
        return f"fewer than {LEAST_COUNT} tips held it when last counted, as far as may be told"
    low, high = max(1 << band, LEAST_COUNT), (1 << (band + 1)) - 1
    return f"between {low:,} and {high:,} tips held it when last counted"

"""How far a walk through shared identifiers may go, and what a shared value is worth there."""

from __future__ import annotations

import math

WALK_LIMIT = 200
"""An identifier that more tips mention is a hub: counted as a bundle, never walked through."""
SMALL_WALK_LIMIT = 20
COMMON_SHARE = 32
"""In a small store a value that more than one in so many tips mention is a hub as well."""


def walk_limit(tip_total: int) -> int:
    """Give how many tips may mention an identifier that is still walked through."""
    return max(SMALL_WALK_LIMIT, min(WALK_LIMIT, tip_total // COMMON_SHARE))


def rarity(tip_total: int, tip_count: int) -> int:
    """Give a value's rarity in thousandths of a bit from how many of all tips hold it."""
    if tip_count <= 0 or tip_total <= tip_count:
        return 0
    return round(1000 * math.log2(tip_total / tip_count))

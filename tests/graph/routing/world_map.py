"""Writes `world/places.mmdb` anew: `python -m tests.graph.routing.world_map`.

A made-up geolocation of the synthetic world's networks, over ranges that belong to nobody. Where a
person of the world says to be and where this puts their line have nothing to do with each other,
but for the showcase's lines: as often in life, they disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import world
from tests.graph.routing.maps import write_map
from world.networks import CARRIER, FIXED, MOBILE, SHOWCASE_LINES

MADE_US = 1_748_736_000_000_000
"""2025-06-01, in the middle of what the world tells of."""
WHERE: Mapping[str, tuple[str, str | None, str | None]] = {
    FIXED[0].prefix: ("US", "CO", None),
    FIXED[1].prefix: ("US", "WA", None),
    FIXED[2].prefix: ("US", "TN", None),
    SHOWCASE_LINES.prefix: ("US", "CO", "Mockville"),
    CARRIER.prefix: ("US", None, None),
    MOBILE.prefix: ("US", None, None),
}


def main() -> None:
    """Write the file."""
    write_map(Path(world.__file__).parent / "places.mmdb", made_us=MADE_US, places=WHERE)


if __name__ == "__main__":
    main()

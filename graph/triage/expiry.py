"""When a tip's provider is presumed to keep no longer what it reported, as its place has it."""

from __future__ import annotations

from graph.caseload.periods import UTC, zone_of
from graph.desk.clocks import next_mark, presumed_expiry
from graph.desk.providers import ends_place
from graph.queries.triage import PlaceRow, StandingRow


def expiring(row: PlaceRow, found: StandingRow) -> dict[str, object]:
    """Give the presumed end, in the holder's zone; of a time that is not stated there is none."""
    clock = presumed_expiry(found.received_us, zone_of(found.zone or UTC))
    is_same = clock.ends_us == row.expires_us
    return {
        "expires_on": None if clock.ends_on is None else clock.ends_on.isoformat(),
        "expires_us": clock.ends_us,
        "expiry_told": row.expiry_told if is_same else None,
    }


def expiry_placed(row: PlaceRow, *, is_open: bool) -> dict[str, object]:
    """Give what orders open tips by that end, and when the next mark before it is told."""
    if row.expires_us is None or not is_open:
        return {"expiry_place": None, "expiry_clock_us": None}
    return {
        "expiry_place": ends_place(row.agency, row.expires_us, row.tip),
        "expiry_clock_us": next_mark(row.expires_us, told_days=row.expiry_told),
    }

"""Special ranges of IP addresses, from the IANA registries and reviewed lists (`ip_ranges.csv`).

The `is_private` and `is_global` of Python's `ipaddress` are not used: their answers changed between
patch versions (3.11.10 and 3.12.4 among them), and 100.64.0.0/10 is neither.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from graph.identifiers.core import IdentifierState, Policy
from graph.identifiers.tables import DataFileError, Line, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class IpRange:
    """A network that is not like the rest of the internet."""

    network: IPv4Network | IPv6Network
    state: IdentifierState
    synthetic_public: bool
    """A synthetic store treats it as public."""
    reason: str | None
    """A sentence, unless the state is normal (such a row only cuts a hole into a larger one)."""


def _ip_range(line: Line) -> IpRange:
    state = line.state("state")
    return IpRange(
        network=ip_network(line.text("network")),
        state=state,
        synthetic_public=line.flag("synthetic_public"),
        reason=None if state is IdentifierState.NORMAL else line.text("reason"),
    )


RANGES = read_table("ip_ranges.csv", ("network", "state", "synthetic_public", "reason"), _ip_range)


def _flat(version: int) -> tuple[list[int], list[IpRange | None]]:
    """Give the starts of disjoint intervals and the narrowest range that covers each."""
    rows = sorted(
        (row for row in RANGES if row.network.version == version),
        key=lambda row: row.network.prefixlen,
    )
    starts: list[int] = [0]
    owners: list[IpRange | None] = [None]
    for row in rows:
        first, last = int(row.network.network_address), int(row.network.broadcast_address)
        for edge in (first, last + 1):
            at = bisect_right(starts, edge) - 1
            if starts[at] != edge:
                starts.insert(at + 1, edge)
                owners.insert(at + 1, owners[at])
        inside = range(bisect_right(starts, first) - 1, bisect_right(starts, last))
        for at in inside:
            owners[at] = row
    return starts, owners


_V4_STARTS, _V4_OWNERS = _flat(4)
_V6_STARTS, _V6_OWNERS = _flat(6)

if len({row.network for row in RANGES}) != len(RANGES):
    raise DataFileError("graph/data/ip_ranges.csv: a network stands there twice. Remove one row.")


def special_range(number: int, policy: Policy, *, version: int) -> IpRange | None:
    """Give the narrowest special range of an address, None for one like any other.

    Args:
        number: the address as an integer.
        policy: a synthetic store takes its reserved ranges for public ones.
        version: 4 or 6.
    """
    if version == 4:
        row = _V4_OWNERS[bisect_right(_V4_STARTS, number) - 1]
    else:
        row = _V6_OWNERS[bisect_right(_V6_STARTS, number) - 1]
    if row is None or row.reason is None or (row.synthetic_public and policy.synthetic):
        return None
    return row

"""What kind of network an address belonged to at the time of an event, from files of the site.

Crosstip ships no such list: they go out of date within days. A site supplies, in one folder,
`connection.csv` (network, class, from, until), `hosting.csv` (network, from, until) and `tor.csv`
(address, from, until). What no file covers is unknown, never fixed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address, ip_network
from pathlib import Path

from graph.errors import SettingsError
from graph.times import parse_time

_END_OF_TIME = 1 << 62


class NetworkClass(StrEnum):
    """Who may stand behind one address of a network, least people first."""

    FIXED = "fixed"
    UNKNOWN = "unknown"
    MOBILE = "mobile"
    CARRIER_NAT = "carrier_nat"
    ANONYMOUS = "anonymous"
    """Hosting, VPN and Tor: the subscriber is somebody who rents it out."""


CAUTION: dict[NetworkClass, int] = {item: place for place, item in enumerate(NetworkClass)}
_CLASSES = {
    "fixed": NetworkClass.FIXED,
    "mobile": NetworkClass.MOBILE,
    "carrier_nat": NetworkClass.CARRIER_NAT,
    "hosting": NetworkClass.ANONYMOUS,
    "vpn": NetworkClass.ANONYMOUS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    network_class: NetworkClass
    from_us: int
    until_us: int


@dataclass(slots=True)
class Networks:
    """Look-up of the class of an address as of a time; empty when the site supplies no files."""

    _by_prefix: dict[tuple[int, int], dict[int, list[_Entry]]] = field(default_factory=dict)
    """By IP version and prefix length, then by network number."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of any network."""
        return len(self._by_prefix) == 0

    def add(self, network: str, entry_class: NetworkClass, *, from_us: int, until_us: int) -> None:
        """Add a network (CIDR, or one address) for a time.

        Raises:
            ValueError: the text is no network.
        """
        parsed = ip_network(network, strict=False)
        bits = parsed.max_prefixlen - parsed.prefixlen
        numbers = self._by_prefix.setdefault((parsed.version, parsed.prefixlen), {})
        numbers.setdefault(int(parsed.network_address) >> bits, []).append(
            _Entry(network_class=entry_class, from_us=from_us, until_us=until_us)
        )

    def class_of(self, address: str, at_us: int | None) -> NetworkClass:
        """Give an address's class at a time; of several, and for an unknown time, the one behind
        which most people may stand."""
        if self.is_empty:
            return NetworkClass.UNKNOWN
        try:
            parsed = ip_address(address)
        except ValueError:
            return NetworkClass.UNKNOWN
        found = [
            entry.network_class
            for entry in self._entries(int(parsed), parsed.version, parsed.max_prefixlen)
            if at_us is None or entry.from_us <= at_us < entry.until_us
        ]
        return max(found, key=CAUTION.__getitem__, default=NetworkClass.UNKNOWN)

    def _entries(self, number: int, version: int, width: int) -> Iterator[_Entry]:
        for (of_version, length), numbers in self._by_prefix.items():
            if of_version == version:
                yield from numbers.get(number >> (width - length), ())


def read_networks(folder: Path | None) -> Networks:
    """Read the class files of a folder; none when there is no folder.

    Raises:
        SettingsError: a file has other columns, or a line that cannot be read.
    """
    networks = Networks()
    if folder is None or not folder.is_dir():
        return networks
    for line, row in _rows(folder / "connection.csv", ("network", "class", "from", "until")):
        if row[1] not in _CLASSES:
            raise SettingsError(f"connection.csv, line {line}: {row[1]!r} is no network class.")
        _add(networks, row[0], _CLASSES[row[1]], row[2:], "connection.csv", line=line)
    for name, column in (("hosting.csv", "network"), ("tor.csv", "address")):
        for line, row in _rows(folder / name, (column, "from", "until")):
            _add(networks, row[0], NetworkClass.ANONYMOUS, row[1:], name, line=line)
    return networks


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream)
        head = next(lines, [])
        if tuple(head[: len(columns)]) != columns:
            raise SettingsError(
                f"{path.name} must begin with the columns {', '.join(columns)}. Mend its first "
                "line, or take the file away."
            )
        for row in lines:
            if len(row) < len(columns):
                raise SettingsError(f"{path.name}, line {lines.line_num}: columns are missing.")
            yield lines.line_num, row


def _add(
    networks: Networks,
    network: str,
    network_class: NetworkClass,
    dates: Iterable[str],
    name: str,
    *,
    line: int,
) -> None:
    begins, ends = (_instant(text, name, line) for text in list(dates)[:2])
    if begins is not None and ends is not None and begins >= ends:
        raise SettingsError(
            f"{name}, line {line}: it ends before it begins (`until` is exclusive)."
        )
    try:
        networks.add(
            network,
            network_class,
            from_us=begins if begins is not None else 0,
            until_us=ends if ends is not None else _END_OF_TIME,
        )
    except ValueError as error:
        raise SettingsError(f"{name}, line {line}: {network!r} is no network.") from error


def _instant(text: str, name: str, line: int) -> int | None:
    if text == "":
        return None
    found = parse_time(f"{text}T00:00:00Z").us
    if found is None:
        raise SettingsError(f"{name}, line {line}: {text!r} is no date (YYYY-MM-DD).")
    return found

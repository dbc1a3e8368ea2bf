"""What a site could buy or fetch about networks, written beside the tips: partly wrong, as such
lists are.

`asn.csv` (network, asn, name), `connection.csv` (network, class, from, until), `tor.csv` (address,
from, until) and `hosting.csv` (network, from, until). Dates are ISO days, blank means open; `until`
is the first day on which the line no longer holds. They cover the world's own addresses only.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from world import distributions
from world.calendar_text import DAY, date_only
from world.dice import Dice
from world.exits import tor_dates
from world.networks import (
    CARRIER,
    FIXED,
    HOSTING,
    IPV6_LINES,
    MOBILE,
    SHOWCASE_LINES,
    TOR,
    VPN,
    Network,
    NetworkClass,
)
from world.reserved import dotted
from world.setting import Setting

COLUMNS = {
    "asn.csv": ("network", "asn", "name"),
    "connection.csv": ("network", "class", "from", "until"),
    "tor.csv": ("address", "from", "until"),
    "hosting.csv": ("network", "from", "until"),
}
_PARTS = 64
"""Into how many blocks a network is split, so that one wrong line is wrong for a part of it."""
_CLASSES = tuple(NetworkClass)
Row = tuple[str, ...]


def _blocks(network: Network, used: int) -> Iterator[str]:
    """Give the part of a network that is in use as blocks of one size."""
    bits = max(0, (used + 1).bit_length() - _PARTS.bit_length() + 1)
    for start in range(0, used + 2, 1 << bits):
        yield f"{dotted(network.first + start)}/{32 - bits}"


def _ipv6_blocks(position: int) -> Iterator[str]:
    """Give a fixed network's share of 2001:db8::/32 as blocks of one size."""
    for part in range(_PARTS):
        start = position << IPV6_LINES | part << (IPV6_LINES - _PARTS.bit_length() + 1)
        length = 64 - IPV6_LINES + _PARTS.bit_length() - 1
        yield f"2001:db8:{start >> 16:x}:{start & 0xFFFF:x}::/{length}"


def _all_blocks(setting: Setting) -> Iterator[tuple[Network, str]]:
    for position, network in enumerate(FIXED):
        for block in _blocks(network, setting.lines.used(network)):
            yield network, block
        for block in _ipv6_blocks(position):
            yield network, block
    for network in (CARRIER, MOBILE, VPN, HOSTING, TOR):
        for block in _blocks(network, setting.exits.used(network)):
            yield network, block
    yield SHOWCASE_LINES, SHOWCASE_LINES.prefix


def _wrong_dates(dice: Dice) -> tuple[str, str]:
    """Give dates that leave out most of the world's time."""
    if dice.chance(0.5):
        return "", date_only(1_640_995_200 + dice.below(500) * DAY)
    return date_only(1_767_225_600 + dice.below(200) * DAY), ""


def _connections(setting: Setting, dice: Dice) -> Iterator[Row]:
    for network, block in _all_blocks(setting):
        if not network.classified:
            continue
        kind, dates = network.kind, ("", "")
        if dice.chance(distributions.LIST_WRONG.share):
            how = dice.below(3)
            if how == 0:
                continue
            if how == 1:
                kind = dice.one([each for each in _CLASSES if each is not kind])
            else:
                dates = _wrong_dates(dice)
        yield (block, kind.value, *dates)


def _dated(network: str, dates: tuple[str, str], dice: Dice) -> Iterator[Row]:
    """Give a dated line, or a wrong one, or none."""
    if not dice.chance(distributions.LIST_WRONG.share):
        yield (network, *dates)
    elif dice.chance(0.5):
        yield (network, *_wrong_dates(dice))


def _tor(setting: Setting, dice: Dice) -> Iterator[Row]:
    for number in range(setting.exits.tor):
        begin, end = (date_only(when) for when in tor_dates(number))
        yield from _dated(TOR.address(number), (begin, end), dice)


def _hosting(setting: Setting, dice: Dice) -> Iterator[Row]:
    for network in (VPN, HOSTING, TOR):
        for block in _blocks(network, setting.exits.used(network)):
            yield from _dated(block, ("", ""), dice)


def _owners(setting: Setting, dice: Dice) -> Iterator[Row]:
    networks: Sequence[Network] = [*FIXED, CARRIER, MOBILE, VPN, HOSTING, TOR, SHOWCASE_LINES]
    for network, block in _all_blocks(setting):
        owner = network
        if dice.chance(distributions.LIST_WRONG.share):
            if dice.chance(0.5):
                continue
            owner = dice.one([each for each in networks if each is not network])
        yield block, str(owner.asn), owner.name


def write_networks(folder: Path, setting: Setting) -> None:
    """Write the four lists of the world's networks into a folder, which is made.

    Raises:
        OSError: a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    makers = {
        "asn.csv": _owners,
        "connection.csv": _connections,
        "tor.csv": _tor,
        "hosting.csv": _hosting,
    }
    for name, make in makers.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(COLUMNS[name])
            writer.writerows(make(setting, Dice(setting.seed, "networks", name)))

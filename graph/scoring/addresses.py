"""Two uses of one IP address: how likely one subscriber was behind both.

Dynamic addresses are given to somebody else after hours to months (Padmanabhan et al., IMC 2016),
carriers put thousands behind one (RFC 6269), where only a source port tells them apart (RFC 6302).
A time whose zone is not stated is an interval, and the widest gap that it allows counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.scoring.networks import CAUTION, NetworkClass, Networks
from graph.scoring.observations import Observation

_HOUR_US = 3_600_000_000
_DAY_US = 24 * _HOUR_US


class Gap(StrEnum):
    """How far apart two uses may lie at most."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    HALF_YEAR = "half_year"
    LATER = "later"
    UNTIMED = "untimed"


_LIMITS: tuple[tuple[Gap, int], ...] = (
    (Gap.HOUR, _HOUR_US),
    (Gap.DAY, _DAY_US),
    (Gap.WEEK, 7 * _DAY_US),
    (Gap.MONTH, 30 * _DAY_US),
    (Gap.HALF_YEAR, 182 * _DAY_US),
)
GAP_WORDS: dict[Gap, str] = {
    Gap.HOUR: "within an hour of each other",
    Gap.DAY: "within a day of each other",
    Gap.WEEK: "within a week of each other",
    Gap.MONTH: "within 30 days of each other",
    Gap.HALF_YEAR: "within half a year of each other",
    Gap.LATER: "more than half a year apart: probably another subscriber by then",
    Gap.UNTIMED: "at least one of the uses has no time",
}
CLASS_WORDS: dict[NetworkClass, str] = {
    NetworkClass.FIXED: "a fixed line's address",
    NetworkClass.UNKNOWN: "an address of a network of unknown kind",
    NetworkClass.MOBILE: "a mobile network's address",
    NetworkClass.CARRIER_NAT: "a carrier address that many subscribers share",
    NetworkClass.ANONYMOUS: "an address of a hosting, VPN or Tor network",
}


class Port(StrEnum):
    """What the source ports of two uses say."""

    SAME = "same"
    OTHER = "other"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two uses of one address."""

    own: Observation
    other: Observation
    network_class: NetworkClass
    gap: Gap
    port: Port
    zone_unsure: bool


def meeting(own: Observation, other: Observation, networks: Networks) -> Meeting:
    """Compare two uses of one address (IPv6: of one /64)."""
    classes = [_class_of(own, networks), _class_of(other, networks)]
    gap = _gap(own, other)
    return Meeting(
        own=own,
        other=other,
        network_class=max(classes, key=CAUTION.__getitem__),
        gap=gap,
        port=_port(own, other, gap),
        zone_unsure=own.zone_stated is False or other.zone_stated is False,
    )


def _class_of(use: Observation, networks: Networks) -> NetworkClass:
    if use.possible_proxy:
        return NetworkClass.ANONYMOUS
    return networks.class_of(use.identifier, use.at_us)


def _gap(own: Observation, other: Observation) -> Gap:
    first, second = _interval(own), _interval(other)
    if first is None or second is None:
        return Gap.UNTIMED
    widest = max(second[1] - first[0], first[1] - second[0])
    return next((gap for gap, limit in _LIMITS if widest <= limit), Gap.LATER)


def _interval(use: Observation) -> tuple[int, int] | None:
    if use.earliest_us is not None and use.latest_us is not None:
        return use.earliest_us, use.latest_us
    return (use.at_us, use.at_us) if use.at_us is not None else None


def _port(own: Observation, other: Observation, gap: Gap) -> Port:
    if own.port is None or other.port is None or gap is not Gap.HOUR:
        return Port.MISSING
    return Port.SAME if own.port == other.port else Port.OTHER

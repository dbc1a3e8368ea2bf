"""What strangers have in common, gathered while the world is told: where linkers are fooled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv6Address

from world.drafts import TipDraft, Value
from world.exits import is_nat
from world.networks import MOBILE
from world.setting import EMPTY_FILE_MD5, Setting
from world.statements import stated_values


class Cause(StrEnum):
    """Why tips about different people state one value."""

    MOVED_LEASE = "moved lease"
    """The provider gave the address of one household to another one."""
    FAMILY = "family"
    """Several people of one household have tips; IPv6 at /64."""
    CARRIER_NAT = "carrier nat"
    MOBILE_LEASE = "mobile lease"
    """A mobile subscriber's address of the day, somebody else's on another day."""
    HIDDEN_ADDRESS = "vpn, tor or hosting exit"
    RECYCLED_PHONE = "recycled phone"
    COMMON_ALIAS = "common alias"
    VIRAL_FILE = "viral file"
    CIRCULATING_FILE = "circulating file"
    KNOWN_SERIES = "known series"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """One value that tips about different people state, for one cause."""

    cause: Cause
    value: Value
    tips: tuple[int, ...]
    """In order of number; some of them may be about the same person."""
    pairs: int
    """Pairs of these tips that are about different people, of the kind that the cause says."""


def subnet(value: Value) -> Value:
    """Give an IPv6 address as its /64, which one household has; everything else as it is."""
    if value.kind != "IpAddress" or ":" not in value.value:
        return value
    number = int(IPv6Address(value.value)) >> 64 << 64
    return value._replace(value=f"{IPv6Address(number)}/64")


@dataclass(slots=True)
class TrapLedger:
    """Uses of the values that strangers can share in this world."""

    setting: Setting
    uses: dict[Value, list[tuple[int, int, int]]] = field(default_factory=dict)
    """By value: tip, person and household of each tip that states it."""
    files: dict[str, Cause] = field(default_factory=dict)
    aliases: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        setting = self.setting
        self.files = dict.fromkeys(setting.circulating, Cause.CIRCULATING_FILE)
        self.files |= dict.fromkeys((setting.series_md5, *setting.more_series), Cause.KNOWN_SERIES)
        self.files[setting.viral_md5] = Cause.VIRAL_FILE
        self.aliases = frozenset(setting.aliases)

    def enter(self, draft: TipDraft, *, person: int, household: int) -> None:
        """Enter the current version of one tip."""
        for value in {subnet(value) for value in stated_values(draft)}:
            if self._can_be_shared(value):
                self.uses.setdefault(value, []).append((draft.number, person, household))

    def _can_be_shared(self, value: Value) -> bool:
        if value.kind == "FileHash":
            return value.value in self.files and value.value != EMPTY_FILE_MD5
        if value.kind == "ScreenName":
            return value.value in self.aliases
        return value.kind in ("IpAddress", "Phone")

    def traps(self) -> Iterator[Trap]:
        """Give every value that tips about different people state, in a fixed order."""
        for value in sorted(self.uses, key=repr):
            uses = sorted(self.uses[value])
            if len({person for _, person, _ in uses}) < 2:
                continue
            if value.kind == "IpAddress" and not value.value.startswith("198."):
                yield from _lines(value, uses)
                continue
            yield Trap(
                cause=self._cause(value),
                value=value,
                tips=tuple(tip for tip, _, _ in uses),
                pairs=_pairs(len(uses)) - _within(person for _, person, _ in uses),
            )

    def _cause(self, value: Value) -> Cause:
        if value.kind == "FileHash":
            return self.files[value.value]
        if value.kind == "ScreenName":
            return Cause.COMMON_ALIAS
        if value.kind == "Phone":
            return Cause.RECYCLED_PHONE
        if is_nat(value.value):
            return Cause.CARRIER_NAT
        return Cause.MOBILE_LEASE if MOBILE.holds(value.value) else Cause.HIDDEN_ADDRESS


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _within(groups: Iterable[int]) -> int:
    return sum(_pairs(count) for count in Counter(groups).values())


def _lines(value: Value, uses: Sequence[tuple[int, int, int]]) -> Iterator[Trap]:
    """Give the traps of a leased address: strangers one after the other, and families."""
    homes = Counter(household for _, _, household in uses)
    if len(homes) > 1:
        yield Trap(
            cause=Cause.MOVED_LEASE,
            value=value,
            tips=tuple(tip for tip, _, _ in uses),
            pairs=_pairs(len(uses)) - sum(map(_pairs, homes.values())),
        )
    for home in sorted(homes):
        mine = [(tip, person) for tip, person, household in uses if household == home]
        pairs = _pairs(len(mine)) - _within(person for _, person in mine)
        if pairs > 0:
            tips = tuple(tip for tip, _ in mine)
            yield Trap(cause=Cause.FAMILY, value=value, tips=tips, pairs=pairs)

"""Reads what links are computed from: profiles of tips, and what others share with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.identifiers.core import IdentifierKind
from graph.queries.bands import ALIAS_BANDS, AliasesParams
from graph.queries.gathered import (
    AROUND,
    ASKED,
    PAGE,
    TIPS,
    AroundParams,
    AskedParams,
    AskedRow,
)
from graph.queries.link_questions import ComparedParams, HubPairsParams, OwnParams, SharedParams
from graph.queries.links import (
    COMPARED,
    HUB_PAIRS,
    OWN,
    ComparedRow,
    ObservationRow,
    OwnRow,
    SnapshotRow,
)
from graph.queries.subnets import SUBNET_SIZES, SUBNETS, SubnetsParams
from graph.roles import Role
from graph.scoring.observations import (
    Observation,
    Profile,
    is_profile_url,
    quality_of,
)
from graph.scoring.pairs import WALKED_STATES
from graph.scoring.traits import names_elsewhere, names_of
from graph.services.walking import walk_limit
from graph.store import ReadUnit

MAX_SHARED = 20_000
"""Shared assertions of one tip that are looked at, rarest first."""
MAX_ASSERTIONS = 20_000
"""Assertions of one tip that are compared."""
MAX_TOGETHER = 1_000_000
"""Shared assertions of several tips that are read at once."""
TOGETHER = 100
"""Tips that are compared at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Some tips, all that may be linked to each of them, and all that is needed to compare them."""

    asked: tuple[str, ...]
    """The tips, as they were asked for; some may not be there."""
    snapshot: SnapshotRow
    most: int
    """Identifiers that more tips mention are hubs."""
    tips: Mapping[str, ComparedRow]
    own: Mapping[str, Sequence[OwnRow]]
    others: Mapping[str, Mapping[str, Sequence[ObservationRow]]]
    """By tip asked for, then by other tip: what the other one says of what both have."""
    crowded: Mapping[str, int]
    """Networks (/64) of these tips that too many use to be walked through, and how many uses."""
    cut_off: tuple[str, ...]
    """What was not read, in sentences: there is more of it than is read at once."""
    alias_bands: Mapping[str, int]
    """By bare screen name that two of the tips have: how common it is over all providers."""

    def own_profile(self, tip: str) -> Profile:
        """Give the profile of a tip that was asked for."""
        return profile_of_rows(self.tips[tip], self.own.get(tip, ()), self.alias_bands)

    def other_profile(self, tip: str, other: str) -> Profile:
        """Give another tip's profile, as far as it shares anything with the tip."""
        said = self.others.get(tip, {}).get(other, ())
        return profile_of_rows(self.tips[other], said, self.alias_bands)


def asked_of(unit: ReadUnit, tips: Sequence[str]) -> AskedRow:
    """Read what the corpus was last counted as, and whether tips have judgements, references."""
    return unit.read(ASKED, AskedParams(tips=list(tips)))[0]


def compare(
    unit: ReadUnit, tips: Sequence[str], asked: AskedRow, also: Iterable[str] = ()
) -> Compared:
    """Read what the links of some tips are computed from; `also` names further tips to read."""
    most = walk_limit(asked.tip_total)
    limit = MAX_SHARED if len(tips) <= 1 else min(MAX_SHARED, MAX_TOGETHER // len(tips))
    params = AroundParams(tips=list(tips), most_own=MAX_ASSERTIONS, walk_limit=most, limit=limit)
    around = unit.read(AROUND, params)
    own = {row.tip: row.own for row in around if len(row.own) > 0}
    shared = [row for found in around for row in found.shared]
    cut_off = _cut(max((len(found.shared) for found in around), default=0), limit)
    sizes = _subnet_sizes(unit, own)
    if len(sizes) > 0:
        near = unit.read(SUBNETS, SharedParams(tips=list(tips), walk_limit=most, limit=limit))
        cut_off += _cut(max(Counter(row.own for row in near).values(), default=0), limit)
        shared += near
    others: dict[str, dict[str, list[ObservationRow]]] = {}
    for found in shared:
        others.setdefault(found.own, {}).setdefault(found.tip, []).append(found)
    crowded = {subnet: mentions for subnet, mentions in sizes.items() if mentions > most}
    cut_off += _add_hubs(unit, own, others, crowded, most=most)
    rows = _compared(unit, sorted({*tips, *also, *(t for found in others.values() for t in found)}))
    return Compared(
        asked=tuple(tips),
        snapshot=asked,
        most=most,
        tips=rows,
        own=own,
        others=others,
        crowded=crowded,
        cut_off=tuple(cut_off),
        alias_bands=alias_bands_of(unit, tips, rows),
    )


def compare_in_parts(unit: ReadUnit, tips: Sequence[str], asked: AskedRow) -> Iterator[Compared]:
    """Compare tips a part at a time; what is too much for a part is read of fewer.

    Only what was cut off of a single tip is left cut off.
    """
    for start in range(0, len(tips), TOGETHER):
        yield from _in_halves(unit, tips[start : start + TOGETHER], asked)


def _in_halves(unit: ReadUnit, tips: Sequence[str], asked: AskedRow) -> Iterator[Compared]:
    found = compare(unit, tips, asked)
    if len(found.cut_off) == 0 or len(tips) <= 1:
        yield found
        return
    half = len(tips) // 2
    yield from _in_halves(unit, tips[:half], asked)
    yield from _in_halves(unit, tips[half:], asked)


def _compared(unit: ReadUnit, tips: Sequence[str]) -> dict[str, ComparedRow]:
    found: dict[str, ComparedRow] = {}
    for start in range(0, len(tips), PAGE):
        params = ComparedParams(tips=list(tips[start : start + PAGE]))
        for row in unit.read(TIPS, params):
            found.update((tip.key, tip) for tip in row.tips)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRead:
    """Two tips as they are compared with each other; one that is not there is left out."""

    rows: Mapping[str, ComparedRow]
    profiles: Mapping[str, Profile]
    is_cut: bool
    """Whether there is more of them than is read."""


def read_pair(unit: ReadUnit, own: str, other: str) -> PairRead:
    """Read all that two tips say, shared or not."""
    keys = [own, other]
    rows = {row.key: row for row in unit.read(COMPARED, ComparedParams(tips=keys))}
    said = unit.read(OWN, OwnParams(tips=keys, limit=MAX_ASSERTIONS))
    bands = alias_bands_of(unit, keys, rows)
    return PairRead(
        rows=rows,
        profiles={
            key: profile_of_rows(row, [r for r in said if r.tip == key], bands)
            for key, row in rows.items()
        },
        is_cut=len(said) >= MAX_ASSERTIONS,
    )


def _cut(count: int, most: int) -> list[str]:
    return [] if count < most else [f"Only the first {most:,} shared assertions were read."]


def alias_bands_of(
    unit: ReadUnit, asked: Iterable[str], rows: Mapping[str, ComparedRow]
) -> dict[str, int]:
    """Give how common the screen names of some tips are that any tip has at another provider."""
    mine = {tip: rows[tip].traits or () for tip in asked if tip in rows}
    names = {name for traits in mine.values() for name in names_of(traits)}
    if len(names) == 0:
        return {}
    elsewhere = names_elsewhere(trait for row in rows.values() for trait in row.traits or ())
    return bands_of_names(unit, names & elsewhere)


def bands_of_names(unit: ReadUnit, names: Collection[str]) -> dict[str, int]:
    """Give how common screen names are over all providers, those that nobody has left out."""
    if len(names) == 0:
        return {}
    found = unit.read(ALIAS_BANDS, AliasesParams(aliases=sorted(names)))
    return {row.alias: row.band for row in found}


def _subnet_sizes(unit: ReadUnit, own: Mapping[str, Sequence[OwnRow]]) -> dict[str, int]:
    subnets = {row.subnet for rows in own.values() for row in rows if row.subnet is not None}
    if len(subnets) == 0:
        return {}
    found = unit.read(SUBNET_SIZES, SubnetsParams(subnets=sorted(subnets)))
    return {row.subnet: row.mentions for row in found}


def _add_hubs(
    unit: ReadUnit,
    own: Mapping[str, Sequence[OwnRow]],
    others: dict[str, dict[str, list[ObservationRow]]],
    crowded: Mapping[str, int],
    *,
    most: int,
) -> list[str]:
    """Add what pairs that were found otherwise share of hubs: it still counts, by its rarity.

    What was not read is given back in sentences.
    """
    hubs = {
        tip: {
            row.subnet if row.subnet is not None else (row.kind, row.identifier)
            for row in rows
            if (row.linking or row.role == "victim")
            and row.state in WALKED_STATES
            and (row.mention_count > most if row.subnet is None else row.subnet in crowded)
        }
        for tip, rows in own.items()
    }
    keys = sorted({hub[1] for found in hubs.values() for hub in found if isinstance(hub, tuple)})
    tips = sorted({tip for found in others.values() for tip in found})
    if len(tips) == 0 or len(keys) + len(crowded) == 0:
        return []
    params = HubPairsParams(tips=tips, identifiers=keys, subnets=sorted(crowded))
    by_tip: dict[str, list[ObservationRow]] = {}
    found_hubs = unit.read(HUB_PAIRS, params)
    for row in found_hubs:
        by_tip.setdefault(row.tip, []).append(row)
    for tip, found in others.items():
        mine = hubs.get(tip, set())
        for other, rows in found.items():
            rows.extend(
                row
                for row in by_tip.get(other, ())
                if (row.subnet if row.subnet is not None else (row.kind, row.identifier)) in mine
            )
    return _cut(len(found_hubs), HUB_PAIRS.max_rows)


def profile_of_rows(
    row: ComparedRow, rows: Iterable[ObservationRow], alias_bands: Mapping[str, int]
) -> Profile:
    """Give the profile of a tip from what is read of it; what is found in two ways counts once."""
    once = {(row.kind, row.identifier, row.assertion): row for row in rows}
    return Profile(
        tip=row.key,
        provider=row.provider,
        traits=frozenset(row.traits or ()),
        observations=tuple(observation_of_row(row) for row in once.values()),
        bundled=row.batched_reason is not None,
        alias_bands=alias_bands,
    )


def observation_of_row(row: ObservationRow) -> Observation:
    """Give the observation that a stored assertion makes."""
    return Observation(
        kind=IdentifierKind(row.kind),
        identifier=row.identifier,
        subnet=row.subnet,
        state=row.state,
        band=row.band if row.band is not None else 0,
        role=Role(row.role),
        linking=row.linking,
        quality=quality_of(
            verified=row.verified,
            contact_type=row.contact_type,
            compromised=row.compromised,
            mined=row.mined,
        ),
        event=row.event,
        at_us=row.at_us,
        earliest_us=row.earliest_us,
        latest_us=row.latest_us,
        zone_stated=row.zone_stated,
        port=row.port,
        possible_proxy=row.possible_proxy == "yes",
        file_id=row.file_id,
        person=row.person,
        is_profile=is_profile_url(row.contact_type),
        path=row.path,
    )

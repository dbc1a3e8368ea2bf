"""Decides by counting whether a value is shared by strangers, or a file viral, and says why.

Everything said here may reach others, so it is said in bands and by the table's own limits, never
in counts, shares or dates of tips (`design.md`, corpus statistics).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.identifiers.core import IdentifierKind
from graph.scoring.bands import band_of, band_words
from graph.scoring.hub_rules import HubRules, SharedRule, ViralRule
from graph.scoring.kinship import holds as holds
from graph.scoring.kinship import kinship_of, sample_of
from graph.scoring.observations import Profile
from graph.scoring.pairs import Basis
from graph.scoring.sentences import KIND_WORDS

DAY_US = 86_400_000_000
SHARED = "shared"
VIRAL = "viral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A tip that says of somebody that the value is his or hers."""

    tip: str
    provider: str | None
    at_us: int | None
    """When NCMEC received it, or else the incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A state that counting supports, in the words that everybody may read."""

    state: str
    why: str


def to_compare(
    rules: HubRules, kind: IdentifierKind, key: str, holders: Sequence[Holder], *, newest_us: int
) -> list[str]:
    """Give the tips that have to be compared for a finding; none where it is clear without."""
    rule = rules.rules.get(kind)
    if rule is None or band_of(len(holders)) < rule.least_band:
        return []
    if isinstance(rule, ViralRule):
        holders = _quickest(rule, holders, newest_us=newest_us)
    return sample_of(kind, key, (h.tip for h in holders), size=rules.sample.holders)


def finding_of(
    rules: HubRules,
    kind: IdentifierKind,
    key: str,
    *,
    band: int,
    profiles: Sequence[Profile],
    basis: Basis,
) -> Finding | None:
    """Give the state that a value has by counting; `profiles` are those of `to_compare`."""
    rule = rules.rules.get(kind)
    if rule is None or band < rule.least_band or len(profiles) == 0:
        return None
    kinship = kinship_of(kind, key, profiles, basis=basis, sampling=rules.sample)
    if (
        kinship.comparable < rules.sample.least_pairs
        or kinship.groups < rules.sample.least_groups
        or kinship.per_cent > rule.most_related
    ):
        return None
    if isinstance(rule, ViralRule):
        return Finding(state=VIRAL, why=_viral_why(rule, band, rules.version))
    return Finding(state=SHARED, why=_shared_why(rule, band, rules.version))


def beside_viral(
    rules: HubRules, key: str, *, band: int, profiles: Sequence[Profile], viral: Collection[str]
) -> Finding | None:
    """Give the state of a hash that is a viral file's by another algorithm, wherever looked at.

    A file that is only passed on beside a viral one may be a ring's own: it is judged by itself.
    """
    rule = rules.rules.get(IdentifierKind.FILE_HASH)
    if rule is None or band < rule.least_band or len(profiles) < rules.sample.least_groups:
        return None
    if not all(_is_of_viral_file(profile, key, viral) for profile in profiles):
        return None
    return Finding(
        state=VIRAL,
        why=(
            f"Viral: {band_words(band)}, and wherever it was looked at it is another hash of a "
            f"viral file (table of hub states {rules.version})."
        ),
    )


def _is_of_viral_file(profile: Profile, key: str, viral: Collection[str]) -> bool:
    """Tell whether each file of a tip that has a hash has a viral one by another algorithm too."""
    by_file: dict[str | None, set[str]] = {}
    for item in profile.observations:
        if item.kind is IdentifierKind.FILE_HASH:
            by_file.setdefault(item.file_id, set()).add(item.identifier)
    algorithm = key.partition(":")[0]
    others = {hash_key for hash_key in viral if hash_key.partition(":")[0] != algorithm}
    held = [(file, hashes) for file, hashes in by_file.items() if key in hashes]
    return len(held) > 0 and all(
        file is not None and not hashes.isdisjoint(others) for file, hashes in held
    )


def _shared_why(rule: SharedRule, band: int, version: str) -> str:
    return (
        f"Shared by strangers: {band_words(band)}, and at most {rule.most_related} in 100 pairs of "
        f"these, as far as they can be compared, share anything else that links. This "
        f"{KIND_WORDS[rule.kind]} is no sign of one person (table of hub states {version})."
    )


def _viral_why(rule: ViralRule, band: int, version: str) -> str:
    return (
        f"Viral: {band_words(band)}; {rule.least_in_window} or more of them, of "
        f"{rule.least_providers} or more providers, brought it within {rule.window_days} days, "
        f"and at most {rule.most_related} in 100 pairs of these, as far as they can be compared, "
        f"share anything else that links (table of hub states {version})."
    )


def _quickest(rule: ViralRule, holders: Sequence[Holder], *, newest_us: int) -> list[Holder]:
    """Give the holders within the days that brought most; none when these are too few."""
    since_us = newest_us - rule.look_back_days * DAY_US
    dated = sorted(
        (h.at_us, h.tip, h)
        for h in holders
        if h.at_us is not None and since_us <= h.at_us <= newest_us
    )
    best = (0, 0)
    start = 0
    for end in range(len(dated)):
        while dated[end][0] - dated[start][0] >= rule.window_days * DAY_US:
            start += 1
        if end + 1 - start > best[1] - best[0]:
            best = (start, end + 1)
    found = [holder for _, _, holder in dated[best[0] : best[1]]]
    providers = {h.provider for h in found if h.provider is not None}
    is_quick = len(found) >= rule.least_in_window and len(providers) >= rule.least_providers
    return found if is_quick and band_of(len(found)) > 0 else []

"""Worlds with other shares: what holds only at the shares that were assumed does not hold."""

from __future__ import annotations

import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from multiprocessing import get_context
from pathlib import Path

from world.generate import write_world
from world.shares import NO_CHANGE, Shares

SEEDS = (1, 2, 3)
FIT_SEEDS = (101,)

GROUPS = tuple(field.name for field in fields(Shares))
"""Carrier NAT, VPN exits, viral files, missing fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A world with some shares multiplied, or without files on networks."""

    name: str
    shares: Shares = NO_CHANGE
    networks: bool = True
    """Whether the site has files on networks; else every network is of unknown kind."""


BASE = Variant(name="as assumed")
DOUBLED = Variant(name="all doubled", shares=Shares(**dict.fromkeys(GROUPS, 2.0)))
HALVED = Variant(name="all halved", shares=Shares(**dict.fromkeys(GROUPS, 0.5)))
SINGLE = tuple(
    Variant(name=f"{group.replace('_', ' ')} {word}", shares=Shares(**{group: factor}))
    for group in GROUPS
    for word, factor in (("doubled", 2.0), ("halved", 0.5))
)
NO_FILES = Variant(name="no network files", networks=False)
VARIANTS = {variant.name: variant for variant in (BASE, DOUBLED, HALVED, NO_FILES, *SINGLE)}


def write_variant(folder: Path, *, seed: int, tips: int, variant: Variant) -> None:
    """Write a world in another process, so that its memory is given back.

    Raises:
        WorldError: there are too few tips for a world.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        pool.submit(_write, folder, seed, tips, variant.shares).result()
    if not variant.networks:
        shutil.rmtree(folder / "networks")


def _write(folder: Path, seed: int, tips: int, shares: Shares) -> None:
    write_world(folder, seed=seed, tips=tips, shares=shares)

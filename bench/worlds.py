"""The synthetic world that is taken in, written by another process.

In this one its memory would be counted as the pipeline's.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from ingest.sources import find_files
from world.generate import write_world


def make_world(folder: Path, *, seed: int, tips: int) -> list[Path]:
    """Write a world and give its files in the order of intake.

    Raises:
        WorldError: there are too few tips for a world.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        pool.submit(_write, folder, seed, tips).result()
    return find_files([folder / "agencies.csv", folder / "claims.csv", folder / "tips"])


def _write(folder: Path, seed: int, tips: int) -> None:
    write_world(folder, seed=seed, tips=tips)

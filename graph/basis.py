"""What links rest on at one site: its weights table, and what it knows of networks."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from graph.errors import SettingsError
from graph.scoring.networks import Networks, read_networks
from graph.scoring.pairs import Basis
from graph.scoring.vocabulary import EVIDENCE
from graph.scoring.weights import read_weights, shipped_weights
from graph.settings import StoreSettings

NETWORKS_FOLDER = "networks"
"""In the data directory, when no other folder is set."""


def basis_of(settings: StoreSettings) -> Basis:
    """Give the basis that the settings name; files are read once in a process.

    Raises:
        SettingsError: the weights table or a network file cannot be read.
    """
    weights = shipped_weights() if settings.weights is None else read_weights(settings.weights)
    missing = sorted(set(EVIDENCE) - set(weights.evidence))
    if len(missing) > 0:
        raise SettingsError(
            f"The weights table {weights.version} ({settings.weights}) says nothing of "
            f"{', '.join(missing)}. Every kind of evidence needs a line, be it 0."
        )
    folder = settings.networks
    if folder is None:
        folder = settings.data_dir / NETWORKS_FOLDER
    return Basis(weights=weights, networks=_networks(folder, _state(folder)))


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    if not folder.is_dir():
        return ()
    found = [(path.name, path.stat()) for path in sorted(folder.glob("*.csv"))]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)


@lru_cache(maxsize=4)
def _networks(folder: Path, state: tuple[tuple[str, int, int], ...]) -> Networks:  # noqa: ARG001
    return read_networks(folder)

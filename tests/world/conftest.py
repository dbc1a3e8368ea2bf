"""Worlds that the tests read: written once, with both formats and with each alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world.documents import Documents, read_documents
from world.generate import write_world
from world.truth import Truth


class Written:
    """A world on disk with its truth and what its documents say."""

    def __init__(self, root: Path, truth: Truth) -> None:
        self.root = root
        self.truth = truth
        self.documents: Documents = read_documents(root)


def _write(root: Path, *, seed: int, tips: int, formats: tuple[str, ...]) -> Written:
    return Written(root, write_world(root, seed=seed, tips=tips, formats=formats))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Give the world of the demo's size."""
    root = tmp_path_factory.mktemp("demo")
    return _write(root, seed=7, tips=300, formats=("json", "xml"))


@pytest.fixture(
    scope="session",
    params=[
        (7, 300, ("json", "xml")),
        (11, 1_500, ("json", "xml")),
        (3, 300, ("json",)),
        (5, 300, ("xml",)),
    ],
    ids=["demo", "larger", "json", "xml"],
)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Give worlds of several seeds, sizes and formats, one after the other."""
    seed, tips, formats = request.param
    return _write(tmp_path_factory.mktemp("world"), seed=seed, tips=tips, formats=formats)


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Give a world in which every kind of trap occurs."""
    root = tmp_path_factory.mktemp("county")
    return _write(root, seed=13, tips=4_000, formats=("json", "xml"))

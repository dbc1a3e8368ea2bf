"""What is shipped is what is meant, and short top-level names shadow nothing."""

from __future__ import annotations

import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from subprocess import run

import pytest

from tests.architecture.sources import PACKAGES, ROOT, repository_files, shown


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """Give the wheel that hatchling builds from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    done = run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return zipfile.Path(built)


def test_the_wheel_holds_the_packages_and_nothing_else(wheel: zipfile.Path) -> None:
    names = {entry.name for entry in wheel.iterdir()}
    information = {name for name in names if name.endswith(".dist-info")}
    assert len(information) == 1
    assert names - information == set(PACKAGES)


def test_the_wheel_holds_every_file_of_the_packages(wheel: zipfile.Path) -> None:
    """Data files and type markers are as easily left out as they are hard to miss."""
    assert isinstance(wheel.root, zipfile.ZipFile)
    shipped = set(wheel.root.namelist())
    kept = {
        shown(path)
        for path in repository_files()
        if path.relative_to(ROOT).parts[0] in PACKAGES and path.suffix != ".pyc"
    }
    assert kept - shipped == set()


def test_every_package_says_that_it_is_typed() -> None:
    assert [name for name in PACKAGES if not (ROOT / name / "py.typed").is_file()] == []


def test_the_wheel_carries_command_licence_and_warning(wheel: zipfile.Path) -> None:
    (information,) = (entry for entry in wheel.iterdir() if entry.name.endswith(".dist-info"))
    assert "crosstip = crosstip.main:app" in (information / "entry_points.txt").read_text()
    assert (information / "licenses" / "LICENSE").is_file()
    metadata = (information / "METADATA").read_text(encoding="utf-8")
    assert "License-Expression: Apache-2.0\n" in metadata
    assert "Classifier: Private :: Do Not Upload\n" in metadata


def test_no_other_package_owns_one_of_the_names() -> None:
    owners = packages_distributions()
    others = {
        name: set(owners.get(name, ())) - {"crosstip"}
        for name in (*PACKAGES, "tests")
        if len(set(owners.get(name, ())) - {"crosstip"}) > 0
    }
    assert others == {}


def test_every_folder_of_tests_is_a_package() -> None:
    """Without the whole chain pytest imports tests/graph as `graph`."""
    folders = {
        folder
        for path in repository_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] == "tests"
        for folder in path.relative_to(ROOT).parents
        if folder != Path()
    }
    assert [str(folder) for folder in folders if not (ROOT / folder / "__init__.py").exists()] == []


def test_nothing_beside_the_dashboard_script_shadows_another_module() -> None:
    """Streamlit puts the script's folder first on the path: `dashboard/api.py` would be `api`."""
    taken = {*PACKAGES, "tests", *sys.stdlib_module_names, *packages_distributions()} - {
        "dashboard"
    }
    beside = {
        path.stem if path.suffix == ".py" else path.name
        for path in (ROOT / "dashboard").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert beside & taken == set()


def test_the_packages_are_named_one_by_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel_packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert sorted(wheel_packages) == sorted(PACKAGES)
    assert sorted(project["tool"]["importlinter"]["root_packages"]) == sorted(PACKAGES)

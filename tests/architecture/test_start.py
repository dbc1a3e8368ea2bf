"""What a command waits for before it does anything: no library that only some answers need."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.sources import ROOT

_LOADED = "import sys, crosstip.main; print(*sys.modules, sep='\\n')"
HEAVY = {"fastapi", "networkx", "pandas", "pyarrow", "pyvis", "scipy", "streamlit", "uvicorn"}
"""Each takes from 0.2 to 2 s of every command."""


def test_a_command_starts_without_the_heavy_libraries() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert {"crosstip.main", "neo4j", "graph.driver"} <= loaded
    assert loaded & HEAVY == set()


def test_what_the_driver_is_kept_from_can_be_loaded_afterwards() -> None:
    code = "import graph.driver, neo4j, pandas, pyarrow; print(pandas.DataFrame({'a': [1]}).size)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1"

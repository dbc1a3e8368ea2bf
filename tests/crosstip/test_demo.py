"""The demo finds what the county was made with, and prints the same on both engines."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.neo4j_server import need_local_neo4j
from tests.stores import ENGINE_JAVA, FOR_MINUTES

DECONFLICTION = (
    "investigator.harrow: phone HIT, LARKSPUR-DEMO of Larkspur Coast ICAC Task Force (synthetic)",
    "file nothing to show; account nothing to show.",
    "investigator.larkspur: phone own claim LARKSPUR-DEMO; file nothing to show; account own claim",
    "so after 4 days supervisor.harrow was told",
    "- harrow: 2 open (1 urgent), the oldest for 7 days",
    "; 1 resolved, after 5 days",
    "auditor.harrow kept a checkpoint before the last days: nothing was rewritten since.",
    "supervisor.larkspur's Monday: ",
    "closed 2 and reopened 1 in two weeks",
    "supervisor.harrow's desk: tasks overdue: 1; clocks of providers",
)


def run_demo(data_dir: Path, *more: str, java: str = "") -> str:
    """Run the demo without serving, and give what it printed to standard output.

    The embedded engine runs as it is shipped unless options of Java are given.
    """
    command = [sys.executable, "-m", "crosstip.main", "demo", "--no-serve", "--tips", "200"]
    env = {k: v for k, v in os.environ.items() if not k.startswith("CROSSTIP_")}
    done = subprocess.run(
        [*command, "--data-dir", str(data_dir), *more],
        env=env | {ENGINE_JAVA: java},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.long
@pytest.mark.neo4j
@pytest.mark.timeout(420)
def test_both_engines_print_the_same_answers(tmp_path: Path) -> None:
    need_local_neo4j()
    embedded = run_demo(tmp_path / "embedded")
    again = run_demo(tmp_path / "embedded", java=" ".join(FOR_MINUTES))
    neo4j = run_demo(tmp_path / "neo4j", "--neo4j")
    assert embedded == again == neo4j
    assert "SYNTHETIC" in embedded
    assert "meets" in embedded
    assert "Showcase collisions: 7 of 7 found." in embedded
    for said in DECONFLICTION:
        assert said in embedded


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    command = [sys.executable, "-m", "crosstip.main", "demo", "--no-serve"]
    done = subprocess.run(
        [*command, "--data-dir", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert (tmp_path / "mine.txt").read_text() == "mine"

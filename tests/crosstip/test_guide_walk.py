"""The guide's walk through deconfliction: its commands run, and print what it shows."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from crosstip.output import console
from tests.crosstip.test_commands import without_notice
from tests.stores import RunningStore

GUIDE = (Path(__file__).parents[2] / "docs" / "guide.md").read_text(encoding="utf-8")
WALK = GUIDE.partition("## A walk through deconfliction")[2].partition("\n## ")[0]
HITS = 4
OF_THE_RUN = (
    (re.compile(r"\d{4}-\d\d-\d\d[T ][0-9:.]+(?:Z| UTC)"), "TIME"),
    (re.compile(r"crosstip-[0-9a-f]{8}\+\S+"), "KEY"),
    (re.compile(r"(?:Claimed as|Check|notice|check or tip:) [0-9a-f]{32}"), "NAME"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command of the guide, and the lines that stand below it."""

    arguments: tuple[str, ...]
    printed: tuple[str, ...]


def steps() -> list[Step]:
    """Give the commands of the walk in their order."""
    found: list[Step] = []
    for block in re.findall(r"```\n(.*?)```", WALK, re.DOTALL):
        for part in block.replace("\\\n", " ").split("\n$ "):
            line, *printed = part.removeprefix("$ ").strip("\n").split("\n")
            words = shlex.split(line, comments=True)
            if words[0] == "crosstip":
                found.append(Step(arguments=tuple(words[1:]), printed=tuple(printed)))
    return found


def of_no_run(text: str) -> str:
    """Give a text without the times, keys and random names of one run."""
    for pattern, word in OF_THE_RUN:
        text = pattern.sub(word, text)
    return text


def run(arguments: tuple[str, ...]) -> str:
    """Run a command in this process and give what it printed."""
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == (HITS if arguments[0] == "check" else 0), done.output
    return without_notice(done.output)


def test_the_walk_of_the_guide(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = running_store.settings
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(console, "width", 100)
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.setenv("CROSSTIP_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("CROSSTIP_VAULT", str(tmp_path / "vault"))
    monkeypatch.setenv("CROSSTIP_CHECKPOINTS_DIR", str(tmp_path / "checkpoints"))
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    csv = WALK.partition("$ cat agencies.csv\n")[2].partition("$ ")[0]
    (tmp_path / "agencies.csv").write_text(csv)
    a_while = f"{datetime.now(UTC) + timedelta(days=60):%Y-%m-%d}"
    key = ""
    for step in steps():
        words = {"KEY": key, "2027-01-21": a_while}
        arguments = tuple(words.get(word, word) for word in step.arguments)
        said = run(arguments)
        if arguments[:3] == ("audit", "key", "new"):
            key = said.strip()
        elif arguments[0] in {"user", "investigation"}:
            # "South does the same."
            same = [word.replace("north", "south") for word in arguments]
            if same != list(arguments):
                run(tuple(same))
        for line in step.printed:
            assert of_no_run(line) in of_no_run(said).split("\n"), (arguments, said)
    assert key != ""

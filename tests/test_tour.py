"""The tour names what is there: pages, words on them, commands, pictures."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import typer.main
from PIL import Image
from typer.core import TyperGroup

from crosstip.main import app
from dashboard.navigation import ENTRIES
from tests.tour_pictures import FOLDER, MOST_BYTES, NAMES

_ROOT = Path(__file__).parents[1]
_TOUR = (_ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_COMMANDS = sorted(set(re.findall(r"^crosstip ([^\n#]+)", f"{_TOUR}\n{_README}", re.MULTILINE)))


@cache
def said_by_pages() -> str:
    """Give the source of all pages, words that stand in several lines put together."""
    texts = (path.read_text(encoding="utf-8") for path in (_ROOT / "dashboard").rglob("*.py"))
    return re.sub(r'"\s*\n?\s*f?"', "", "\n".join(texts))


def test_every_page_button_and_heading_of_the_tour_is_there() -> None:
    named = {" ".join(word.split()) for word in re.findall(r"\*\*([^*]+)\*\*", _TOUR)}
    pages = {entry.title for entry in ENTRIES} | {entry.section for entry in ENTRIES}
    assert len(named) > 30
    assert [word for word in named - pages if f'"{word}' not in said_by_pages()] == []


def test_every_command_of_tour_and_readme_is_there() -> None:
    root = typer.main.get_command(app)
    assert len(_COMMANDS) > 20
    for line in _COMMANDS:
        words, ends = line.split(), [root]
        while isinstance(ends[0], TyperGroup):
            below = ends[0].commands
            # `crosstip check VALUE` and its like are short for one of the commands below.
            assert words[0] in below or ends[0] is not root, line
            ends = [below[words.pop(0)]] if words[0] in below else list(below.values())
        options = {option for end in ends for each in end.params for option in each.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


def test_every_picture_is_there_is_small_and_is_used() -> None:
    used = set(re.findall(r"\]\((?:docs/)?pictures/(\w+)\.png\)", _TOUR + _README))
    assert used == set(NAMES) == {path.stem for path in FOLDER.iterdir()}
    for path in FOLDER.iterdir():
        assert path.stat().st_size < MOST_BYTES
        with Image.open(path) as picture:
            assert picture.format == "PNG"
            assert picture.width >= 1000

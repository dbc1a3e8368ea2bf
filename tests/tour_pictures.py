"""The pictures of README and `docs/tour.md`, taken from a demo by walking the tour.

`python -m tests.tour_pictures [FOLDER]`; `scripts/screenshots` sets everything up for it.
"""

from __future__ import annotations

import io
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.running import rested, visit
from tests.dashboard.watched import browser, watched_page

FOLDER: Final = Path(__file__).parents[1] / "docs" / "pictures"
MOST_BYTES: Final = 200_000
"""Of one picture."""
NAMES: Final = ("chart", "why", "report", "check", "conflict", "caseload", "queue")
START, LINKED, PHONE = "910002627", "910002636", "+15515550194"
"""The tip that the tour begins with, one of its ring, and a telephone of the ring."""
_COLOURS: Final = 128
_END: Final = "It ends with this command"


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: where its pages are, and who has which password."""

    pages: str
    passwords: dict[str, str]


@contextmanager
def running_demo(folder: Path) -> Iterator[Demo]:
    """Make a demo and serve it until the end.

    Raises:
        RuntimeError: it ended by itself.
    """
    words = [sys.executable, "-m", "crosstip.main", "demo", "--data-dir", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield _read(process)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)


def _read(process: subprocess.Popen[str]) -> Demo:
    said = []
    for line in process.stdout or ():
        said.append(line)
        if _END in line:
            text = "".join(said)
            (pages,) = re.findall(r"^Dashboard\s+(\S+)$", text, re.MULTILINE)
            people = re.findall(r"^Log in\s+(\S+)\s+(\S+)$", text, re.MULTILINE)
            return Demo(pages=pages, passwords=dict(people))
    raise RuntimeError("The demo ended by itself; its last lines say why.")


@contextmanager
def logged_in(started: Browser, demo: Demo, user: str) -> Iterator[Page]:
    """Log somebody in, as the tour says."""
    with watched_page(started) as watched:
        page = watched.page
        page.set_viewport_size({"width": 1280, "height": 960})
        page.goto(demo.pages)
        page.get_by_text("I have read this and accept it").click()
        page.get_by_label("User name", exact=True).fill(user)
        page.get_by_label("Password", exact=True).fill(demo.passwords[user])
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("button", name="Log out")).to_be_visible()
        _settled(page)
        yield page


def take_pictures(demo: Demo, folder: Path) -> None:
    """Walk the tour and write its pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with browser() as started:
        with logged_in(started, demo, "investigator.harrow") as page:
            _explore(page, folder)
            _deconflict(page, folder)
        with logged_in(started, demo, "supervisor.harrow") as page:
            _supervise(page, folder)


def _explore(page: Page, folder: Path) -> None:
    visit(page, "Explore", "Link chart")
    page.get_by_label("Tip number or any identifier").fill(START)
    _press(page, "Find")
    chart = page.locator(".linkchart")
    expect(chart.locator("canvas")).to_be_visible()
    chart.evaluate("each => each.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(500)
    _write(page, folder / "chart.png")
    page.locator(".st-key-explore-chosen input").first.fill(LINKED)
    page.get_by_role("option", name=f"Tip ncmec:{LINKED}").click()
    page.keyboard.press("Escape")
    heading = page.get_by_role("heading", name="Why linked")
    expect(heading).to_be_visible()
    _settled(page)
    _top(page, "Why linked", folder / "why.png")
    page.get_by_label("For whom (stands").fill("Lieutenant")
    _press(page, "Make the report")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download report (HTML)").click()
    with page.context.new_page() as report:
        report.set_content(coming.value.path().read_text(encoding="utf-8"))
        _write(report, folder / "report.png")


def _deconflict(page: Page, folder: Path) -> None:
    visit(page, "Deconflict", "Check")
    _choose(page, "Investigation (required)", "HARROW-DEMO")
    _choose(page, "Purpose (required)", "cybertip")
    page.get_by_role("textbox", name="Identifiers, one a line").fill(PHONE)
    _press(page, "Check")
    expect(page.get_by_role("heading", name="Result")).to_be_visible()
    _settled(page)
    _top(page, "Result", folder / "check.png")
    visit(page, "Deconflict", "Conflicts")
    _choose(page, "Choose a conflict", "HARROW-DEMO")
    _press(page, "Open conflict")
    expect(page.get_by_role("heading", name="Next steps")).to_be_visible()
    _settled(page)
    _write(page, folder / "conflict.png")


def _supervise(page: Page, folder: Path) -> None:
    visit(page, "Supervise", "Caseload")
    expect(page.get_by_role("heading", name="All numbers")).to_be_attached()
    _settled(page)
    _write(page, folder / "caseload.png")
    visit(page, "Work", "Queue")
    _choose(page, "Choose a tip of this page", START)
    expect(page.get_by_role("heading", name="The chosen tip")).to_be_visible()
    _settled(page)
    _top(page, "Open tips of your agency", folder / "queue.png")


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    _settled(page)


def _choose(page: Page, label: str, wanted: str) -> None:
    box = page.get_by_role("combobox", name=label)
    box.click()
    # A long list holds what is in sight alone.
    box.fill(wanted)
    page.get_by_role("option").filter(has_text=wanted).first.click()
    _settled(page)


def _settled(page: Page) -> None:
    page.wait_for_timeout(1_000)
    rested(page)


def _top(page: Page, heading: str, target: Path) -> None:
    """Scroll until a heading stands on top."""
    found = page.get_by_role("heading", name=heading, exact=True).first
    found.evaluate("each => each.scrollIntoView({block: 'start'})")
    page.get_by_test_id("stMain").evaluate("each => each.scrollBy(0, -80)")
    page.wait_for_timeout(500)
    _write(page, target)


def _write(page: Page, target: Path) -> None:
    """Write what is seen, in few colours.

    Raises:
        RuntimeError: the picture is too large for a repository.
    """
    with Image.open(io.BytesIO(page.screenshot())) as seen:
        seen.convert("RGB").quantize(_COLOURS).save(target, optimize=True)
    if target.stat().st_size > MOST_BYTES:
        raise RuntimeError(f"{target} has more than {MOST_BYTES} bytes.")
    sys.stderr.write(f"{target}: {target.stat().st_size} bytes\n")


def main() -> None:
    """Take them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    with (
        tempfile.TemporaryDirectory() as scratch,
        running_demo(Path(scratch) / "demo") as demo,
    ):
        take_pictures(demo, folder)


if __name__ == "__main__":
    main()

"""The guide's program runs as it stands, and says what it is to say."""

from __future__ import annotations

import re

import pytest

from graph.store import Store
from tests.api.offices import SUBJECT, Offices, two_offices
from tests.architecture.sources import ROOT

LEAD, OTHER = "lead.alder", "lead.birch"
_PROGRAM = re.compile(r"## Building on the API\n.*?```python\n(.*?)```", re.DOTALL)


def test_the_guides_program(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = _PROGRAM.search((ROOT / "docs/guide.md").read_text(encoding="utf-8"))
    assert found is not None
    with two_offices(store, LEAD, OTHER) as offices:
        offices.opened(LEAD, "A-1", contact="555-555-0101")
        offices.claimed(LEAD, "A-1", SUBJECT)
        offices.opened(OTHER, "26-0117")
        monkeypatch.setenv("CROSSTIP_URL", offices.live.url)
        monkeypatch.setenv("CROSSTIP_KEY", _token(offices, OTHER))
        for _ in range(2):
            exec(compile(found[1], "guide", "exec"), {})  # noqa: S102 - our own guide
        said = capsys.readouterr().out.splitlines()
        used = offices.people[OTHER].get("/v1/checks/budgets").json()["items"][-1]["used"]
    once = [
        f"{SUBJECT}: hit",
        "  call ALDER, A-1: 555-555-0101",
        "+1 555 555 0199: nothing to show",
    ]
    assert said == [*once, *once]
    assert used == 2


def _token(offices: Offices, user: str) -> str:
    return offices.people[user].headers["Authorization"].removeprefix("Bearer ")

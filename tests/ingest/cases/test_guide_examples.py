"""The tips that the user guide shows go in, and say what they are meant to say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ingest.desk import Desk

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "guide.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["json", "xml"])
def test_an_example_of_the_guide_goes_in(desk: Desk, language: str) -> None:
    (shown,) = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    desk.take(shown, number="123456789") if language == "xml" else desk.take(shown)
    emails = {a.identifier: (a.role, a.linking) for a in desk.said("123456789", "Email")}
    assert emails["someone@example.org"] == ("reported", True)
    assert len(desk.said("123456789", "ScreenName")) == 1
    assert len(desk.said("123456789", "Account")) == 1

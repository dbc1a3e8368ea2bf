"""The map: what is placed and how exactly, what is only counted, and nothing that runs."""

from __future__ import annotations

import hashlib
from xml.etree.ElementTree import fromstring

import pytest

from client.tips import TipAnswer, TipNote
from dashboard.charting.model import Name
from dashboard.mapping.drawing import map_svg
from dashboard.mapping.outline import FILE, outline
from dashboard.mapping.places import (
    NOT_ADDRESS,
    OUTSIDE,
    by_state,
    estimate_rows,
    estimates,
    unplaced,
)
from tests.dashboard.charting.test_timeline import made_up_tip

A: Name = ("Tip", "ncmec:1")
B: Name = ("Tip", "ncmec:2")


def _tip(*texts: str, path: str = "reported[0]/estimated location") -> TipAnswer:
    notes = tuple(TipNote(path=path, text=text) for text in texts)
    return made_up_tip().model_copy(update={"details": notes})


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Portland, OR, US", "Oregon"),
        ("Portland, Oregon, United States (verified true, timestamp 2026-03-05)", "Oregon"),
        ("Atlanta, Georgia, US", "Georgia"),
        ("Georgia", None),
        ("Toronto, CA", None),
        ("Springfield, US", None),
        ("San Juan, PR, US", None),
        (", ,", None),
    ],
)
def test_a_line_is_placed_only_where_it_names_a_state(text: str, state: str | None) -> None:
    (found,) = estimates([A], {A: (_tip(text),)})
    assert found.state == state
    km = 0 if state is None else outline().states[state].km
    assert ("km of its mark" in found.why) is (state is not None)
    assert (str(km) in found.why) is (state is not None)
    assert found.stated == text


def test_what_is_unknown_is_counted_and_an_address_is_no_estimate() -> None:
    said = _tip("Portland, OR, US (timestamp 2026-03-05T10:00:00Z)", "Paris, FR")
    found = estimates([A, B, ("Email", "x")], {A: (said,)})
    assert by_state(found) == {"Oregon": 1}
    assert unplaced(found) == {OUTSIDE: 1, "not read: expand the tip": 1}
    rows = estimate_rows(found)
    assert rows["As of"] == ["2026-03-05T10:00:00Z", "not stated", "not stated"]
    assert rows["Stated at"][0] == "reported[0]/estimated location"
    address = _tip("Portland, OR, US", path="reported[0]/address")
    assert unplaced(estimates([A], {A: (address,)})) == {"no estimated location is stated": 1}


def test_the_map_is_drawn_here_and_holds_nothing_that_runs_or_loads() -> None:
    svg = map_svg({"Oregon": 3, "Alaska": 1}, lines=['<script>alert("x")</script>&\u202e'])
    root = fromstring(svg)  # noqa: S314 - our own
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names == {"svg", "rect", "text", "path", "title", "circle"}
    assert all("href" not in key for element in root.iter() for key in element.attrib)
    text = svg.decode()
    assert text.count("http") == 1, "the namespace alone"
    assert NOT_ADDRESS in text
    assert "Oregon: 3" in text
    oregon = outline().states["Oregon"]
    assert f'r="{oregon.reach:.1f}"' in text
    assert len(outline().states) == 51


def test_the_outlines_are_those_that_were_looked_at() -> None:
    found = hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert found == "4ebe25613b1cf6c88424cf2ab1016cbd112a0da163c1f89f766f1c9a49fcc998"

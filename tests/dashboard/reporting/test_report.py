"""A report says all that it must, once, in every form; its record is what the log names."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from client.client import CrosstipClient
from client.links import ExplanationAnswer
from client.store import VersionAnswer
from client.tips import TipAnswer
from dashboard.charting.filters import Filters, in_sight
from dashboard.reporting.document import MOST
from dashboard.reporting.gathering import MOST_LINKS, gather, strongest, tips_of
from dashboard.reporting.page import report_page
from dashboard.reporting.place import place_of
from tests.dashboard.charting.answers import explanation
from tests.dashboard.charting.charts import hostile_chart
from tests.dashboard.reporting.made import (
    DOCUMENT,
    entry_of,
    hostile,
    pair_chart,
    plain,
    tip_answer,
)
from tests.hostile import HOSTILE

SAYS = (
    "LAW ENFORCEMENT SENSITIVE",
    "SYNTHETIC: all data here is made up",
    "Investigative lead, not identification.",
    "As of",
    "2026-11-23T00:00:00Z (UTC)",
    "2026-11-23T12:00:00+00:00 (UTC)",
    "lead.north",
    "the prosecutor",
    "version 0.1",
    "Legend",
    "3 neighbours are left out.",
    "Why ncmec:1 and ncmec:2 are linked",
    "By chance: not estimated",
    "Both have it.",
    DOCUMENT,
    "agency:north",
    "e" * 32,
    "crosstip audit prove",
)


def texts(made_page: str) -> str:
    """Give what a page shows, without its tags."""

    class Texts(HTMLParser):
        found = ""

        def handle_data(self, data: str) -> None:
            self.found += f"{data} "

    reader = Texts()
    reader.feed(made_page)
    return reader.found


def test_a_report_says_what_it_rests_on_when_by_whom_and_where_it_stands_in_the_log() -> None:
    made = plain()
    page_bytes = report_page(made.report, made.place, picture=made.svg)
    shown = texts(page_bytes.decode())
    for text in (*SAYS, made.report.sha256):
        assert text in shown, text
    (why,) = (part for part in made.report.sections if part.title.startswith("Why"))
    assert why.grid is not None
    sides = [(row[0], row[2], row[3]) for row in why.grid.rows]
    assert sides == [
        ("for", "15.0", "15.0"),
        ("for", "9.0", "24.0"),
        ("against", "-1.0", "23.0"),
        ("neither", "0.0", "23.0"),
        ("sum", "23.0", "23.0"),
    ]
    held = re.search(rb"<svg.*</svg>\n", page_bytes, flags=re.DOTALL)
    assert held is not None
    assert hashlib.sha256(held[0]).hexdigest() in shown, "the drawing is the one that is meant"
    assert made.report.tips == ("ncmec:1", "ncmec:2")


def test_the_record_in_the_page_is_what_the_log_names_and_says_all_of_it() -> None:
    made = plain()
    page = report_page(made.report, made.place, picture=made.svg).decode()
    (held,) = re.findall(r'href="data:application/json;base64,([^"]+)"', page)
    record = base64.b64decode(held)
    assert hashlib.sha256(record).hexdigest() == made.report.sha256
    said = json.loads(record)
    assert [part["title"] for part in said["sections"]] == [
        part.title for part in made.report.sections
    ]
    assert said["marks"] == list(made.report.marks)
    again = plain()
    assert again.report.record() == record, "the same report has the same record"
    with pytest.raises(ValueError, match="another report"):
        place_of(made.report, entry_of(made.report).model_copy(update={"sha256": "0" * 64}))


def test_hostile_texts_are_texts_in_every_place_of_a_report() -> None:
    made = hostile(HOSTILE)
    page = report_page(made.report, made.place, picture=made.svg).decode()
    tags = re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", page)
    assert set(tags) <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "a"),
        *("table", "thead", "tbody", "tr", "th", "td"),
        *("svg", "rect", "text", "line", "circle", "polygon"),
    }
    links = re.findall(r"<[^>]* (?:href|src|style|on[a-z]+)=[^>]*>", page)
    assert len(links) == 1
    assert links[0].startswith('<a download="crosstip-chart-report.json" href="data:')
    assert "script-src 'none'" in page
    assert "unsafe" not in page.partition("</head>")[0]
    assert all(char.isprintable() or char == "\n" for char in page)
    cells = [
        cell for part in made.report.sections if part.grid for row in part.grid.rows for cell in row
    ]
    assert max(map(len, cells)) == MOST


class _Client(CrosstipClient):
    """Answers for any two tips, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9", "t" * 40)
        self.asked: list[str] = []

    def tip_explanation(self, own: str, other: str) -> ExplanationAnswer:
        self.asked.append(f"{own} {other}")
        return explanation(1_000)

    def tip(self, key: str) -> TipAnswer:
        self.asked.append(key)
        return tip_answer(key)

    def version(self) -> VersionAnswer:
        return VersionAnswer(api="1", crosstip="0.1")


def test_what_is_in_sight_is_gathered_the_strongest_first() -> None:
    chart = pair_chart()
    sight = in_sight(chart, Filters())
    client = _Client()
    grounds = gather(client, sight)
    assert client.asked == ["ncmec:1 ncmec:2", "ncmec:1", "ncmec:2"]
    assert tips_of(sight) == ("ncmec:1", "ncmec:2")
    assert (len(grounds.why), len(grounds.tips), grounds.left_out) == (1, 2, ())
    hidden = in_sight(chart, Filters(grades_off=frozenset({"strong"})))
    assert strongest(hidden) == []
    client.asked.clear()
    assert gather(client, hidden).why == ()


def test_no_reasons_are_asked_for_what_is_no_tip() -> None:
    sight = in_sight(hostile_chart(HOSTILE[: MOST_LINKS + 5]), Filters())
    client = _Client()
    assert gather(client, sight).why == ()
    assert client.asked == []

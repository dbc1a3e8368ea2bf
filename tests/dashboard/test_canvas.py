"""The picture: the pinned library, opaque ids, fixed places, titles that are text."""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.canvas import GLUE, VIS, network_of, safe_title
from dashboard.components.export import as_html, source_of
from dashboard.theme import LOOKS
from dashboard.wording import visible
from tests.dashboard.pictures import PAYLOADS, hostile_picture

HASHES = {
    "vis-network.min.js": "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69",
    "vis-network.css": "2e82d445ad5878ea881652470ce632601f8f55f1b99e6ebecdff8614600e6d0e",
}


@pytest.mark.parametrize("name", sorted(HASHES))
def test_the_library_is_the_one_that_was_read(name: str) -> None:
    assert hashlib.sha256((VIS / name).read_bytes()).hexdigest() == HASHES[name]


@given(st.text() | st.sampled_from(["href", "HREF", "hrhrefef", *PAYLOADS]))
def test_a_title_is_never_markup(text: str) -> None:
    title = safe_title(text)
    assert re.search(r"[<>&\"'`]", title) is None
    assert "href" not in title.lower()
    assert len(title) <= 360


def test_ids_are_opaque_and_nothing_moves() -> None:
    picture = hostile_picture()
    network = network_of(picture)
    nodes, edges, heading, *_, options = network.get_network_data()
    assert [node["id"] for node in nodes] == ["n0", "n1", "n2", "n3"]
    assert all(node["physics"] is False for node in nodes)
    assert {edge["from"] for edge in edges} | {edge["to"] for edge in edges} <= {
        node["id"] for node in nodes
    }
    assert json.loads(options)["physics"] == {"enabled": False}
    assert heading == ""
    assert network.select_menu is False


def test_the_glue_never_writes_markup() -> None:
    glue = GLUE.read_text(encoding="utf-8")
    code = "\n".join(line for line in glue.splitlines() if not line.lstrip().startswith("//"))
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "Function("):
        assert word not in code
    assert "http" not in code


def test_kinds_differ_without_colour() -> None:
    assert len({look.letter for look in LOOKS.values()}) == len(LOOKS)


class _Tags(HTMLParser):
    """Collects the tags that a browser would see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_export_holds_no_tag_that_loads_anything() -> None:
    page = as_html(hostile_picture()).decode()
    tags = _Tags(page).found
    assert {tag for tag, _ in tags} <= {
        *("html", "head", "meta", "title", "style", "script", "body", "center", "h1", "p"),
        *("div", "table", "tr", "td"),
    }
    assert {name for _, at in tags for name in at} <= {
        *("class", "id", "charset", "http-equiv", "content"),
    }
    first, policy = (at for tag, at in tags if tag == "meta")
    assert first == {"charset": "utf-8"}
    assert policy["http-equiv"] == "Content-Security-Policy"
    said = str(policy["content"])
    assert "unsafe" not in said
    assert "http" not in said
    assert page.index("Content-Security-Policy") < page.index("<script")
    for tag, count in (("script", 3), ("style", 3)):
        held = re.findall(rf"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL)
        assert len(held) == count
        (sources,) = re.findall(rf"{tag}-src ([^;]+);", said)
        assert sorted(sources.split()) == sorted(source_of(text) for text in held)


def test_the_export_says_what_it_is_and_escapes_texts() -> None:
    page = as_html(hostile_picture()).decode()
    assert "SYNTHETIC" in page
    assert "Investigative lead, not identification." in page
    assert "As of 2026-11-22T00:00:00Z" in page
    assert "Left out: &lt;h1&gt;" in page
    for payload in PAYLOADS:
        assert payload not in page


@given(st.text())
def test_nothing_hides_in_a_visible_text(text: str) -> None:
    shown = visible(text)
    assert all(char.isprintable() or char == "\n" for char in shown)


def test_directions_are_spelt_out() -> None:
    assert visible("a\u202egpj.exe\x00") == "a\\u202egpj.exe\\u0000"

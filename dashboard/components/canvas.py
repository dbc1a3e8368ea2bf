"""The picture of a neighbourhood: a pyvis `Network`, drawn by the vis-network file in pyvis.

Places come from the API and nothing moves by itself. The component's script is ours and fixed; of
a tip's text it gets labels, which go to a canvas, and titles, which vis-network sets as text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyvis
import streamlit as st
from pyvis.network import Network

from client.links import NeighbourhoodAnswer, Node
from dashboard.theme import URGENT_BORDER, look_of
from dashboard.wording import one_line, visible

VIS = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2"
"""The vis-network that comes inside the pinned pyvis; a test holds its hashes."""
GLUE = Path(__file__).with_name("linkchart.js")
HEIGHT = 560
_HREF = re.compile(r"(h)(ref)", re.IGNORECASE)
_MARKUP = str.maketrans(dict.fromkeys("<>&\"'`", " "))
_SPREAD = 60.0
"""Pixels between neighbours, roughly: the picture's width grows with the root of its nodes."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected in the picture, by the opaque ids of nodes."""

    nodes: tuple[str, ...]


def safe_title(text: str) -> str:
    """Give a title that is text in whatever way a library takes it.

    pyvis 0.3.2 writes every title of a page as HTML when any of them contains `href`.
    """
    return _HREF.sub(r"\1-\2", one_line(text, limit=300).translate(_MARKUP))


def is_plain_title(title: str) -> bool:
    """Say whether a title is such a text, as `safe_title` gives it."""
    return title == title.translate(_MARKUP) and _HREF.search(title) is None


def network_of(picture: NeighbourhoodAnswer) -> Network:
    """Give the picture as a pyvis network: opaque ids, fixed places, no physics."""
    network = Network(cdn_resources="in_line", height=f"{HEIGHT}px", select_menu=False, heading="")
    network.options = {"physics": {"enabled": False}, "interaction": {"hover": True}}
    spread = _SPREAD * max(4.0, len(picture.nodes) ** 0.5)
    ids = {node.id: f"n{at}" for at, node in enumerate(picture.nodes)}
    for node in picture.nodes:
        network.add_node(ids[node.id], **_node_options(node, picture, spread))
    for edge in picture.edges:
        network.add_edge(
            ids[edge.start],
            ids[edge.end],
            title=safe_title(edge.label),
            width=1 + min(edge.weight / 4000, 5),
            dashes=edge.weight == 0,
            color="#8A8A8A",
        )
    return network


def _node_options(node: Node, picture: NeighbourhoodAnswer, spread: float) -> dict[str, Any]:
    look = look_of(node.kind)
    is_centre = node.kind == "Tip" and node.key == picture.tip
    return {
        "label": f"{look.letter} {one_line(node.label, limit=32)}",
        "title": safe_title(f"{node.kind} {node.key}: {node.detail}"),
        "x": node.x * spread,
        "y": node.y * spread,
        "physics": False,
        "shape": look.shape,
        "size": 22 if is_centre else 14,
        "borderWidth": 4 if node.urgency in URGENT_BORDER else 1,
        "color": {
            "background": look.colour,
            "border": URGENT_BORDER.get(node.urgency, "#4D4D4D"),
            "highlight": {"background": look.colour, "border": "#000000"},
        },
    }


def draw(picture: NeighbourhoodAnswer, *, key: str) -> Selection:
    """Draw the picture and give what is selected in it."""
    network = network_of(picture)
    nodes, edges, *_ = network.get_network_data()
    chosen = _component()(
        key=key,
        data={
            "nodes": nodes,
            "edges": edges,
            "height": HEIGHT,
            "alt": f"Picture of {len(nodes)} nodes around tip {visible(picture.tip)}. The tables "
            "below it say the same.",
        },
        default={"selection": {"nodes": []}},
        on_selection_change=lambda: None,
    )
    return Selection(nodes=_ids(chosen.get("selection")))


def _ids(selection: object) -> tuple[str, ...]:
    found = selection.get("nodes") if isinstance(selection, dict) else None
    if not isinstance(found, Sequence) or isinstance(found, str):
        return ()
    return tuple(item for item in found if isinstance(item, str))


@functools.cache
def _component() -> Any:
    return st.components.v2.component("linkchart", js=script_with(GLUE), css=style())


def script_with(glue: Path) -> str:
    """Give vis-network, written for script tags, and after it a glue, which is a module."""
    library = (VIS / "vis-network.min.js").read_text(encoding="utf-8")
    return (
        "const held={exports:{}};(function(exports,module,define){"
        f"{library}\n"
        "}).call(globalThis,held.exports,held,undefined);\nconst vis=held.exports;\n"
        f"{glue.read_text(encoding='utf-8')}"
    )


def style() -> str:
    """Give vis-network's style sheet."""
    # More than one line: Streamlit takes a text on one line for the name of a file.
    return "/* vis-network */\n" + (VIS / "vis-network.css").read_text(encoding="utf-8") + "\n"

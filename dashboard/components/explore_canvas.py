"""The analyst's chart on the screen: drawn by the vis-network in pyvis, told by our own glue."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from pyvis.network import Network

from dashboard.components.canvas import HEIGHT, script_with, style

GLUE = Path(__file__).with_name("explorechart.js")


@dataclass(frozen=True, slots=True)
class Marked:
    """What is selected in the chart, by the opaque ids of nodes and links."""

    nodes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    turn: int = 0
    """Differs each time something is selected."""


def draw_chart(
    network: Network,
    *,
    selected: Marked,
    alt: str,
    said: str,
    key: str,
    on_event: Callable[[], None],
) -> Marked:
    """Draw the chart, say `said` to whoever listens to it, and give what is selected.

    What is to be done with it is in the session under `key`, when `on_event` is called.
    """
    nodes, edges, *_ = network.get_network_data()
    found = _component()(
        key=key,
        data={
            "nodes": nodes,
            "edges": edges,
            "selected": {"nodes": list(selected.nodes), "edges": list(selected.links)},
            "height": HEIGHT,
            "alt": alt,
            "said": said,
        },
        default={"selection": {}},
        on_selection_change=lambda: None,
        on_event_change=on_event,
    )
    return marked_of(found.get("selection"))


def marked_of(found: object) -> Marked:
    """Give what a browser says is selected; what is no such thing is passed over."""
    if not isinstance(found, dict):
        return Marked()
    turn = found.get("turn")
    return Marked(
        nodes=texts(found.get("nodes")),
        links=texts(found.get("edges")),
        turn=turn if isinstance(turn, int) else 0,
    )


def texts(found: object) -> tuple[str, ...]:
    """Give the texts in a list that a browser sent."""
    if not isinstance(found, list | tuple):
        return ()
    return tuple(item for item in found if isinstance(item, str))


@functools.cache
def _component() -> Any:
    return st.components.v2.component("explorechart", js=script_with(GLUE), css=style())

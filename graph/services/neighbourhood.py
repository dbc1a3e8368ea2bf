"""The neighbourhood of a tip as a bounded picture: linked tips, what they share, who works it.

Hubs stand as one counted bundle each and are never walked through. What was left out is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx

from graph.queries.investigations import TOUCHING, TouchingParams
from graph.queries.tips import TIPS, TipsParams
from graph.scoring.pairs import Basis
from graph.services.links import CAVEAT, Links, Relation, links_of
from graph.store import Store

Drawing: TypeAlias = "nx.Graph[tuple[str, str]]"
MAX_TIPS = 40
MAX_NODES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureNode:
    """A node of the picture. `x` and `y` lie between -1 and 1."""

    id: str
    """Opaque: `n0`, `n1` …; identifiers never become ids of a page."""
    kind: str
    key: str
    label: str
    detail: str
    urgency: int
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureEdge:
    """An edge of the picture."""

    start: str
    end: str
    label: str
    weight: int
    """Thousandths of a bit; 0 where the edge is no evidence of a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A tip's neighbourhood, laid out."""

    tip: str
    as_of_us: int
    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]
    cut_off: tuple[str, ...]
    caveat: str = CAVEAT


def neighbourhood(store: Store, tip: str, *, basis: Basis) -> Picture:
    """Give the picture of a tip: urgent and strongly linked tips first, at most 300 nodes.

    Raises:
        NotFoundError: there is no such tip.
        StoreError: the store could not answer.
    """
    links = links_of(store, tip, basis=basis, limit=MAX_TIPS)
    touched = store.read(TOUCHING, TouchingParams(tip=tip))
    drawing: Drawing = nx.Graph()
    own = store.read(TIPS, TipsParams(tips=[tip]))[0]
    _add(drawing, "Tip", tip, detail="the tip asked for", urgency=own.urgency)
    bundles: dict[tuple[str, str], tuple[str, str]] = {}
    for hub in links.hubs:
        bundle = ("Bundle", f"{hub.kind} {hub.identifier}, {hub.mention_count} tips")
        bundles[(hub.kind, hub.identifier)] = bundle
        why = hub.state_reason if hub.state_reason is not None else "shared by many"
        _add(drawing, *bundle, detail=f"{hub.mention_count} tips: {why}")
        _join(drawing, ("Tip", tip), bundle, label="hub")
    cut_off = [*links.cut_off, *_add_links(drawing, tip, links, bundles)]
    for row in touched:
        found = bundles.get((row.kind, row.identifier), (row.kind, row.identifier))
        _add(drawing, *found, detail=row.tip_role)
        _join(drawing, ("Tip", tip), found, label=row.tip_role)
        _add(drawing, "Investigation", row.investigation, detail=f"{row.agency}, {row.status}")
        claimed = f"claims ({row.claim_role})"
        _join(drawing, ("Investigation", row.investigation), found, label=claimed)
    return _laid_out(drawing, links, cut_off)


def _add_links(
    drawing: Drawing,
    tip: str,
    links: Links,
    bundles: Mapping[tuple[str, str], tuple[str, str]],
) -> list[str]:
    left_out = 0
    for link in links.links:
        if drawing.number_of_nodes() + len(link.reasons) + 1 > MAX_NODES:
            left_out += 1
            continue
        _add(
            drawing,
            "Tip",
            link.tip.key,
            detail=f"{link.grade.value} link, score {link.score / 1000:.1f} bits",
            urgency=link.tip.urgency,
        )
        for direction in link.refers:
            _join(drawing, ("Tip", tip), ("Tip", link.tip.key), label=direction)
        for reason in link.reasons:
            if len(reason.own_roles) == 0:
                continue
            value = (reason.kind, reason.identifier)
            shared = bundles.get(value, value)
            _add(drawing, *shared, detail=reason.sentence)
            is_link = reason.relation is Relation.SUBJECT
            for end, roles in ((tip, reason.own_roles), (link.tip.key, reason.other_roles)):
                _join(
                    drawing,
                    ("Tip", end),
                    shared,
                    label=" and ".join(roles) if is_link else f"{reason.relation.value}",
                    weight=reason.weight,
                )
    return [f"{left_out} linked tips do not fit the picture."] if left_out > 0 else []


def _add(drawing: Drawing, kind: str, key: str, *, detail: str, urgency: int = 2) -> None:
    if (kind, key) not in drawing:
        drawing.add_node((kind, key), detail=detail, urgency=urgency)


def _join(
    drawing: Drawing,
    start: tuple[str, str],
    end: tuple[str, str],
    *,
    label: str,
    weight: int = 0,
) -> None:
    """Draw an edge; evidence is never drawn over by something that is none."""
    if drawing.get_edge_data(start, end, {"weight": -1})["weight"] < weight:
        drawing.add_edge(start, end, label=label, weight=weight)


def _laid_out(drawing: Drawing, links: Links, cut_off: list[str]) -> Picture:
    places = nx.spring_layout(drawing, seed=7, iterations=60, weight=None)
    ids = {node: f"n{at}" for at, node in enumerate(drawing)}
    return Picture(
        tip=links.tip,
        as_of_us=links.as_of_us,
        nodes=tuple(
            PictureNode(
                id=ids[node],
                kind=node[0],
                key=node[1],
                label=node[1],
                detail=data["detail"],
                urgency=data["urgency"],
                x=round(float(places[node][0]), 4),
                y=round(float(places[node][1]), 4),
            )
            for node, data in drawing.nodes(data=True)
        ),
        edges=tuple(
            PictureEdge(start=ids[a], end=ids[b], label=data["label"], weight=data["weight"])
            for a, b, data in drawing.edges(data=True)
        ),
        cut_off=tuple(cut_off),
    )

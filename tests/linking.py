"""Links as tests ask for them: with the weights that Crosstip ships, and no network files."""

from __future__ import annotations

from graph.scoring.networks import Networks
from graph.scoring.pairs import Basis
from graph.scoring.weights import shipped_weights
from graph.services import links
from graph.services.estimating import estimate_chance
from graph.services.snapshot import take_snapshot
from graph.store import Store

BASIS = Basis(weights=shipped_weights(), networks=Networks())


def links_of(store: Store, tip: str, *, limit: int = 200) -> links.Links:
    """Give the links of a tip, after values were counted and chance was estimated."""
    take_snapshot(store, actor="test")
    estimate_chance(store, basis=BASIS, actor="test")
    return links.links_of(store, tip, basis=BASIS, limit=limit)

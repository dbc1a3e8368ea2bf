"""Whose tips a route shows: the one place that says so."""

from __future__ import annotations

from graph.casework.tip_scope import EVERYTHING
from graph.opening import OpenStore
from graph.store import Store


def seen(opened: OpenStore) -> Store:
    """Give the store as whoever asks may see it.

    Everything, as long as a token stands for the installation and for no user; with a caller it is
    `opened.store.seen_by(scope_of(caller))`.
    """
    return opened.store.seen_by(EVERYTHING)

"""Suggestions: one keeper of beginnings for each open store."""

from __future__ import annotations

import threading

from fastapi import FastAPI

from graph.services.suggesting import Suggestions
from graph.store import Store

_LOCK = threading.Lock()


def suggestions_of(app: FastAPI, store: Store) -> Suggestions:
    """Give what keeps the beginnings of a store; one that was opened anew gets a new one."""
    with _LOCK:
        kept = getattr(app.state, "suggestions", None)
        if not isinstance(kept, Suggestions) or kept.store is not store:
            kept = app.state.suggestions = Suggestions(store)
        return kept

"""Doing something once, and saying afterwards what came of it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from client.errors import ApiError
from dashboard import state
from dashboard.components import notices
from dashboard.wording import visible

MEANWHILE = (
    "Meanwhile somebody else was there. Nothing was overwritten; what is shown was read anew."
)
_MEANWHILE = frozenset({"changed", "gone-meanwhile", "store-conflict"})
_UNDECIDED = frozenset({"in-flight", "api-away", "api-slow", "api-busy"})
"""After these nobody knows whether it was done: it is asked again under the same key."""


@dataclass(slots=True)
class Told:
    """What is to be said at the top of the next run, and keys of what is not known to be done."""

    done: str | None = None
    meanwhile: str | None = None
    keys: dict[str, str] = field(default_factory=dict)
    """By digest of what was asked: the key under which it is done once."""


def attempt(asked: str, work: Callable[[str], str]) -> bool:
    """Do something under a key, and say whether what the page shows is to be read anew.

    `asked` is what is done, word for word: the same again after an answer that never came is the
    same request. `work` gives the sentence that is said at the top of the next run. A refusal is
    shown here and now, where the form still stands as it was filled in.
    """
    told = state.record(Told)
    digest = hashlib.sha256(asked.encode("utf-8", "backslashreplace")).hexdigest()
    key = told.keys.setdefault(digest, uuid.uuid4().hex)
    try:
        said = work(key)
    except ApiError as error:
        if error.code not in _UNDECIDED and (error.status or 500) < 500:
            told.keys.pop(digest, None)
        if error.code in _MEANWHILE:
            told.meanwhile = error.sentence
            return True
        notices.failure(error)
        return False
    told.keys.pop(digest, None)
    told.done = said
    return True


def tell() -> None:
    """Show what the run before did; once."""
    told = state.record(Told)
    if told.done is not None:
        st.success("Done.", icon=":material/check:")
        st.text(visible(told.done))
    if told.meanwhile is not None:
        st.warning(MEANWHILE, icon=":material/sync_problem:")
        st.text(visible(told.meanwhile))
    told.done = told.meanwhile = None

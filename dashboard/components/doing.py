"""What a form did, said after the page was drawn anew, and what it could not do."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from client.errors import ApiError
from dashboard import state
from dashboard.components import notices
from dashboard.wording import visible

_UNSETTLED = frozenset({"api-away", "api-slow", "api-busy", "store-unavailable"})
"""Whether it was done is not known: it is asked again under the same key."""
CHANGED = (
    "Somebody changed it since it was shown. Nothing was done; here is how it is now. Look at it, "
    "then decide anew."
)


@dataclass(slots=True)
class Doing:
    """What was done last, and keys of what may have been done."""

    said: tuple[str, ...] = ()
    keys: dict[str, str] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    """Versions of records as they were drawn last."""
    is_stale: bool = False
    """What was decided was decided about another version than the present one."""


def key_for(deed: str) -> str:
    """Give the key of a deed: the same until it is known what became of it.

    `deed` names what is done with all that it is done with.
    """
    return state.record(Doing).keys.setdefault(deed, uuid.uuid4().hex)


def settle(deed: str) -> None:
    """Note that it is known what became of a deed: done again, it is another one."""
    state.record(Doing).keys.pop(deed, None)


def is_settled_by(error: ApiError) -> bool:
    """Say whether an error tells what became of a deed."""
    return error.code not in _UNSETTLED and (error.status is None or error.status < 500)


def show_version(record: str, version: int) -> None:
    """Note which version of a record is drawn. What was pressed was pressed on the one before.

    A page reads its record anew before it does what was pressed: without this the step would name
    a version that nobody has looked at, and a change by somebody else would be overridden.
    """
    doing = state.record(Doing)
    doing.is_stale = doing.shown.get(record, version) != version
    doing.shown = {record: version}
    if doing.is_stale:
        st.warning(CHANGED)


def tell(*sentences: str) -> None:
    """Have sentences said when the page is drawn next."""
    state.record(Doing).said = sentences


def say_what_was_done() -> None:
    """Say what was done last, once. Every page with forms begins with it."""
    doing = state.record(Doing)
    doing.is_stale = False
    said, doing.said = doing.said, ()
    for sentence in said:
        st.success("Done.", icon=":material/check:")
        st.text(visible(sentence))


def attempt(deed: str, work: Callable[[str], object], *, done: str) -> None:
    """Do something once with its key and draw the page anew, or say why it was not done.

    Where the record has changed since it was shown, nothing is done.
    """
    if state.record(Doing).is_stale:
        return
    try:
        work(key_for(deed))
    except ApiError as error:
        if is_settled_by(error):
            settle(deed)
        if error.code == "changed":
            st.warning(CHANGED)
        notices.failure(error)
        return
    settle(deed)
    state.record(Doing).shown = {}
    tell(done)
    st.rerun()

"""What one browser tab's session holds: the token, the question asked and its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import streamlit as st

from client.client import CrosstipClient
from client.links import LinksAnswer, NeighbourhoodAnswer
from client.search import SearchAnswer
from client.tips import TipAnswer
from dashboard.settings import DashboardSettings

_KEY = "crosstip"


@dataclass(frozen=True, slots=True)
class OpenTip:
    """Everything that the page of one tip shows."""

    tip: TipAnswer
    links: LinksAnswer
    picture: NeighbourhoodAnswer


@dataclass(slots=True)
class Session:
    """One person's session. Nothing of it is shared with another one or written anywhere."""

    client: CrosstipClient | None = None
    """With the token inside; None until somebody has logged in."""
    synthetic: bool = False
    found: SearchAnswer | None = None
    open_tip: OpenTip | None = None
    pages: tuple[str, ...] = ("",)
    """Where each page of the list of tips starts, up to the one that is shown."""


def session() -> Session:
    """Give the session of this browser tab."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Session()
    return cast("Session", st.session_state[_KEY])


def connected() -> CrosstipClient:
    """Give the client of whoever is logged in; anybody else is sent to the log-in.

    A page that is asked for without a log-in ends here.
    """
    client = session().client
    if client is None:
        st.stop()
    return client


def log_in(token: str) -> None:
    """Open a session with a token, if the API takes it.

    Raises:
        ApiError: it does not, or does not answer.
    """
    client = CrosstipClient(DashboardSettings().api_url, token)
    figures = client.figures()
    st.session_state[_KEY] = Session(client=client, synthetic=figures.synthetic)


def log_out() -> None:
    """End the session and forget everything that was looked at."""
    client = session().client
    if client is not None:
        client.close()
    st.session_state.clear()


def look_at(tip: str) -> None:
    """Read a tip with its links and its picture, and keep it as the one that is open.

    Raises:
        ApiError: the API does not give it; the one that was open stays.
    """
    client = connected()
    here = session()
    here.open_tip = OpenTip(
        tip=client.tip(tip), links=client.tip_links(tip), picture=client.tip_neighbourhood(tip)
    )

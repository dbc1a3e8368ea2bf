"""What one browser tab's session holds: the token, the question asked and its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, cast

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.links import LinksAnswer, NeighbourhoodAnswer
from client.resources.log_on import (
    LogOnAnswer,
    LogOnQuestion,
    OfferAnswer,
    OfferQuestion,
    WhoAnswer,
)
from client.search import SearchAnswer
from client.tips import TipAnswer
from dashboard.settings import DashboardSettings

_KEY = "crosstip"
_Record = TypeVar("_Record")
_NOT_ENDED = (
    "The API did not answer, so the session was forgotten here but not ended there. It ends by "
    "itself after 30 minutes without use."
)


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
    has_session: bool = False
    """Whether the API keeps a session, which logging out ends there."""
    who: WhoAnswer | None = None
    """None for a token, which stands for no person."""
    farewell: tuple[str, ...] = ()
    """What is to be said at the log-in."""
    offer: tuple[OfferQuestion, OfferAnswer] | None = None
    """A second factor that waits to be confirmed."""
    recovery: tuple[str, ...] = ()
    """Recovery codes, until the page is left."""
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


def record(kind: type[_Record]) -> _Record:
    """Give what a page keeps for this person, made with its defaults when first asked for.

    `kind` is the page's own dataclass. It is forgotten with the session.
    """
    key = f"{_KEY}:{kind.__module__}.{kind.__qualname__}"
    if key not in st.session_state:
        st.session_state[key] = kind()
    return cast("_Record", st.session_state[key])


def connected() -> CrosstipClient:
    """Give the client of whoever is logged in; anybody else is sent to the log-in.

    A page that is asked for without a log-in ends here.
    """
    client = session().client
    if client is None:
        st.stop()
    return client


def anonymous() -> CrosstipClient:
    """Give a client that nobody is logged in with."""
    return _client(None)


def how_to_log_on() -> LogOnAnswer:
    """Ask how to log on, and what is to be accepted first.

    Raises:
        ApiError: the API does not say.
    """
    with anonymous() as client:
        return client.how_to_log_on()


def log_in(wanted: LogOnQuestion) -> None:
    """Open a session, if the API takes what was typed.

    Raises:
        ApiError: it does not, or does not answer.
    """
    with anonymous() as client:
        token = client.log_on(wanted).token
    log_in_with_token(token, has_session=True)


def log_in_with_token(token: str, *, has_session: bool = False) -> None:
    """Work with a token from now on, if the API takes it.

    Raises:
        ApiError: it does not, or does not answer.
    """
    client = _client(token)
    figures = client.figures()
    st.session_state[_KEY] = Session(
        client=client,
        synthetic=figures.synthetic,
        has_session=has_session,
        who=client.current_session().who if has_session else None,
    )


def log_out() -> None:
    """End the session, here and at the API, and forget everything that was looked at."""
    here = session()
    farewell: tuple[str, ...] = ()
    if here.client is not None and here.has_session:
        try:
            here.client.log_out()
        except ApiError as error:
            if not error.is_token_refused:
                farewell = (_NOT_ENDED,)
    forget(farewell)


def forget(farewell: tuple[str, ...] = ()) -> None:
    """Forget the session and everything that was looked at."""
    client = session().client
    if client is not None:
        client.close()
    st.session_state.clear()
    if len(farewell) > 0:
        st.session_state[_KEY] = Session(farewell=farewell)


def _client(token: str | None) -> CrosstipClient:
    # None for a browser on this machine; without a browser it is no text at all.
    visitor = st.context.ip_address
    asks_for = visitor if isinstance(visitor, str) else None
    return CrosstipClient(DashboardSettings().api_url, token, forwarded_for=asks_for)


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

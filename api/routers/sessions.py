"""Sessions: the present one, and its end."""

from __future__ import annotations

from fastapi import APIRouter

from api.callers import InSession
from api.deps import Stores
from api.schemas.sessions import EndedAnswer, SessionAnswer
from graph.services.sessions import end_all_sessions, end_session

router = APIRouter(tags=["log-on"])


@router.get("/sessions/current")
def current_session(session: InSession) -> SessionAnswer:
    """Who is logged on, and until when."""
    return SessionAnswer.of(session)


@router.delete("/sessions/current")
def log_out(stores: Stores, session: InSession) -> EndedAnswer:
    """End the present session."""
    with stores.use() as opened:
        end_session(opened.store, session)
    return EndedAnswer(ended=1)


@router.delete("/sessions")
def end_my_sessions(stores: Stores, session: InSession) -> EndedAnswer:
    """End all sessions of whoever asks, the present one too."""
    with stores.use() as opened:
        return EndedAnswer(ended=end_all_sessions(opened.store, session.caller))

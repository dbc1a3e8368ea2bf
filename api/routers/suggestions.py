"""Suggestions while somebody types into a search box."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request

from api.conduct.desk import Desk, asks
from api.conduct.suggested import suggestions_of
from api.schemas.common import answer
from api.schemas.suggestions import SuggestAnswer, SuggestQuestion
from graph.casework.deeds import Deed
from graph.queries.suggesting import LIVE, NUMBERED

router = APIRouter(tags=["suggestions"])


@router.post("/suggestions")
def suggestions(
    request: Request, at: Annotated[Desk, asks(Deed.TIP_READ)], wanted: SuggestQuestion
) -> SuggestAnswer:
    """What of your own tips a text may be the beginning of, and what it is taken for so far."""
    found = suggestions_of(request.app, at.opened.store).like(at.store, wanted.text)
    at.shows(None, *{item.tip for item in found.suggested})
    names = (NUMBERED.name, LIVE.name)
    return answer(SuggestAnswer, found, at.opened, queries=names)

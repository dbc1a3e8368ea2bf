"""Search: anything that a person may type."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from api.conduct.desk import Desk, asks
from api.schemas.history import HistoryAnswer, HistoryQuestion
from api.schemas.near import NearAnswer, NearQuestion
from api.schemas.search import SearchAnswer, SearchQuestion
from graph.casework.deeds import Deed
from graph.services.history import history_of
from graph.services.near import near as near_hashes
from graph.services.search import search as search_store

router = APIRouter(tags=["search"])
_Tips = Annotated[Desk, asks(Deed.TIP_READ)]


@router.post("/search")
def search(at: _Tips, question: SearchQuestion) -> SearchAnswer:
    """What is in the graph under a text, which travels in the body and so in no address."""
    found = search_store(at.store, question.text)
    shown = [line.key for item in found.found for line in item.tips]
    at.shows(None, *shown, *(line.key for line in found.tips))
    return SearchAnswer.of(found, at.opened)


@router.post("/history")
def history(at: _Tips, question: HistoryQuestion) -> HistoryAnswer:
    """Every use of an identifier over tips and time, by provider and role."""
    found = history_of(at.store, question.kind, question.key, limit=question.limit)
    at.shows(None, *(use.tip for use in found.uses))
    return HistoryAnswer.of(found, at.opened)


@router.post("/near")
def near(at: _Tips, question: NearQuestion) -> NearAnswer:
    """Hashes of pictures that may look alike: hints, never evidence of a link."""
    found = near_hashes(at.store, question.pdq, limit=question.limit)
    at.shows(None, *(line.tip for hit in found.hits for line in hit.tips))
    return NearAnswer.of(found, at.opened)

"""Search: anything that a person may type."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import Stores
from api.schemas.history import HistoryAnswer, HistoryQuestion
from api.schemas.near import NearAnswer, NearQuestion
from api.schemas.search import SearchAnswer, SearchQuestion
from api.tip_scope import seen
from graph.services.history import history_of
from graph.services.near import near as near_hashes
from graph.services.search import search as search_store

router = APIRouter(tags=["search"])


@router.post("/search")
def search(stores: Stores, question: SearchQuestion) -> SearchAnswer:
    """What is in the graph under a text, which travels in the body and so in no address."""
    with stores.use() as opened:
        return SearchAnswer.of(search_store(seen(opened), question.text), opened)


@router.post("/history")
def history(stores: Stores, question: HistoryQuestion) -> HistoryAnswer:
    """Every use of an identifier over tips and time, by provider and role."""
    with stores.use() as opened:
        found = history_of(seen(opened), question.kind, question.key, limit=question.limit)
        return HistoryAnswer.of(found, opened)


@router.post("/near")
def near(stores: Stores, question: NearQuestion) -> NearAnswer:
    """Hashes of pictures that may look alike: hints, never evidence of a link."""
    with stores.use() as opened:
        return NearAnswer.of(near_hashes(seen(opened), question.pdq, limit=question.limit), opened)

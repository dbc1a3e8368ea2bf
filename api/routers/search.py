"""Search: anything that a person may type."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import Stores
from api.schemas.search import SearchAnswer, SearchQuestion
from graph.services.search import search as search_store

router = APIRouter(tags=["search"])


@router.post("/search")
def search(stores: Stores, question: SearchQuestion) -> SearchAnswer:
    """What is in the graph under a text, which travels in the body and so in no address."""
    with stores.use() as opened:
        return SearchAnswer.of(search_store(opened.store, question.text), opened)

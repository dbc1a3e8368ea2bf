"""The store itself: its figures, its schema, and the named queries."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api import named_queries
from api.deps import Stores
from api.schemas.store import (
    FiguresAnswer,
    NamedQueriesAnswer,
    NamedQuery,
    NamedQueryAnswer,
    NamedQueryQuestion,
    SchemaAnswer,
)
from api.tip_scope import seen
from graph.clock import now_us
from graph.schema import SCHEMA
from graph.services.figures import figures_of, info_of

router = APIRouter(tags=["store"])


@router.get("/figures")
def figures(stores: Stores) -> FiguresAnswer:
    """What the store is and how many tips it holds; nothing that agencies' work is counted in."""
    with stores.use() as opened:
        at_us = now_us()
        info = info_of(seen(opened))
        return FiguresAnswer.of(info, figures_of(seen(opened), everything=False), as_of_us=at_us)


@router.get("/schema")
def schema() -> SchemaAnswer:
    """The graph's schema."""
    return SchemaAnswer.of(SCHEMA)


@router.get("/queries")
def queries() -> NamedQueriesAnswer:
    """The named queries that may be run, with their text and parameters."""
    offered = named_queries.OFFERED.values()
    return NamedQueriesAnswer(queries=tuple(NamedQuery.of(query) for query in offered))


@router.post("/queries/{name}")
def run_query(
    stores: Stores,
    name: Annotated[str, Path(max_length=100, examples=["meta.counts"])],
    question: NamedQueryQuestion,
) -> NamedQueryAnswer:
    """The rows of a named query; its parameters travel in the body."""
    query = named_queries.find(name)
    with stores.use() as opened:
        at_us = now_us()
        rows = named_queries.run(seen(opened), query, question.params)
        return NamedQueryAnswer.of(query, rows, opened, as_of_us=at_us)

"""The store itself: its figures, its schema, and the named queries."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api import named_queries
from api.conduct.desk import Desk, asks
from api.schemas.store import (
    FiguresAnswer,
    NamedQueriesAnswer,
    NamedQuery,
    NamedQueryAnswer,
    NamedQueryQuestion,
    SchemaAnswer,
)
from graph.casework.deeds import Deed
from graph.casework.rights import own, permits
from graph.clock import now_us
from graph.schema import SCHEMA
from graph.services.figures import figures_of, info_of

router = APIRouter(tags=["store"])


@router.get("/figures")
def figures(at: Annotated[Desk, asks(Deed.FIGURES_READ)]) -> FiguresAnswer:
    """What the store is and how many tips it holds; agencies' work is counted for operators."""
    at_us = now_us()
    info = info_of(at.store)
    everything = permits(at.caller, Deed.FIGURES_ALL, resource=own(at.caller))
    return FiguresAnswer.of(info, figures_of(at.store, everything=everything), as_of_us=at_us)


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
    at: Annotated[Desk, asks(Deed.QUERY_RUN)],
    name: Annotated[str, Path(max_length=100, examples=["meta.counts"])],
    question: NamedQueryQuestion,
) -> NamedQueryAnswer:
    """The rows of a named query; its parameters travel in the body."""
    query = named_queries.find(name)
    at_us = now_us()
    rows = named_queries.run(at.store, query, question.params)
    at.shows(name)
    return NamedQueryAnswer.of(query, rows, at.opened, as_of_us=at_us)

"""Tips: the list, one tip, its links and its neighbourhood."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import After, PageLimit, Stores, TipKey
from api.schemas.links import ExplanationAnswer, LinksAnswer
from api.schemas.neighbourhood import NeighbourhoodAnswer
from api.schemas.tips import TipAnswer, TipPageAnswer
from graph.services.explaining import explain
from graph.services.links import links_of
from graph.services.neighbourhood import neighbourhood
from graph.services.tips import list_tips, show_tip

router = APIRouter(tags=["tips"])


@router.get("/tips")
def tips(stores: Stores, after: After = "", limit: PageLimit = 50) -> TipPageAnswer:
    """Tips: imminent danger first, then escalated ones, then the newest."""
    with stores.use() as opened:
        return TipPageAnswer.of(list_tips(opened.store, after=after, limit=limit), opened)


@router.get("/tips/{tip}")
def tip(stores: Stores, tip: TipKey) -> TipAnswer:
    """One tip with its versions, assertions, files, references and touched investigations."""
    with stores.use() as opened:
        return TipAnswer.of(show_tip(opened.store, tip), opened)


@router.get("/tips/{tip}/links")
def tip_links(stores: Stores, tip: TipKey, limit: PageLimit = 200) -> LinksAnswer:
    """Tips that share identifiers with a tip, each with its reasons."""
    with stores.use() as opened:
        return LinksAnswer.of(links_of(opened.store, tip, basis=opened.basis, limit=limit), opened)


@router.get("/tips/{tip}/links/{other}")
def tip_explanation(stores: Stores, tip: TipKey, other: TipKey) -> ExplanationAnswer:
    """Two tips side by side, with all that speaks for and against one person behind them."""
    with stores.use() as opened:
        found = explain(opened.store, tip, other, basis=opened.basis)
        return ExplanationAnswer.of(found, opened)


@router.get("/tips/{tip}/neighbourhood")
def tip_neighbourhood(stores: Stores, tip: TipKey) -> NeighbourhoodAnswer:
    """A tip's neighbourhood as a bounded picture."""
    with stores.use() as opened:
        return NeighbourhoodAnswer.of(neighbourhood(opened.store, tip, basis=opened.basis), opened)

"""Tips: the list, one tip, its links and its neighbourhood."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import After, ChainLimit, ChainLinks, PageLimit, Stores, TipKey
from api.schemas.groups import GroupAnswer
from api.schemas.links import ExplanationAnswer, LinksAnswer
from api.schemas.neighbourhood import NeighbourhoodAnswer
from api.schemas.paths import PathsAnswer
from api.schemas.tips import TipAnswer, TipPageAnswer
from api.tip_scope import seen
from graph.services.explaining import explain
from graph.services.groups import group_of
from graph.services.links import links_of
from graph.services.neighbourhood import neighbourhood
from graph.services.path_answers import LONGEST
from graph.services.paths import paths
from graph.services.tips import list_tips, show_tip

router = APIRouter(tags=["tips"])


@router.get("/tips")
def tips(stores: Stores, after: After = "", limit: PageLimit = 50) -> TipPageAnswer:
    """Tips: imminent danger first, then escalated ones, then the newest."""
    with stores.use() as opened:
        return TipPageAnswer.of(list_tips(seen(opened), after=after, limit=limit), opened)


@router.get("/tips/{tip}")
def tip(stores: Stores, tip: TipKey) -> TipAnswer:
    """One tip with its versions, assertions, files, references and touched investigations."""
    with stores.use() as opened:
        return TipAnswer.of(show_tip(seen(opened), tip), opened)


@router.get("/tips/{tip}/links")
def tip_links(stores: Stores, tip: TipKey, limit: PageLimit = 200) -> LinksAnswer:
    """Tips that share identifiers with a tip, each with its reasons."""
    with stores.use() as opened:
        return LinksAnswer.of(links_of(seen(opened), tip, basis=opened.basis, limit=limit), opened)


@router.get("/tips/{tip}/links/{other}")
def tip_explanation(stores: Stores, tip: TipKey, other: TipKey) -> ExplanationAnswer:
    """Two tips side by side, with all that speaks for and against one person behind them."""
    with stores.use() as opened:
        found = explain(seen(opened), tip, other, basis=opened.basis)
        return ExplanationAnswer.of(found, opened)


@router.get("/tips/{tip}/neighbourhood")
def tip_neighbourhood(stores: Stores, tip: TipKey) -> NeighbourhoodAnswer:
    """A tip's neighbourhood as a bounded picture."""
    with stores.use() as opened:
        return NeighbourhoodAnswer.of(neighbourhood(seen(opened), tip, basis=opened.basis), opened)


@router.get("/tips/{tip}/group")
def tip_group(stores: Stores, tip: TipKey) -> GroupAnswer:
    """The tips that hang together with a tip by more than one link, and what is beside them."""
    with stores.use() as opened:
        return GroupAnswer.of(group_of(seen(opened), tip, basis=opened.basis), opened)


@router.get("/tips/{tip}/paths/{other}")
def tip_paths(
    stores: Stores, tip: TipKey, other: TipKey, limit: ChainLimit = 3, longest: ChainLinks = LONGEST
) -> PathsAnswer:
    """The best chains of links between two tips, each step with its reasons."""
    with stores.use() as opened:
        found = paths(seen(opened), tip, other, basis=opened.basis, most=limit, longest=longest)
        return PathsAnswer.of(found, opened)

"""Tips: the list, one tip, its links and its neighbourhood."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from api.conduct.desk import Desk, asks
from api.deps import After, ChainLimit, ChainLinks, PageLimit, TipKey
from api.schemas.groups import GroupAnswer
from api.schemas.links import ExplanationAnswer, LinksAnswer
from api.schemas.neighbourhood import NeighbourhoodAnswer
from api.schemas.paths import PathsAnswer
from api.schemas.tips import TipAnswer, TipPageAnswer
from graph.casework.deeds import Deed
from graph.services.evidence import show_evidence
from graph.services.explaining import explain
from graph.services.groups import group_of
from graph.services.links import links_of
from graph.services.neighbourhood import neighbourhood
from graph.services.path_answers import LONGEST
from graph.services.paths import paths
from graph.services.tips import list_tips, show_tip

router = APIRouter(tags=["tips"])
_Tips = Annotated[Desk, asks(Deed.TIP_READ)]
_Links = Annotated[Desk, asks(Deed.LINK_READ)]


@router.get("/tips")
def tips(at: _Tips, after: After = "", limit: PageLimit = 50) -> TipPageAnswer:
    """Tips: imminent danger first, then escalated ones, then the newest."""
    found = list_tips(at.store, after=after, limit=limit)
    at.shows(None, *(line.key for line in found.tips))
    return TipPageAnswer.of(found, at.opened)


@router.get("/tips/{tip}")
def tip(at: _Tips, tip: TipKey) -> TipAnswer:
    """One tip with its versions, assertions, files, references and touched investigations."""
    found = show_tip(at.store, tip)
    at.shows(found.tip.key)
    evidence = show_evidence(at.caller, at.store, tip=tip, reads=at.reads)
    return TipAnswer.of(found, at.opened, evidence)


@router.get("/tips/{tip}/links")
def tip_links(at: _Links, tip: TipKey, limit: PageLimit = 200) -> LinksAnswer:
    """Tips that share identifiers with a tip, each with its reasons."""
    found = links_of(at.store, tip, basis=at.basis, limit=limit)
    at.shows(tip, *(link.tip.key for link in found.links))
    return LinksAnswer.of(found, at.opened)


@router.get("/tips/{tip}/links/{other}")
def tip_explanation(at: _Links, tip: TipKey, other: TipKey) -> ExplanationAnswer:
    """Two tips side by side, with all that speaks for and against one person behind them."""
    found = explain(at.store, tip, other, basis=at.basis)
    at.shows(tip, other)
    return ExplanationAnswer.of(found, at.opened)


@router.get("/tips/{tip}/neighbourhood")
def tip_neighbourhood(at: _Links, tip: TipKey) -> NeighbourhoodAnswer:
    """A tip's neighbourhood as a bounded picture."""
    found = neighbourhood(at.store, tip, basis=at.basis)
    answer = NeighbourhoodAnswer.of(found, at.opened)
    at.shows(tip, *answer.tips_shown)
    return answer


@router.get("/tips/{tip}/group")
def tip_group(at: _Links, tip: TipKey) -> GroupAnswer:
    """The tips that hang together with a tip by more than one link, and what is beside them."""
    answer = GroupAnswer.of(group_of(at.store, tip, basis=at.basis), at.opened)
    at.shows(tip, *answer.tips_shown)
    return answer


@router.get("/tips/{tip}/paths/{other}")
def tip_paths(
    at: _Links, tip: TipKey, other: TipKey, limit: ChainLimit = 3, longest: ChainLinks = LONGEST
) -> PathsAnswer:
    """The best chains of links between two tips, each step with its reasons."""
    found = paths(at.store, tip, other, basis=at.basis, most=limit, longest=longest)
    answer = PathsAnswer.of(found, at.opened)
    at.shows(tip, other, *answer.tips_shown)
    return answer

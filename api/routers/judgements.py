"""Judgements: what people decided about two tips."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from api.conduct.cursors import cursor, place
from api.conduct.desk import Desk, asks, asks_once
from api.conduct.keys import OnceRoute
from api.deps import After, PageLimit, Ref
from api.schemas.cases import Reason
from api.schemas.common import one, page
from api.schemas.judgements import Judge, JudgementMade, JudgementPage
from graph.casework.deeds import Deed
from graph.queries.judgements import JUDGED, JUDGEMENTS
from graph.services.judgements import judge, list_judgements, undo
from graph.services.judging import Verdict

router = APIRouter(tags=["judgements"], route_class=OnceRoute)


@router.get("/judgements")
def judgements(
    at: Annotated[Desk, asks(Deed.JUDGEMENT_READ)], after: After = "", limit: PageLimit = 50
) -> JudgementPage:
    """Judgements, newest first, undone ones included."""
    found = place(after, int)
    before_us = None if found is None else int(found[0])
    rows = list_judgements(at.store, before_us=before_us, limit=limit)
    at.shows(None, *(row.key for row in rows))
    following = cursor(rows[-1].at_us) if len(rows) == limit else None
    return page(JudgementPage, rows, at, query=JUDGEMENTS.name, next_after=following)


@router.post("/judgements")
def make_judgement(
    at: Annotated[Desk, asks_once(Deed.JUDGEMENT_MAKE)], wanted: Judge
) -> JudgementMade:
    """Decide about two tips; with the score that was seen it stays on record."""
    made = judge(
        at.store,
        wanted.first,
        wanted.second,
        verdict=Verdict(wanted.verdict.value),
        why=wanted.why,
        basis=at.basis,
        actor=at.caller.user,
    )
    at.shows(wanted.first, wanted.second, outcome=made.verdict.value)
    return one(JudgementMade, made, at, query=JUDGED.name)


@router.post("/judgements/{judgement}/undo")
def undo_judgement(
    at: Annotated[Desk, asks_once(Deed.JUDGEMENT_MAKE)], judgement: Ref, wanted: Reason
) -> JudgementMade:
    """Take a judgement back; it stays on record."""
    made = undo(at.store, judgement, why=wanted.why, actor=at.caller.user)
    at.shows(judgement, outcome=made.verdict.value)
    return one(JudgementMade, made, at, query=JUDGED.name)

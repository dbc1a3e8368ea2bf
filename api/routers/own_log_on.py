"""One's own log-on: another password, another second factor. An API key has none."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter

from api.callers import InSession
from api.conduct.desk import At
from api.log_on_desk import Desk
from api.schemas.log_on import EnrolmentAnswer, OfferAnswer
from api.schemas.own_log_on import FactorQuestion, PasswordChanged, PasswordQuestion
from graph.services.own_log_on import change_password, offer_own_factor, replace_factor

router = APIRouter(tags=["log-on"])


@router.post("/account/password")
def change_own_password(
    at: At, session: InSession, desk: Desk, question: PasswordQuestion
) -> PasswordChanged:
    """Change one's own password; all other sessions end."""
    ended = change_password(
        at.store,
        desk.hashing,
        replace(session, caller=at.caller),
        proof=question.proof(),
        new=question.new_password,
        needs_code=not at.synthetic,
        keys=desk.keys,
    )
    return PasswordChanged(ended=ended)


@router.post("/account/second-factor/offers")
def offer_own_second_factor(at: At, session: InSession) -> OfferAnswer:
    """Give a fresh second factor to this session; it opens nothing until it is confirmed."""
    offer = offer_own_factor(at.store, session)
    return OfferAnswer(secret=offer.secret, address=offer.address)


@router.post("/account/second-factor")
def replace_own_second_factor(
    at: At, session: InSession, desk: Desk, question: FactorQuestion
) -> EnrolmentAnswer:
    """Replace one's own second factor by the one that was offered; all other sessions end."""
    codes = replace_factor(
        at.store,
        desk.hashing,
        replace(session, caller=at.caller),
        proof=question.proof(),
        new_code=question.new_code,
        needs_code=not at.synthetic,
        keys=desk.keys,
    )
    return EnrolmentAnswer(recovery_codes=codes)

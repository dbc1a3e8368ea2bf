"""Security keys: one's own, added and ended with a proof, and those of people one manages."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path

from api.callers import InSession
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.log_on_desk import Desk
from api.schemas.accounts import DoneAnswer
from api.schemas.security_keys import (
    AddKeyQuestion,
    ChallengeAnswer,
    EndKeyQuestion,
    KeyAdded,
    KeyOfferAnswer,
    NameKeyQuestion,
    SecurityKeyLine,
    SecurityKeysAnswer,
)
from api.schemas.sessions import EndedAnswer
from graph.services.own_key_list import list_own_keys, rename_own_key
from graph.services.own_keys import (
    add_key,
    challenge_to_prove,
    offer_key,
)
from graph.services.own_keys import end_own_key as end_key
from graph.services.user_keys import end_user_key, list_user_keys

router = APIRouter(tags=["security-keys"], route_class=OnceRoute)
User = Annotated[str, Path(max_length=64, description="User name.", examples=["lead.north"])]
Ref = Annotated[
    str, Path(max_length=32, description="What names the security key.", examples=["0" * 32])
]


@router.get("/account/security-keys")
def own_keys(at: At, session: InSession) -> SecurityKeysAnswer:
    """One's own security keys."""
    present = replace(session, caller=at.caller)
    return SecurityKeysAnswer.of(list_own_keys(at.store, present, reads=at.reads))


@router.post("/account/security-keys/offers")
def offer_own_key(at: At, session: InSession, desk: Desk) -> KeyOfferAnswer:
    """Begin to add a security key, in this session."""
    return KeyOfferAnswer(options=offer_key(at.store, desk.keys, session))


@router.post("/account/security-keys/challenges")
def begin_own_proof(at: At, session: InSession, desk: Desk) -> ChallengeAnswer:
    """Begin to prove oneself once more by a security key, in this session."""
    return ChallengeAnswer(options=challenge_to_prove(at.store, desk.keys, session))


@router.post("/account/security-keys")
def add_own_key(at: At, session: InSession, desk: Desk, question: AddKeyQuestion) -> KeyAdded:
    """Add a security key; all other sessions end."""
    added = add_key(
        at.store,
        desk.hashing,
        desk.keys,
        replace(session, caller=at.caller),
        proof=question.proof(),
        name=question.name,
        attestation=question.attestation.shown(),
        needs_code=not at.synthetic,
    )
    return KeyAdded(key=SecurityKeyLine.of(added.key), ended=added.ended)


@router.post("/account/security-keys/{ref}/name")
def name_own_key(
    at: AtOnce, session: InSession, ref: Ref, question: NameKeyQuestion
) -> SecurityKeyLine:
    """Call one of one's own security keys something else."""
    present = replace(session, caller=at.caller)
    return SecurityKeyLine.of(rename_own_key(at.store, present, ref=ref, name=question.name))


@router.post("/account/security-keys/{ref}/end")
def end_own_key(
    at: At, session: InSession, desk: Desk, ref: Ref, question: EndKeyQuestion
) -> EndedAnswer:
    """End one of one's own security keys; all other sessions end."""
    ended = end_key(
        at.store,
        desk.hashing,
        desk.keys,
        replace(session, caller=at.caller),
        proof=question.proof(),
        ref=ref,
        needs_code=not at.synthetic,
    )
    return EndedAnswer(ended=ended)


@router.get("/users/{user}/security-keys")
def keys_of_user(at: At, user: User) -> SecurityKeysAnswer:
    """Security keys of a user."""
    return SecurityKeysAnswer.of(list_user_keys(at.caller, at.store, key=user, reads=at.reads))


@router.delete("/users/{user}/security-keys/{ref}")
def end_key_of_user(at: At, user: User, ref: Ref) -> DoneAnswer:
    """End a security key of a user at once."""
    end_user_key(at.caller, at.store, key=user, ref=ref)
    return DoneAnswer()

"""What administrators do about log-ons: let in, release, end sessions, API keys."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.conduct.desk import At, AtOnce, AtOnceUnkept
from api.conduct.keys import OnceRoute
from api.log_on_desk import Desk
from api.schemas.accounts import (
    ApiKeyMade,
    ApiKeyQuestion,
    ApiKeysAnswer,
    DoneAnswer,
    InvitedAnswer,
    LockedAnswer,
    ReleaseQuestion,
    SubjectQuestion,
)
from api.schemas.sessions import EndedAnswer
from graph.services.api_keys import end_api_key, list_api_keys, mint_api_key
from graph.services.enrolment import invite
from graph.services.locked_accounts import end_user_sessions, list_locked, release_user
from graph.services.subjects import link_subject

router = APIRouter(tags=["accounts"], route_class=OnceRoute)
User = Annotated[str, Path(max_length=64, description="User name.", examples=["lead.north"])]
Ref = Annotated[
    str, Path(max_length=64, description="What the key begins with.", examples=["0123456789ab"])
]


@router.post("/users/{user}/enrolments")
def invite_user(at: AtOnceUnkept, desk: Desk, user: User) -> InvitedAnswer:
    """Make a one-time code with which a user sets password and second factor."""
    code = invite(at.caller, at.store, key=user, hours=desk.settings.enrolment_hours)
    return InvitedAnswer(enrolment_code=code)


@router.post("/users/{user}/release")
def release(at: AtOnce, user: User, question: ReleaseQuestion) -> DoneAnswer:
    """Release an account that was locked after failures."""
    release_user(at.caller, at.store, key=user, why=question.why)
    return DoneAnswer()


@router.delete("/users/{user}/sessions")
def end_sessions_of_user(at: At, user: User) -> EndedAnswer:
    """End all sessions of a user at once."""
    return EndedAnswer(ended=end_user_sessions(at.caller, at.store, key=user))


@router.post("/users/{user}/subjects")
def enter_subject(at: AtOnce, user: User, question: SubjectQuestion) -> DoneAnswer:
    """Enter whom the identity server means by a user."""
    link_subject(at.caller, at.store, key=user, issuer=question.issuer, subject=question.subject)
    return DoneAnswer()


@router.get("/locked-users")
def locked_users(at: At) -> LockedAnswer:
    """Accounts of one's agency that are locked."""
    return LockedAnswer.of(list_locked(at.caller, at.store, reads=at.reads))


@router.get("/api-keys")
def api_keys(at: At) -> ApiKeysAnswer:
    """The agency's API keys, and when each was last used."""
    return ApiKeysAnswer.of(list_api_keys(at.caller, at.store, reads=at.reads))


@router.post("/api-keys")
def make_api_key(at: AtOnceUnkept, question: ApiKeyQuestion) -> ApiKeyMade:
    """Make an API key for a program of one's agency."""
    return ApiKeyMade.of(mint_api_key(at.caller, at.store, new=question.new()))


@router.delete("/api-keys/{ref}")
def withdraw_api_key(at: At, ref: Ref) -> DoneAnswer:
    """Withdraw an API key at once."""
    end_api_key(at.caller, at.store, ref=ref)
    return DoneAnswer()

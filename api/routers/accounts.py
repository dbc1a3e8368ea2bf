"""What administrators do about log-ons: let in, release, end sessions, API keys."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.callers import Who
from api.deps import Stores
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
from graph.services.audit_reads import ReadLog
from graph.services.enrolment import invite
from graph.services.locked_accounts import end_user_sessions, list_locked, release_user
from graph.services.subjects import link_subject

router = APIRouter(tags=["accounts"])
User = Annotated[str, Path(max_length=64, description="User name.", examples=["lead.north"])]
Ref = Annotated[
    str, Path(max_length=64, description="What the key begins with.", examples=["0123456789ab"])
]


@router.post("/users/{user}/enrolments")
def invite_user(stores: Stores, who: Who, desk: Desk, user: User) -> InvitedAnswer:
    """Make a one-time code with which a user sets password and second factor."""
    with stores.use() as opened:
        code = invite(who, opened.store, key=user, hours=desk.settings.enrolment_hours)
        return InvitedAnswer(enrolment_code=code)


@router.post("/users/{user}/release")
def release(stores: Stores, who: Who, user: User, question: ReleaseQuestion) -> DoneAnswer:
    """Release an account that was locked after failures."""
    with stores.use() as opened:
        release_user(who, opened.store, key=user, why=question.why)
    return DoneAnswer()


@router.delete("/users/{user}/sessions")
def end_sessions_of_user(stores: Stores, who: Who, user: User) -> EndedAnswer:
    """End all sessions of a user at once."""
    with stores.use() as opened:
        return EndedAnswer(ended=end_user_sessions(who, opened.store, key=user))


@router.post("/users/{user}/subjects")
def enter_subject(stores: Stores, who: Who, user: User, question: SubjectQuestion) -> DoneAnswer:
    """Enter whom the identity server means by a user."""
    with stores.use() as opened:
        link_subject(who, opened.store, key=user, issuer=question.issuer, subject=question.subject)
    return DoneAnswer()


@router.get("/locked-users")
def locked_users(stores: Stores, who: Who) -> LockedAnswer:
    """Accounts of one's agency that are locked."""
    with stores.use() as opened:
        return LockedAnswer.of(list_locked(who, opened.store, reads=ReadLog(opened.store)))


@router.get("/api-keys")
def api_keys(stores: Stores, who: Who) -> ApiKeysAnswer:
    """The agency's API keys, and when each was last used."""
    with stores.use() as opened:
        return ApiKeysAnswer.of(list_api_keys(who, opened.store, reads=ReadLog(opened.store)))


@router.post("/api-keys")
def make_api_key(stores: Stores, who: Who, question: ApiKeyQuestion) -> ApiKeyMade:
    """Make an API key for a program of one's agency."""
    with stores.use() as opened:
        return ApiKeyMade.of(mint_api_key(who, opened.store, new=question.new()))


@router.delete("/api-keys/{ref}")
def withdraw_api_key(stores: Stores, who: Who, ref: Ref) -> DoneAnswer:
    """Withdraw an API key at once."""
    with stores.use() as opened:
        end_api_key(who, opened.store, ref=ref)
    return DoneAnswer()

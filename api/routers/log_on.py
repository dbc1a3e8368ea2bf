"""Log-on and enrolment: what anybody may ask."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import Stores
from api.log_on_desk import Address, Desk
from api.schemas.log_on import (
    EnrolmentAnswer,
    EnrolmentQuestion,
    IdentityServer,
    LogOnAnswer,
    LogOnMade,
    LogOnQuestion,
    NonceAnswer,
    OfferAnswer,
    OfferQuestion,
    TokenQuestion,
)
from api.schemas.security_keys import ChallengeAnswer, ChallengeQuestion
from api.schemas.sessions import SessionAnswer
from graph.services.sessions import logged_on

router = APIRouter(tags=["log-on"])
OPEN = (
    ("GET", "/log-on"),
    ("POST", "/sessions"),
    ("POST", "/sessions/by-id-token"),
    ("POST", "/sessions/nonces"),
    ("POST", "/sessions/challenges"),
    ("POST", "/enrolments"),
    ("POST", "/enrolments/offers"),
)
"""Routes that need no log-on, as they lead to one."""


@router.get("/log-on")
def how_to_log_on(stores: Stores, desk: Desk) -> LogOnAnswer:
    """How to log on here, and the banner that is to be accepted first."""
    with stores.use() as opened:
        server = desk.oidc
        return LogOnAnswer(
            banner=desk.settings.banner,
            banner_version=desk.settings.banner_version,
            opens="account" if desk.has_people(opened) else "installation token",
            code_always=not opened.info.synthetic,
            identity_server=IdentityServer(
                issuer=server.issuer or "", client_id=server.client_id or ""
            )
            if server.is_on
            else None,
            security_keys=desk.keys.is_on,
        )


@router.post("/sessions/challenges")
def begin_with_key(
    stores: Stores, desk: Desk, address: Address, question: ChallengeQuestion
) -> ChallengeAnswer:
    """Begin a log-on by a security key; the answer is alike for everybody."""
    with stores.use() as opened:
        return ChallengeAnswer(options=desk.challenge(opened, question.user, address=address))


@router.post("/sessions")
def log_on(stores: Stores, desk: Desk, address: Address, question: LogOnQuestion) -> LogOnMade:
    """Log on with user name, password, and a code or a security key."""
    with stores.use() as opened:
        token = desk.log_on(opened, question.attempt(), address=address).text
        return LogOnMade(token=token, session=SessionAnswer.of(logged_on(opened.store, token)))


@router.post("/sessions/nonces")
def begin_elsewhere(stores: Stores, desk: Desk, address: Address) -> NonceAnswer:
    """Begin a log-on at the identity server."""
    with stores.use() as opened:
        return NonceAnswer(
            nonce=desk.nonce(opened, address=address),
            issuer=desk.oidc.issuer or "",
            client_id=desk.oidc.client_id or "",
        )


@router.post("/sessions/by-id-token")
def log_on_by_id_token(
    stores: Stores, desk: Desk, address: Address, question: TokenQuestion
) -> LogOnMade:
    """Log on with an ID token that the identity server gave for a nonce of this API."""
    with stores.use() as opened:
        token = desk.log_on_by_token(
            opened, question.id_token.get_secret_value(), banner=question.banner, address=address
        ).text
        return LogOnMade(token=token, session=SessionAnswer.of(logged_on(opened.store, token)))


@router.post("/enrolments/offers")
def offer_second_factor(
    stores: Stores, desk: Desk, address: Address, question: OfferQuestion
) -> OfferAnswer:
    """Give a fresh second factor for an enrolment; a new one each time."""
    with stores.use() as opened:
        code = question.enrolment_code.get_secret_value()
        offer = desk.offer(opened, question.user, code, address=address)
        return OfferAnswer(secret=offer.secret, address=offer.address)


@router.post("/enrolments")
def enrol(
    stores: Stores, desk: Desk, address: Address, question: EnrolmentQuestion
) -> EnrolmentAnswer:
    """Set password and second factor with a one-time code of an administrator."""
    with stores.use() as opened:
        codes = desk.enrol(opened, question.enrolment(), address=address)
        return EnrolmentAnswer(recovery_codes=codes)

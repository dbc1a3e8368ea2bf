"""Whether a delivery may still leave: asked again right before each try, in its transaction.

A delivery may wait for days. Meanwhile its claim may have been sealed or purged, its tip routed
elsewhere, or whoever answers for the webhook may have lost the right to it. The reason is in words
that name nothing: those who look after the receiver read it.
"""

from __future__ import annotations

from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import permits
from graph.casework.telling import Told
from graph.errors import RightsError
from graph.queries.conflicts import (
    CONFLICTS_BY_KEY,
    REASONS_OF,
    ConflictKeysParams,
    ReasonRow,
)
from graph.queries.holders import WHOSE
from graph.queries.recording import TipKeysParams
from graph.queries.webhook_outbox import PostRow
from graph.queries.webhook_standing import (
    CLAIMS,
    CONFLICT,
    MOST,
    NAMED,
    NOTICE,
    NamedParams,
    NoticeParams,
    RefParams,
    RefsParams,
    StandingNoticeRow,
)
from graph.queries.webhooks import WEBHOOK, WebhookParams, WebhookRow
from graph.services.callers import caller_in
from graph.services.conflict_rows import NAMES, side_of
from graph.services.webhook_telling import TEST
from graph.store import ReadUnit

KEEPER = "Whoever answers for the webhook has no right to it any more"
CLAIM = "What it tells of was sealed, was purged or has lapsed"
HIDDEN = "Its agency's officers are not told of it any more"
TIP = "Its agency does not hold the tip any more"


def why_withdrawn(unit: ReadUnit, post: PostRow, *, at_us: int) -> tuple[str, str] | None:
    """Give the agency and why a delivery is not to leave any more, None where it is.

    Raises:
        StoreError: the store could not answer; it does not leave then.
    """
    webhook = unit.read(WEBHOOK, WebhookParams(key=post.webhook))[0]
    reason = _of_keeper(unit, webhook, at_us)
    if reason is None and post.kind != TEST:
        reason = _of_notice(unit, webhook, post, at_us)
    return None if reason is None else (webhook.agency, reason)


def _of_keeper(unit: ReadUnit, webhook: WebhookRow, at_us: int) -> str | None:
    try:
        keeper = caller_in(unit, webhook.kept_by or webhook.made_by, at_us)
    except RightsError:
        return KEEPER
    if permits(keeper, Deed.WEBHOOK_MANAGE, resource=Resource(owner=webhook.agency)):
        return None
    return KEEPER


def _of_notice(unit: ReadUnit, webhook: WebhookRow, post: PostRow, at_us: int) -> str | None:
    rows = unit.read(NOTICE, NoticeParams(key=post.notice))
    if len(rows) == 0 or rows[0].agency != webhook.agency or rows[0].sealed_to is not None:
        return HIDDEN
    if post.object is None:
        return None
    if post.kind.startswith("conflict."):
        return _of_conflict(unit, webhook.agency, post.object, at_us)
    return _of_tip(unit, rows[0], post.object, at_us)


def _of_conflict(unit: ReadUnit, agency: str, ref: str, at_us: int) -> str | None:
    keys = [row.key for row in unit.read(CONFLICT, RefParams(ref=ref))]
    if len(keys) == 0:
        return HIDDEN
    params = ConflictKeysParams(keys=keys)
    row = unit.read(CONFLICTS_BY_KEY, params)[0]
    sides = [side_of(row, name) for name in NAMES]
    if not any(
        side.agency == agency and side.told is Told.OFFICER and side.sealed_to is None
        for side in sides
    ):
        return HIDDEN
    named = [_claims_of(reason) for reason in unit.read(REASONS_OF, params)]
    if len(named) == 0:
        return None
    refs = sorted({ref for claims in named for ref in claims})
    standing: set[str] = set()
    for start in range(0, len(refs), MOST):
        asked = RefsParams(refs=refs[start : start + MOST], now_us=at_us)
        standing |= {found.ref for found in unit.read(CLAIMS, asked)}
    return None if any(claims <= standing for claims in named) else CLAIM


def _claims_of(reason: ReasonRow) -> set[str]:
    """Give the claims through which sides meet; of a check or a tip there is no role."""
    sides = ((reason.first_ref, reason.first_role), (reason.second_ref, reason.second_role))
    return {ref for ref, role in sides if ref is not None and role is not None}


def _of_tip(unit: ReadUnit, notice: StandingNoticeRow, tip: str, at_us: int) -> str | None:
    held = unit.read(WHOSE, TipKeysParams(keys=[tip]))
    if len(held) == 0 or notice.agency not in held[0].holders:
        return TIP
    if notice.investigation is None:
        return None
    params = NamedParams(tip=tip, investigation=notice.investigation, now_us=at_us)
    return None if len(unit.read(NAMED, params)) > 0 else CLAIM

"""Reads what is around one node from the API: as much as the person may see, and no more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from client.answers import Answer
from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.claims import ClaimPage
from client.search import Claimant
from client.tips import TipAnswer
from dashboard.charting.gathering import (
    MOST_AROUND,
    around_identifier,
    around_tip,
    roles_of,
)
from dashboard.charting.model import Around, ChartLink, ChartNode, Name, Near, pair_of

IDENTIFIERS = frozenset(
    {"Account", "Email", "Phone", "IpAddress", "FileHash", "Device", "Url", "ScreenName"}
)
NOT_YOURS = "Only its own agency reads what an investigation claims. Contact that agency."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is around a node, and the answers that say so."""

    around: Around
    answers: tuple[Answer, ...]
    tip: TipAnswer | None = None
    roles: tuple[str, ...] = ()
    """Roles in which tips mention an identifier."""


def read_around(client: CrosstipClient, name: Name, *, drawn: ChartNode | None) -> Reading:
    """Give what is around a node; `drawn` is the node as it is on the chart.

    Raises:
        ApiError: the API does not say.
    """
    kind, key = name
    if drawn is not None and drawn.stands_for is not None:
        kind, key = drawn.stands_for
    if kind == "Tip":
        # Both at once: somebody waits who has just double clicked.
        with ThreadPoolExecutor(max_workers=1) as beside:
            asked = beside.submit(client.tip_links, key)
            tip = client.tip(key)
            links = asked.result()
        return Reading(around=around_tip(tip, links), answers=(tip, links), tip=tip)
    if kind in IDENTIFIERS:
        return _identifier(client, kind, key, drawn=drawn)
    if kind == "Investigation" and drawn is not None:
        return _investigation(client, drawn)
    raise ApiError("not-found", f"A {kind} has nothing around it that could be read.", status=None)


def _identifier(client: CrosstipClient, kind: str, key: str, *, drawn: ChartNode | None) -> Reading:
    found = client.history(kind, key, limit=MOST_AROUND)
    claims = client.run_query(
        "identifiers.claims", {"kind": kind, "key": key, "limit": MOST_AROUND}
    )
    claimants = tuple(Claimant.model_validate(row) for row in claims.rows)
    return Reading(
        around=around_identifier(found, claimants, drawn),
        answers=(found, claims),
        roles=roles_of(found),
    )


def _investigation(client: CrosstipClient, drawn: ChartNode) -> Reading:
    try:
        claims = client.claims(drawn.key, limit=MOST_AROUND)
    except ApiError as error:
        if error.is_token_refused or error.status not in (403, 404):
            raise
        return Reading(
            around=Around(node=drawn, facts=(("Investigation", drawn.detail),), refusal=NOT_YOURS),
            answers=(),
        )
    near = tuple(_claimed(drawn, claims))
    facts = (("Investigation", drawn.detail), ("Claims read", str(len(claims.items))))
    return Reading(
        around=Around(
            node=drawn,
            near=near,
            totals={kind: _count(near, kind) for kind in {item.node.kind for item in near}},
            facts=facts,
            cut_off=()
            if claims.next_after is None
            else (f"Only the first {MOST_AROUND} claims were read.",),
        ),
        answers=(claims,),
    )


def _claimed(drawn: ChartNode, claims: ClaimPage) -> list[Near]:
    return [
        Near(
            node=ChartNode(
                name=(claim.kind, claim.identifier), label=claim.identifier, detail=claim.kind
            ),
            links=(
                ChartLink(
                    ends=pair_of(drawn.name, (claim.kind, claim.identifier)),
                    label=f"claims as {claim.role}",
                    is_evidence=False,
                ),
            ),
        )
        for claim in claims.items
    ]


def _count(near: tuple[Near, ...], kind: str) -> int:
    return sum(item.node.kind == kind for item in near)


def in_role(around: Around, role: str | None) -> frozenset[Name] | None:
    """Give the neighbours of an identifier in one role: only these may be drawn of a bundle."""
    if role is None:
        return None
    return frozenset(
        near.node.name for near in around.near if any(link.label == role for link in near.links)
    )

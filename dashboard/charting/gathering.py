"""What the API's answers say around one node, as neighbours for the chart, strongest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from client.links import Hub, LinkReason, LinksAnswer, TipLink
from client.search import Claimant, HistoryAnswer, Use
from client.tips import TipAnswer, TipAssertion, TipLine
from dashboard.charting.model import BUNDLE, Around, ChartLink, ChartNode, Name, Near, pair_of
from dashboard.wording import bits, joined, urgency_word

WALKED = ("normal", "known series", "viral")
"""States of identifiers that are walked through; the others stand for many, or for nothing."""
MOST_AROUND = 200
"""Tips with an identifier from which on not all of them are drawn at once."""


def tip_node(tip: TipLine) -> ChartNode:
    """Give a tip as a node."""
    times = tuple(time for time in (tip.incident_at, tip.received_at) if time is not None)
    said = [tip.provider_name or "provider not named", joined(tip.incident_types)]
    return ChartNode(
        name=("Tip", tip.key),
        label=tip.key,
        detail="; ".join(part for part in said if part != ""),
        urgency=tip.urgency,
        times=times,
    )


def bundle_node(kind: str, key: str, count: int, why: str | None) -> ChartNode:
    """Give an identifier that is not walked through, as one bundle with its count."""
    return ChartNode(
        name=(BUNDLE, f"{kind} {key}"),
        label=f"{key} ({count} tips)",
        detail=f"{kind} in {count} tips: {why if why is not None else 'shared by many'}",
        stands_for=(kind, key),
    )


def around_tip(tip: TipAnswer, links: LinksAnswer) -> Around:
    """Give everything around a tip: who works it, linked tips, what they share, and the rest."""
    hubs = {(hub.kind, hub.identifier): _hub(hub) for hub in links.hubs}
    near = _once(
        (
            *_investigations(tip, hubs),
            *_linked(tip.tip.key, links, hubs),
            *_bundles(tip.tip.key, hubs),
            *_references(tip),
            *_assertions(tip, hubs),
        )
    )
    return Around(
        node=tip_node(tip.tip),
        near=near,
        totals=Counter(item.node.kind for item in near),
        facts=_tip_facts(tip),
        cut_off=(*tip.cut_off, *links.cut_off),
    )


def around_identifier(
    answer: HistoryAnswer, claims: tuple[Claimant, ...], drawn: ChartNode | None = None
) -> Around:
    """Give the tips that mention an identifier, urgent and linking ones first, and its claims.

    `drawn` is the node as which it is on the chart already.
    """
    row = answer.identifier
    is_many = row.state not in WALKED or row.mention_count > MOST_AROUND
    if drawn is not None:
        is_many, node = is_many or drawn.stands_for is not None, drawn
    elif is_many:
        node = bundle_node(row.kind, row.key, row.mention_count, row.state_reason)
    else:
        said = f"{row.kind}, {row.mention_count} tips"
        node = ChartNode(name=(row.kind, row.key), label=row.key, detail=said)
    near = _once((*_claimants(node.name, claims), *_users(node.name, answer.uses)))
    refusal = (
        f"{row.mention_count} tips have it, state {row.state}: too many to draw all. Choose a role."
        if is_many
        else None
    )
    return Around(
        node=node,
        near=near,
        totals={
            **Counter(item.node.kind for item in near),
            "Tip": max(row.mention_count, sum(item.node.kind == "Tip" for item in near)),
        },
        facts=(
            ("State", row.state),
            ("Why so", row.state_reason or ""),
            ("Tips that mention it", str(row.mention_count)),
            ("of them with a role that links", str(row.tip_count)),
            ("Claims", str(row.claim_count)),
            ("Reported by", joined(sorted({use.provider or "not named" for use in answer.uses}))),
            ("First seen", min((use.at for use in answer.uses if use.at), default="no time")),
            ("Last seen", max((use.at for use in answer.uses if use.at), default="no time")),
        ),
        refusal=refusal,
        cut_off=answer.cut_off,
    )


def roles_of(answer: HistoryAnswer) -> tuple[str, ...]:
    """Give the roles in which tips mention an identifier, by which a bundle may be narrowed."""
    return tuple(sorted({use.role for use in answer.uses if use.ended_at is None}))


def _once(found: tuple[Near, ...]) -> tuple[Near, ...]:
    """Give each neighbour once, where it came first, with all its links."""
    links: dict[Name, list[ChartLink]] = {}
    nodes: dict[Name, ChartNode] = {}
    for near in found:
        nodes.setdefault(near.node.name, near.node)
        links.setdefault(near.node.name, []).extend(near.links)
    return tuple(Near(node=node, links=tuple(links[name])) for name, node in nodes.items())


def _hub(hub: Hub) -> ChartNode:
    return bundle_node(hub.kind, hub.identifier, hub.mention_count, hub.state_reason)


def _linked(tip: str, links: LinksAnswer, hubs: dict[Name, ChartNode]) -> Iterator[Near]:
    for link in links.links:
        yield Near(node=tip_node(link.tip), links=(_graded(tip, link),))
        for reason in link.reasons:
            if len(reason.own_roles) > 0:
                yield _shared(tip, link.tip.key, reason, hubs)


def _graded(tip: str, link: TipLink) -> ChartLink:
    judged = f", judged {link.judged}" if link.judged is not None else ""
    names = f", {joined(link.refers)}" if len(link.refers) > 0 else ""
    times = sorted(
        {time for reason in link.reasons for time in (*reason.own_times, *reason.other_times)}
    )
    return ChartLink(
        ends=pair_of(("Tip", tip), ("Tip", link.tip.key)),
        label=f"{link.grade} link, {bits(link.score)} bits{judged}{names}",
        weight=link.score,
        grade=link.grade,
        judged=link.judged,
        times=tuple(times),
        is_evidence=link.score > 0,
    )


def _shared(tip: str, other: str, reason: LinkReason, hubs: dict[Name, ChartNode]) -> Near:
    value: Name = (reason.kind, reason.identifier)
    node = hubs.get(value) or ChartNode(
        name=value,
        label=reason.identifier,
        detail=reason.sentence,
        times=tuple(sorted({*reason.own_times, *reason.other_times})),
    )
    sides = (
        (tip, reason.own_roles, reason.own_times),
        (other, reason.other_roles, reason.other_times),
    )
    return Near(
        node=node,
        links=tuple(
            ChartLink(
                ends=pair_of(("Tip", end), node.name),
                label=joined(roles),
                weight=reason.weight,
                times=times,
                is_evidence=reason.weight > 0,
            )
            for end, roles, times in sides
        ),
    )


def _bundles(tip: str, hubs: dict[Name, ChartNode]) -> Iterator[Near]:
    for node in hubs.values():
        ends = pair_of(("Tip", tip), node.name)
        yield Near(node=node, links=(ChartLink(ends=ends, label="hub", is_evidence=False),))


def _references(tip: TipAnswer) -> Iterator[Near]:
    for reference in tip.references:
        if reference.ended_at is not None:
            continue
        name: Name = ("Tip", reference.tip)
        said = f"{reference.direction} ({reference.kind})"
        link = ChartLink(ends=pair_of(("Tip", tip.tip.key), name), label=said, is_evidence=False)
        node = ChartNode(name=name, label=reference.tip, detail=f"Reference: {said}")
        yield Near(node=node, links=(link,))


def _assertions(tip: TipAnswer, hubs: dict[Name, ChartNode]) -> Iterator[Near]:
    for said in tip.assertions:
        if said.ended_at is None:
            node = hubs.get((said.kind, said.identifier)) or _asserted(said)
            link = ChartLink(
                ends=pair_of(("Tip", tip.tip.key), node.name),
                label=said.role,
                times=() if said.at is None else (said.at,),
                is_evidence=said.linking,
            )
            yield Near(node=node, links=(link,))


def _asserted(said: TipAssertion) -> ChartNode:
    if said.state not in WALKED or said.mention_count > MOST_AROUND:
        return bundle_node(said.kind, said.identifier, said.mention_count, said.state_reason)
    return ChartNode(
        name=(said.kind, said.identifier),
        label=said.identifier,
        detail=f"{said.kind}, {said.mention_count} tips",
        times=() if said.at is None else (said.at,),
    )


def _investigations(tip: TipAnswer, hubs: dict[Name, ChartNode]) -> Iterator[Near]:
    for row in tip.investigations:
        value = hubs.get((row.kind, row.identifier))
        name = value.name if value is not None else (row.kind, row.identifier)
        node = _case(row.investigation, row.agency, row.reference, row.status)
        claimed = f"claims as {row.claim_role}"
        yield Near(
            node=node,
            links=(
                ChartLink(ends=pair_of(node.name, name), label=claimed, is_evidence=False),
                ChartLink(
                    ends=pair_of(node.name, ("Tip", tip.tip.key)),
                    label=f"{claimed} what the tip has",
                    is_evidence=False,
                ),
            ),
        )


def _claimants(name: Name, claims: tuple[Claimant, ...]) -> Iterator[Near]:
    for claim in claims:
        node = _case(claim.investigation, claim.agency, claim.reference, claim.status)
        label = f"claims as {claim.role}"
        link = ChartLink(ends=pair_of(node.name, name), label=label, is_evidence=False)
        yield Near(node=node, links=(link,))


def _case(key: str, agency: str, reference: str, status: str) -> ChartNode:
    return ChartNode(
        name=("Investigation", key), label=f"{agency} {reference}", detail=f"{agency}, {status}"
    )


def _users(name: Name, uses: tuple[Use, ...]) -> Iterator[Near]:
    standing = [use for use in uses if use.ended_at is None and use.withdrawn_at is None]
    # Python sorts stably: the newest of each urgency first, and those that link before the rest.
    standing.sort(key=lambda use: use.at or use.received_at or "", reverse=True)
    for use in sorted(standing, key=lambda use: (use.urgency, not use.linking)):
        times = tuple(time for time in (use.at, use.received_at) if time is not None)
        node = ChartNode(
            name=("Tip", use.tip),
            label=use.tip,
            detail=use.provider or "provider not named",
            urgency=use.urgency,
            times=times,
        )
        link = ChartLink(
            ends=pair_of(node.name, name),
            label=use.role,
            times=() if use.at is None else (use.at,),
            is_evidence=use.linking,
        )
        yield Near(node=node, links=(link,))


def _tip_facts(tip: TipAnswer) -> tuple[tuple[str, str], ...]:
    facts = tip.tip
    return (
        ("Urgency", urgency_word(facts.urgency)),
        ("Why urgent", joined(facts.urgency_reasons)),
        ("Reported by", facts.provider_name or "not named"),
        ("Platform", facts.platform or ""),
        ("Source", facts.source),
        ("Incident types", joined(facts.incident_types)),
        ("Incident", facts.incident_at or facts.incident_time_raw or "no time"),
        ("Received", facts.received_at or "no time"),
        ("Recorded here", facts.first_recorded_at or ""),
        ("NCMEC priority", facts.ncmec_priority or ""),
        ("Versions", str(facts.version_count)),
        ("Withdrawn", facts.withdrawn_at or ""),
    )

"""The group of tips around one tip: what hangs together by more than one link, and by what.

Groups are computed when asked for, never stored (`graph.grouping`). A group is an investigative
lead, not an identification.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.clock import now_us
from graph.grouping.bonds import Bond, Value, bond_of
from graph.grouping.cuts import Cause, Cut
from graph.grouping.groups import Group, Grouping, grouped
from graph.scoring.evidence import Relation
from graph.scoring.pairs import Basis
from graph.scoring.weights import Grade
from graph.services.exploring import Budget, Exploration
from graph.services.group_answers import (
    Beside,
    GroupAround,
    GroupLink,
    GroupValue,
    Hold,
    KeptApart,
    Member,
)
from graph.services.judging import Verdict
from graph.services.links import WITHDRAWN, Link
from graph.store import ReadUnit, Store

BUDGET = Budget(tips=300, rounds=12, seconds=15.0)
SHOWN_LINKS = 3
"""Links of a member into its group that are shown, strongest first."""
MAX_BESIDE = 50
"""Other groups that are shown."""
_EVIDENCE = (Relation.SUBJECT, Relation.ALIKE)


def group_of(store: Store, tip: str, *, basis: Basis, budget: Budget = BUDGET) -> GroupAround:
    """Give the group that a tip is in, and the groups that are nearly one with it.

    Raises:
        NotFoundError: there is no such tip.
        StoreError: the store could not answer; nothing is known then.
    """
    return store.reading(
        lambda unit: _group_of(unit, tip, basis=basis, budget=budget), name="group of a tip"
    )


def _group_of(unit: ReadUnit, tip: str, *, basis: Basis, budget: Budget) -> GroupAround:
    seen = Exploration(
        unit, basis=basis, budget=budget, follows=lambda link: link.grade is Grade.STRONG
    )
    seen.require([tip])
    _expand(seen, tip, rounds=budget.rounds)
    live = {key for key, line in seen.lines.items() if line.withdrawn_us is None} | {tip}
    bonds = _bonds(seen, live, strong=basis.weights.cut_offs.strong)
    apart = [
        pair
        for pair, row in seen.judged.items()
        if row.verdict == Verdict.NOT_SAME and pair <= live
    ]
    found = grouped(live, bonds, [(min(pair), max(pair)) for pair in apart if len(pair) > 1])
    group = found.group_of(tip)
    beside, unshown = _beside(found, group)
    cut_off = [*seen.cut_off(), *unshown]
    if seen.lines[tip].withdrawn_us is not None:
        cut_off.insert(0, WITHDRAWN)
    return GroupAround(
        tip=tip,
        as_of_us=now_us(),
        tip_total=seen.tip_total,
        weights=basis.weights.version,
        snapshot_us=seen.snapshot_us,
        members=_members(seen, group),
        weakest=_link(group.weakest) if group.weakest is not None else None,
        rests_on=tuple(_value(value) for value in group.rests_on),
        beside=beside,
        apart=_apart(seen, group),
        looked_at=len(seen.links),
        partial=seen.partial,
        cut_off=tuple(cut_off),
    )


def _expand(seen: Exploration, tip: str, *, rounds: int) -> None:
    """Look at what strong links and judgements lead to, one link further each round."""
    newest = [tip]
    for _ in range(rounds):
        wanted = _next(seen, newest)
        if len(wanted) == 0:
            return
        newest = seen.look_at(wanted)
    seen.leave(list(_next(seen, newest)))


def _next(seen: Exploration, newest: Sequence[str]) -> dict[str, int]:
    wanted: dict[str, int] = {}
    withdrawn = {tip for tip in newest if seen.lines[tip].withdrawn_us is not None}
    for tip in sorted(set(newest) - withdrawn):
        for link in seen.links[tip]:
            wanted[link.tip.key] = max(wanted.get(link.tip.key, 0), link.score)
    for pair, row in seen.judged.items():
        if row.verdict == Verdict.SAME and not pair.isdisjoint(set(newest) - withdrawn):
            wanted.update(dict.fromkeys(pair, 1 << 40))
    return {tip: score for tip, score in wanted.items() if tip not in seen.links}


def _bonds(seen: Exploration, live: set[str], *, strong: int) -> list[Bond]:
    bonds: dict[tuple[str, str], Bond] = {}
    judged = {p for p, row in seen.judged.items() if row.verdict == Verdict.SAME and p <= live}
    for tip in sorted(live & seen.links.keys()):
        for link in seen.links[tip]:
            other = link.tip.key
            bond = bond_of(
                tip,
                other,
                score=link.score,
                strong=strong,
                counted=_counted(link),
                judged=frozenset((tip, other)) in judged,
            )
            if other in live:
                bonds.setdefault(bond.pair, bond)
    for pair in judged:
        first, second = min(pair), max(pair)
        if first != second:
            bare = Bond(first=first, second=second, score=0, judged=True)
            bonds.setdefault(bare.pair, bare)
    return list(bonds.values())


def _counted(link: Link) -> Iterator[tuple[Value, int]]:
    for reason in link.reasons:
        if reason.relation in _EVIDENCE:
            kind = reason.kind if reason.kind != "trait" else reason.name
            yield Value(kind=kind, key=reason.identifier), reason.weight


def _members(seen: Exploration, group: Group) -> tuple[Member, ...]:
    linked: dict[str, set[str]] = {tip: set() for tip in group.tips}
    judged: dict[str, set[str]] = {tip: set() for tip in group.tips}
    for bond in group.bonds:
        for tip, other in (bond.pair, bond.pair[::-1]):
            linked[tip].add(other)
            if bond.judged:
                judged[tip].add(other)
    found = [
        Member(
            tip=seen.lines[tip],
            links=_inner(seen.links[tip], linked[tip]),
            same_actor_as=tuple(sorted(judged[tip])),
            link_total=len(linked[tip]),
            attached=tip in group.attached,
            hinge=tip in group.hinges,
        )
        for tip in group.tips
    ]
    return tuple(sorted(found, key=lambda member: (member.tip.urgency, member.tip.key)))


def _inner(links: Sequence[Link], members: set[str]) -> tuple[Link, ...]:
    inner = sorted(
        (link for link in links if link.tip.key in members),
        key=lambda link: (-link.score, link.tip.key),
    )
    return tuple(inner[:SHOWN_LINKS])


def _beside(found: Grouping, group: Group) -> tuple[tuple[Beside, ...], list[str]]:
    """Give the groups next to one, and sentences on those that are not shown."""
    inside = set(group.tips)
    others: list[Beside] = []
    farther = 0
    for other in found.groups:
        if other is group:
            continue
        holds = [hold for cut in found.cuts if (hold := _hold(cut, inside, set(other.tips)))]
        if len(holds) > 0:
            others.append(Beside(tips=other.tips, holds=tuple(holds)))
        else:
            farther += 1
    said = []
    if len(others) > MAX_BESIDE:
        said.append(f"Groups beside this one that are not shown: {len(others) - MAX_BESIDE}.")
    if farther > 0:
        said.append(f"Groups that only join those beside this one, not shown: {farther}.")
    return tuple(others[:MAX_BESIDE]), said


def _hold(cut: Cut, inside: set[str], outside: set[str]) -> Hold | None:
    bonds = [
        bond
        for bond in cut.bonds
        if (bond.first in inside and bond.second in outside)
        or (bond.second in inside and bond.first in outside)
    ]
    if len(bonds) == 0:
        return None
    return Hold(
        cause=cut.cause,
        links=tuple(_link(bond) for bond in bonds),
        score=sum(bond.score for bond in bonds),
        value=_value(cut.value) if cut.value is not None else None,
        sentence=_sentence(cut, bonds),
    )


def _sentence(cut: Cut, bonds: Sequence[Bond]) -> str:
    if cut.cause is Cause.LINK:
        return "These would be one group only by this one link: it does not weld them."
    if cut.cause is Cause.VALUE:
        return (
            f"These would be one group only by this one value ({len(bonds)} links need it): it "
            "does not weld them."
        )
    pair = " and ".join(cut.pair or ())
    said = f"A person judged {pair} not the same: what joined them most weakly was cut."
    if cut.against_judgement:
        said += " A judgement of same actor was cut with it: the judgements contradict each other."
    return said


def _apart(seen: Exploration, group: Group) -> tuple[KeptApart, ...]:
    found = [
        KeptApart(
            first=min(pair),
            second=max(pair),
            judged_by=row.judged_by,
            at_us=row.at_us,
            why=row.why,
        )
        for pair, row in seen.judged.items()
        if row.verdict == Verdict.NOT_SAME and len(pair) > 1 and not pair.isdisjoint(group.tips)
    ]
    return tuple(sorted(found, key=lambda item: (item.first, item.second)))


def _link(bond: Bond) -> GroupLink:
    return GroupLink(
        first=bond.first,
        second=bond.second,
        score=bond.score,
        judged=bond.judged,
        needs=tuple(_value(value) for value in sorted(bond.needs)),
    )


def _value(value: Value) -> GroupValue:
    return GroupValue(kind=value.kind, identifier=value.key)

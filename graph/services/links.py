"""Links of a tip: other tips that share identifiers with it, each with its reasons.

A link is a list of reasons and their exact sum (`graph.scoring`). It is computed when it is asked
for, never stored. It is no probability, and a link is an investigative lead, not an identification.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.clock import now_us
from graph.queries.judgements import JUDGED, JudgementRow
from graph.queries.links import (
    COMPARED,
    HUB_PAIRS,
    OWN,
    SHARED,
    ComparedRow,
)
from graph.queries.subnets import SUBNETS
from graph.queries.tips import REFERENCES, TipLine, TipParams
from graph.scoring.evidence import Relation as Relation
from graph.scoring.pairs import Basis, weigh
from graph.scoring.weights import GRADE_ORDER, Grade
from graph.services.chance import chance_in, sentence_of
from graph.services.comparing import (
    MAX_ASSERTIONS,
    MAX_SHARED,
    Compared,
    asked_of,
    compare,
    compare_in_parts,
)
from graph.services.hubs import Hub, hubs_of
from graph.services.judging import Pair, Verdict, standing
from graph.services.reasons import Reason, reasons_of
from graph.services.tip_names import no_such_tip
from graph.store import ReadUnit, Store

CAVEAT = "investigative lead, not identification"
MAX_HUBS = 200
WITHDRAWN = "The tip was withdrawn: it links nothing."
NO_SNAPSHOT = (
    "How common values are has not been counted yet, so every value counts as rare: "
    "`crosstip links snapshot` counts."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Another tip, with the reasons and their exact sum."""

    tip: TipLine
    score: int
    grade: Grade
    reasons: tuple[Reason, ...]
    chance: str
    """How many pairs of strangers are as strong in this store, or that it was not estimated."""
    judged: str | None = None
    """What a person decided about the two: `same actor` or `unsure`; None when nobody did."""
    refers: tuple[str, ...]
    """`names` or `named by`, when one document names the other: no independent second source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The answer to `what else is connected to this tip`."""

    tip: str
    as_of_us: int
    tip_total: int
    weights: str
    """Version of the weights table."""
    snapshot_us: int | None
    """When it was last counted how common values are."""
    links: tuple[Link, ...]
    apart: tuple[str, ...]
    """Tips that a person judged not to be the same actor's: never suggested again."""
    hubs: tuple[Hub, ...]
    cut_off: tuple[str, ...]
    """What was left out, in sentences; empty when nothing was."""
    queries: tuple[str, ...] = (
        OWN.name,
        SHARED.name,
        SUBNETS.name,
        HUB_PAIRS.name,
        COMPARED.name,
        REFERENCES.name,
        JUDGED.name,
    )
    caveat: str = CAVEAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Several tips looked at in one go; those that are not there are left out."""

    lines: Mapping[str, TipLine]
    links: Mapping[str, Links]
    judged: Mapping[Pair, JudgementRow]
    """The judgement that counts for each judged pair with one of the tips."""


def links_of(store: Store, tip: str, *, basis: Basis, limit: int = 200) -> Links:
    """Give the tips linked to one tip: imminent danger and escalated first, then the strongest.

    Raises:
        NotFoundError: there is no such tip.
        StoreError: the store could not answer; nothing is known then.
    """
    return store.reading(
        lambda unit: _links(unit, tip, basis=basis, limit=limit), name="links of a tip"
    )


def links_of_many(
    store: Store, tips: Sequence[str], *, basis: Basis, limit: int = 200
) -> list[Links]:
    """Give the links of several tips in one go, references between documents left out.

    Tips that are not there or were withdrawn have no links.

    Raises:
        StoreError: the store could not answer; nothing is known then.
    """
    return store.reading(
        lambda unit: list(look(unit, tips, basis=basis, limit=limit).links.values()),
        name="links of tips",
    )


def look(unit: ReadUnit, tips: Sequence[str], *, basis: Basis, limit: int) -> Looked:
    """Look at several tips inside a transaction, references between documents left out."""
    as_of_us = now_us()
    asked = asked_of(unit, tips)
    judged = standing(unit, tips) if asked.judgements > 0 else {}
    lines: dict[str, TipLine] = {}
    links: dict[str, Links] = {}
    for compared in compare_in_parts(unit, tips, asked):
        for tip in compared.asked:
            if tip in compared.tips:
                lines[tip] = line_of(compared.tips[tip])
                links[tip] = _answer(
                    compared, tip, {}, judged, basis=basis, limit=limit, as_of_us=as_of_us
                )
    return Looked(lines=lines, links=links, judged=judged)


def _links(unit: ReadUnit, tip: str, *, basis: Basis, limit: int) -> Links:
    asked = asked_of(unit, [tip])
    references = _references(unit, tip) if asked.references > 0 else {}
    compared = compare(unit, [tip], asked, references)
    if tip not in compared.tips:
        raise no_such_tip(tip)
    judged = standing(unit, [tip]) if asked.judgements > 0 else {}
    return _answer(compared, tip, references, judged, basis=basis, limit=limit, as_of_us=now_us())


def _references(unit: ReadUnit, tip: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in unit.read(REFERENCES, TipParams(tip=tip)):
        if row.ended_us is None and row.tip != tip:
            found.setdefault(row.tip, set()).add(row.direction)
    return found


def _answer(
    compared: Compared,
    tip: str,
    references: dict[str, set[str]],
    judged: Mapping[Pair, JudgementRow],
    *,
    basis: Basis,
    limit: int,
    as_of_us: int,
) -> Links:
    own = compared.own.get(tip, ())
    is_withdrawn = compared.tips[tip].withdrawn_us is not None
    cut_off = [WITHDRAWN] if is_withdrawn else _cut_offs(compared, tip)
    apart = _apart(judged, tip)
    links: list[Link] = []
    if not is_withdrawn:
        links, left_out = _found(compared, tip, references, judged, basis=basis)
        cut_off.extend(left_out)
    links = [link for link in links if link.tip.key not in apart]
    if len(links) > limit:
        cut_off.append(f"{len(links) - limit} further links are not shown.")
    hubs = [] if is_withdrawn else hubs_of(own, compared)
    if len(hubs) > MAX_HUBS:
        cut_off.append(f"{len(hubs) - MAX_HUBS} further hubs are not shown.")
    return Links(
        tip=tip,
        as_of_us=as_of_us,
        tip_total=compared.snapshot.tip_total,
        weights=basis.weights.version,
        snapshot_us=compared.snapshot.snapshot_us,
        # The strongest are kept, and of these the urgent come first (Python sorts stably).
        links=tuple(sorted(links[:limit], key=lambda link: link.tip.urgency)),
        apart=apart,
        hubs=tuple(hubs[:MAX_HUBS]),
        cut_off=tuple(cut_off),
    )


def _cut_offs(compared: Compared, tip: str) -> list[str]:
    said = list(compared.cut_off)
    if len(compared.own.get(tip, ())) == MAX_ASSERTIONS:
        said.append(f"Only the first {MAX_ASSERTIONS} assertions of the tip were looked at.")
    if sum(len(rows) for rows in compared.others.get(tip, {}).values()) >= MAX_SHARED:
        said.append(f"Only the {MAX_SHARED} rarest shared assertions were looked at.")
    if compared.snapshot.snapshot_us is None:
        said.append(NO_SNAPSHOT)
    return said


def _apart(judged: Mapping[Pair, JudgementRow], tip: str) -> tuple[str, ...]:
    return tuple(
        sorted(
            other
            for pair, row in judged.items()
            if tip in pair and row.verdict == Verdict.NOT_SAME
            for other in pair - {tip}
        )
    )


def _found(
    compared: Compared,
    tip: str,
    references: dict[str, set[str]],
    judged: Mapping[Pair, JudgementRow],
    *,
    basis: Basis,
) -> tuple[list[Link], list[str]]:
    own = compared.own_profile(tip)
    chance = chance_in(compared.snapshot, basis.weights)
    links: list[Link] = []
    left_out: list[str] = []
    for other in sorted({*compared.others.get(tip, {}), *references}):
        row = compared.tips.get(other)
        if row is None or row.withdrawn_us is not None:
            continue
        weighed = weigh(own, compared.other_profile(tip, other), basis)
        if len(weighed.evidence) == 0 and other not in references:
            continue
        if weighed.cut_off is not None:
            left_out.append(weighed.cut_off)
        decided = judged.get(frozenset((tip, other)))
        links.append(
            Link(
                judged=decided.verdict if decided is not None else None,
                tip=line_of(row),
                score=weighed.score,
                grade=weighed.grade,
                chance=sentence_of(chance, weighed, basis.weights),
                reasons=reasons_of(weighed),
                refers=tuple(sorted(references.get(other, ()))),
            )
        )
    return sorted(links, key=lambda x: (GRADE_ORDER[x.grade], -x.score, x.tip.key)), left_out


def line_of(row: ComparedRow) -> TipLine:
    """Give a compared tip as lists show it."""
    return TipLine.model_construct(**{name: getattr(row, name) for name in TipLine.model_fields})

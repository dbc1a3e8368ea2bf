"""Chains of links between two tips, and one link between them, as the chart draws them."""

from __future__ import annotations

from collections.abc import Iterator

from client.links import ExplanationAnswer, LinkReason
from client.paths import ChainStep, PathsAnswer
from dashboard.charting.gathering import tip_node
from dashboard.charting.model import Around, ChartLink, Near, pair_of
from dashboard.wording import bits


def around_chains(answer: PathsAnswer) -> Around:
    """Give the tips and links of the chains, the best chain first."""
    near = tuple(_near(answer))
    return Around(node=tip_node(answer.own), near=near, cut_off=answer.cut_off)


def link_of(why: ExplanationAnswer, verdict: str | None) -> ChartLink:
    """Give what two tips have in common as one link, with what was decided about them."""
    return _graded(
        why.own.key,
        why.other.key,
        score=why.score,
        grade=why.grade,
        judged=verdict,
        reasons=why.reasons,
    )


def _near(answer: PathsAnswer) -> Iterator[Near]:
    for chain in answer.chains:
        for tip in chain.tips:
            steps = [step for step in chain.steps if tip.key in (step.own, step.other)]
            yield Near(node=tip_node(tip), links=tuple(_link(step) for step in steps))


def _link(step: ChainStep) -> ChartLink:
    return _graded(
        step.own,
        step.other,
        score=step.score,
        grade=step.grade,
        judged=step.judged,
        reasons=step.reasons,
    )


def _graded(
    own: str,
    other: str,
    *,
    score: int,
    grade: str,
    judged: str | None,
    reasons: tuple[LinkReason, ...],
) -> ChartLink:
    said = f", judged {judged}" if judged is not None else ""
    times = {time for reason in reasons for time in (*reason.own_times, *reason.other_times)}
    return ChartLink(
        ends=pair_of(("Tip", own), ("Tip", other)),
        label=f"{grade} link, {bits(score)} bits{said}",
        weight=score,
        grade=grade,
        judged=judged,
        times=tuple(sorted(times)),
        is_evidence=score > 0,
    )

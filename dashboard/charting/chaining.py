"""Chains of links between two tips, as neighbours for the chart."""

from __future__ import annotations

from collections.abc import Iterator

from client.paths import ChainStep, PathsAnswer
from dashboard.charting.gathering import tip_node
from dashboard.charting.model import Around, ChartLink, Near, pair_of
from dashboard.wording import bits


def around_chains(answer: PathsAnswer) -> Around:
    """Give the tips and links of the chains, the best chain first."""
    near = tuple(_near(answer))
    return Around(node=tip_node(answer.own), near=near, cut_off=answer.cut_off)


def _near(answer: PathsAnswer) -> Iterator[Near]:
    for chain in answer.chains:
        for tip in chain.tips:
            steps = [step for step in chain.steps if tip.key in (step.own, step.other)]
            yield Near(node=tip_node(tip), links=tuple(_link(step) for step in steps))


def _link(step: ChainStep) -> ChartLink:
    judged = f", judged {step.judged}" if step.judged is not None else ""
    times = {time for reason in step.reasons for time in (*reason.own_times, *reason.other_times)}
    return ChartLink(
        ends=pair_of(("Tip", step.own), ("Tip", step.other)),
        label=f"{step.grade} link, {bits(step.score)} bits{judged}",
        weight=step.score,
        grade=step.grade,
        judged=step.judged,
        times=tuple(sorted(times)),
        is_evidence=step.score > 0,
    )

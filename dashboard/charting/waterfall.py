"""The weights of a link one after another, from nothing to their sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from client.links import ExplanationAnswer, LinkReason
from dashboard.wording import bits, one_line

SUM = "Sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One weight: from where to where it takes the sum, in bits."""

    name: str
    start: float
    end: float
    side: str
    """`for`, `against`, or `sum`."""


def waterfall(answer: ExplanationAnswer) -> tuple[Bar, ...]:
    """Give the bars: what speaks for it, strongest first, what speaks against it, the sum."""
    counted = sorted(weighty(answer.reasons), key=lambda reason: -reason.weight)
    bars: list[Bar] = []
    reached = 0
    for at, reason in enumerate(counted, start=1):
        bars.append(
            Bar(
                # Numbered: two bars of one name would be one.
                name=f"{at}. {one_line(f'{reason.kind} {reason.identifier}', limit=40)}",
                start=bits(reached),
                end=bits(reached + reason.weight),
                side="for" if reason.weight > 0 else "against",
            )
        )
        reached += reason.weight
    bars.append(Bar(name=SUM, start=0.0, end=bits(answer.score), side="sum"))
    return tuple(bars)


def weighty(reasons: Iterable[LinkReason]) -> list[LinkReason]:
    """Give the reasons that are evidence."""
    return [reason for reason in reasons if reason.weight != 0]


def spec_of(bars: tuple[Bar, ...], cut_offs: Iterable[int]) -> dict[str, object]:
    """Give the waterfall as a Vega-Lite specification: colour and words, never colour alone."""
    rows = [
        {"name": bar.name, "start": bar.start, "end": bar.end, "side": bar.side} for bar in bars
    ]
    across = {"field": "start", "type": "quantitative", "title": "bits"}
    down = {"field": "name", "type": "nominal", "sort": None, "title": None}
    sides = ["for", "against", "sum"]
    colour = {
        "field": "side",
        "type": "nominal",
        "title": None,
        "scale": {"domain": sides, "range": ["#0072B2", "#D55E00", "#777777"]},
    }
    bar = {
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {"x": across, "x2": {"field": "end"}, "y": down, "color": colour},
    }
    rule = {
        "data": {"values": [{"cut": bits(cut)} for cut in cut_offs]},
        "mark": {"type": "rule", "strokeDash": [4, 4], "color": "#8A8A8A"},
        "encoding": {"x": {"field": "cut", "type": "quantitative"}},
    }
    return {"layer": [bar, rule], "height": {"step": 22}}

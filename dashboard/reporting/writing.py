"""What a report of a chart says: legend, tables, reasons, sources, when, by whom, what for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from client.answers import LinkAnswer
from client.links import ExplanationAnswer, LinkReason
from dashboard.charting.drawing import GRADE_LOOKS
from dashboard.charting.evidence import LINK_COLUMNS, NODE_COLUMNS, chart_rows
from dashboard.charting.filters import Sight
from dashboard.charting.grouping import NOT_EVIDENCE, group_lines
from dashboard.charting.model import Chart
from dashboard.components.notices import CAVEAT, SYNTHETIC
from dashboard.reporting.document import Report, Section, grid, said
from dashboard.reporting.gathering import Grounds, tips_of
from dashboard.theme import look_of
from dashboard.wording import bits, joined

TITLE = "Crosstip: report of a link chart"
_REASONS = (
    *("For or against", "In words", "Bits", "Sum so far", "Identifier", "How common"),
    *("Roles", "Times", "Source in the first", "Source in the second"),
)
_SOURCES = ("Tip", "Part", "Document (SHA-256)", "Name", "Issued", "Recorded", "Current")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Who takes the report out, when, marked how, and for whom."""

    by: str
    agency: str
    at: str
    """ISO 8601 in UTC, by the dashboard's clock."""
    marking: str
    given_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart as it is reported: what is in sight, and the drawing of it."""

    chart: Chart
    sight: Sight
    svg: bytes


def marks_of(answer: LinkAnswer, occasion: Occasion) -> tuple[str, ...]:
    """Give what stands on top of every page and of the drawing."""
    marks = (said(occasion.marking), CAVEAT)
    return (SYNTHETIC, *marks) if answer.synthetic else marks


def report_of(drawn: Drawn, *, answer: LinkAnswer, grounds: Grounds, occasion: Occasion) -> Report:
    """Give the report of what is in sight of a chart."""
    chart, sight = drawn.chart, drawn.sight
    drawing = f"SHA-256 of the drawing as SVG: {hashlib.sha256(drawn.svg).hexdigest()}"
    nodes, links = chart_rows(chart, sight)
    return Report(
        title=TITLE,
        marks=marks_of(answer, occasion),
        synthetic=answer.synthetic,
        tips=tips_of(sight),
        sections=(
            _occasion(answer, grounds, occasion),
            _left_out(sight, answer, grounds),
            Section(title="Chart", lines=(sight.sentence, drawing), has_picture=True),
            _legend(chart, sight),
            Section(title="Things", grid=grid(NODE_COLUMNS, nodes, empty="Nothing.")),
            Section(title="Links", grid=grid(LINK_COLUMNS, links, empty="Nothing is joined.")),
            *(_why(found) for found in grounds.why),
            _sources(grounds),
        ),
    )


def _occasion(answer: LinkAnswer, grounds: Grounds, occasion: Occasion) -> Section:
    facts = (
        ("As of", f"{answer.as_of} (UTC): the oldest answer that the chart was made of"),
        ("Reasons and sources read", f"{_read_at(grounds)} (UTC)"),
        ("Taken out", f"{occasion.at} (UTC)"),
        ("By", occasion.by),
        ("Agency", occasion.agency),
        ("For", occasion.given_to or "not said"),
        ("Handling", occasion.marking),
        ("Crosstip", f"version {grounds.version}"),
        ("Queries", ", ".join(answer.queries)),
    )
    return Section(
        title="What this is",
        grid=grid(("What", "Said"), facts, empty=""),
    )


def _read_at(grounds: Grounds) -> str:
    times = [answer.as_of for answer in (*grounds.why, *grounds.tips)]
    return "none" if len(times) == 0 else min(times)


def _left_out(sight: Sight, answer: LinkAnswer, grounds: Grounds) -> Section:
    sentences = [
        *answer.cut_off,
        *(sentence for found in grounds.why for sentence in found.cut_off),
        *grounds.left_out,
    ]
    if sight.filtered + sight.hidden > 0:
        sentences.insert(0, sight.sentence)
    lines = tuple(dict.fromkeys(said(sentence) for sentence in sentences))
    return Section(title="What is left out", lines=lines or ("Nothing that is known of.",))


def _legend(chart: Chart, sight: Sight) -> Section:
    counted = Counter(node.kind for node in sight.nodes.values())
    rows = [
        (look_of(kind).letter, kind, look_of(kind).shape, look_of(kind).colour, count)
        for kind, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]
    rows += [
        (
            "line",
            f"link of two tips, grade {grade}",
            f"width {width}",
            colour,
            _count(sight, grade),
        )
        for grade, (colour, width) in GRADE_LOOKS.items()
    ]
    rows += [
        (line.mark, f"group: {line.name}", "plate behind the label", line.colour, line.count)
        for line in group_lines(chart, sight.nodes)
    ]
    return Section(
        title="Legend",
        lines=(
            f"A dashed line is no evidence. A thick border marks an urgent tip. {NOT_EVIDENCE}",
            (
                "Weights are in bits: each bit more doubles the odds that one person is behind "
                "both. They are computed from what tips state, which may be wrong."
            ),
        ),
        grid=grid(("Sign", "Stands for", "Shape", "Colour", "Count"), rows, empty="Nothing."),
    )


def _count(sight: Sight, grade: str) -> int:
    return sum(link.grade == grade for link in sight.links.values())


def _why(answer: ExplanationAnswer) -> Section:
    cuts = answer.cut_offs
    counted = "not yet" if answer.snapshot_at is None else f"as of {answer.snapshot_at}"
    lines = [
        f"{answer.grade} link, {bits(answer.score)} bits: {answer.caveat}.",
        f"By chance: {answer.chance}",
        (
            f"Weights version {answer.weights}; strong from {bits(cuts.strong)}, moderate from "
            f"{bits(cuts.moderate)}, weak from {bits(cuts.weak)} bits. How common values are was "
            f"counted: {counted}. Read as of {answer.as_of}."
        ),
        *(f"No independent second source: one {kind} the other." for kind in answer.refers),
        *(
            f"Judged {line.verdict} by {line.judged_by} at {line.at}: {line.why}"
            for line in answer.judgements
        ),
    ]
    return Section(
        title=said(f"Why {answer.own.key} and {answer.other.key} are linked"),
        lines=tuple(said(line) for line in lines),
        grid=grid(_REASONS, _reasons(answer), empty="Nothing speaks for it or against it."),
    )


def _reasons(answer: ExplanationAnswer) -> Iterator[tuple[object, ...]]:
    """Give the rows of the waterfall: what speaks for it, what against it, what counts nothing."""
    reached = 0
    for reason in sorted(answer.reasons, key=lambda reason: (reason.weight == 0, -reason.weight)):
        reached += reason.weight
        yield (
            _side(reason),
            reason.sentence,
            bits(reason.weight),
            bits(reached),
            f"{reason.kind} {reason.identifier}",
            reason.holders,
            _both(reason.own_roles, reason.other_roles),
            _both(reason.own_times, reason.other_times),
            joined(reason.own_places),
            joined(reason.other_places),
        )
    yield ("sum", "", bits(answer.score), bits(reached), *[""] * 6)


def _both(own: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Give what the first tip says, a bar, and what the second one says."""
    return f"{joined(own)} | {joined(other)}" if len(own) + len(other) > 0 else ""


def _side(reason: LinkReason) -> str:
    if reason.weight == 0:
        return "neither"
    return "for" if reason.weight > 0 else "against"


def _sources(grounds: Grounds) -> Section:
    rows = [
        (
            found.tip.key,
            version.part,
            version.document,
            version.document_name or "",
            version.issued_at,
            version.recorded_at,
            "yes" if version.current else "no",
        )
        for found in grounds.tips
        for version in found.versions
    ]
    return Section(
        title="Sources",
        lines=(
            "The documents as they were received. Sources in the tables above are places in them.",
        ),
        grid=grid(_SOURCES, rows, empty="No tip is on the chart."),
    )

"""Reports that tests make up, with a payload in every text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from client.answers import LinkAnswer
from client.links import ExplanationAnswer, Judgement
from client.resources.chart_reports import ChartReportEntry
from client.tips import TipAnswer, TipFacts, TipVersion
from dashboard.charting import steps
from dashboard.charting.filters import Filters, Sight, in_sight
from dashboard.charting.model import EMPTY, Around, Chart, ChartLink, ChartNode, Near, pair_of
from dashboard.charting.svg import chart_svg
from dashboard.reporting.document import Report, Section
from dashboard.reporting.gathering import Grounds
from dashboard.reporting.place import place_of
from dashboard.reporting.writing import Drawn, Occasion, marks_of, report_of
from tests.dashboard.charting.answers import AS_OF, explanation, reason, tip_line
from tests.dashboard.charting.charts import hostile_chart

DOCUMENT = "d" * 64
OCCASION = Occasion(
    by="lead.north",
    agency="north",
    at="2026-11-23T12:00:00+00:00",
    marking="LAW ENFORCEMENT SENSITIVE",
    given_to="the prosecutor",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A report with what was drawn for it."""

    chart: Chart
    sight: Sight
    report: Report
    place: Section
    svg: bytes


def tip_answer(key: str, text: str = "Chatterbox") -> TipAnswer:
    """Give a tip that came in one document."""
    facts = TipFacts(
        **tip_line(key).model_dump(),
        source="ncmec",
        report_number=None,
        incident_time_raw=None,
        platform=text,
        ncmec_status=None,
        annotations=None,
        batched_reason=None,
        withdrawn_why=None,
        first_recorded_at=AS_OF,
    )
    version = TipVersion(
        part="report",
        issued_at=AS_OF,
        current=True,
        recorded_at=AS_OF,
        unknown=(),
        rejected=(),
        document=DOCUMENT,
        document_name=text,
        original=None,
        media=(),
    )
    return TipAnswer(
        **_base(),
        tip=facts,
        notes=(),
        details=(),
        assertions=(),
        files=(),
        references=(),
        investigations=(),
        versions=(version,),
    )


def pair_chart() -> Chart:
    """Give a chart of two tips and what they share."""
    first, second = ("Tip", "ncmec:1"), ("Tip", "ncmec:2")
    email = ("Email", "a@example.com")
    tip = ChartNode(name=second, label="ncmec:2", urgency=0)
    link = ChartLink(ends=pair_of(first, second), label="23 bits", weight=23_000, grade="strong")
    shared = ChartLink(ends=pair_of(first, email), label="reported")
    near = (
        Near(node=tip, links=(link,)),
        Near(node=ChartNode(name=email, label=email[1]), links=(shared,)),
    )
    around = Around(node=ChartNode(name=first, label="ncmec:1"), near=near)
    return steps.grown(EMPTY, around).chart


def entry_of(report: Report) -> ChartReportEntry:
    """Give the entry of a report."""
    return ChartReportEntry(
        **_base(queries=("holders.whose",)),
        entry="e" * 32,
        log="agency:north",
        at=AS_OF,
        actor="lead.north",
        agency="north",
        sha256=report.sha256,
        tips=len(report.tips),
        outcome=f"chart report sha256:{report.sha256}; {len(report.tips)} tips",
    )


def plain() -> Made:
    """Give a report as it usually is."""
    why = explanation(15_000, 9_000, -1_000, 0)
    grounds = Grounds(
        why=(why,), tips=(tip_answer("ncmec:1"), tip_answer("ncmec:2")), left_out=(), version="0.1"
    )
    return _made(pair_chart(), grounds, OCCASION)


def hostile(payloads: Sequence[str]) -> Made:
    """Give a report with every payload in a reason, in a source, and on the chart."""
    why = explanation(*range(1_000, 1_000 * len(payloads) + 1, 1_000))
    reasons = tuple(
        reason(1_000 * at, payload).model_copy(
            update={
                "sentence": payload,
                "kind": payload,
                "holders": payload,
                "own_roles": (payload,),
                "own_times": (payload,),
                "own_places": (payload,),
                "other_places": (payload, payload),
            }
        )
        for at, payload in enumerate(payloads, start=1)
    )
    judged = Judgement(
        key="j",
        tips=("ncmec:1", "ncmec:2"),
        verdict=payloads[0],
        undoes=None,
        why=payloads[1],
        judged_by=payloads[2],
        at=AS_OF,
        weights=None,
        score=None,
        grade=None,
    )
    update = {
        "reasons": reasons,
        "judgements": (judged,),
        "chance": payloads[0],
        "caveat": payloads[1],
        "cut_off": tuple(payloads),
        "own": tip_line(payloads[3]),
    }
    found: ExplanationAnswer = why.model_copy(update=update)
    tips = tuple(tip_answer(payload, payload) for payload in payloads)
    grounds = Grounds(why=(found,), tips=tips, left_out=tuple(payloads), version=payloads[0])
    occasion = Occasion(
        by=payloads[0], agency=payloads[1], at=AS_OF, marking=payloads[1], given_to=payloads[4]
    )
    return _made(hostile_chart(payloads), grounds, occasion)


def _made(chart: Chart, grounds: Grounds, occasion: Occasion) -> Made:
    sight = in_sight(chart, Filters())
    answer = LinkAnswer.model_validate(_base() | {"cut_off": ("3 neighbours are left out.",)})
    svg = chart_svg(chart, sight, lines=marks_of(answer, occasion))
    drawn = Drawn(chart=chart, sight=sight, svg=svg)
    report = report_of(drawn, answer=answer, grounds=grounds, occasion=occasion)
    place = place_of(report, entry_of(report))
    return Made(chart=chart, sight=sight, report=report, place=place, svg=svg)


def _base(queries: tuple[str, ...] = ("links.shared",)) -> dict[str, object]:
    return {
        "as_of": AS_OF,
        "synthetic": True,
        "queries": queries,
        "caveat": "lead",
        "cut_off": (),
    }

"""A report as one page of HTML: no script, nothing loaded, and the record as a file in it."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable

from dashboard.components.export import policy_of
from dashboard.reporting.document import Grid, Report, Section
from dashboard.reporting.place import RECORD
from dashboard.wording import visible

_STYLE = (
    "body{font:10pt/1.4 sans-serif;margin:1.5cm;color:#000;background:#fff}"
    "table{border-collapse:collapse;width:100%;font-size:8pt;margin:0 0 8pt 0}"
    "th,td{border:1px solid #666;padding:2pt 4pt;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}th{background:#eee}p{overflow-wrap:anywhere}"
    "svg{max-width:100%;height:auto;border:1px solid #666}tr{break-inside:avoid}"
    "p.mark{border:2px solid #000;padding:4pt;font-weight:bold}"
    "@page{margin:1.5cm}@media print{body{margin:0}}"
)


def report_page(report: Report, place: Section, *, picture: bytes) -> bytes:
    """Give the page; `picture` is the chart as SVG, which holds no script."""
    marks = "".join(f'<p class="mark">{_safe(mark)}</p>' for mark in report.marks)
    title = _safe(report.title)
    head = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"{policy_of(scripts=(), styles=(_STYLE,))}<title>{title}</title>"
        f"<style>{_STYLE}</style></head>"
    )
    drawn = picture.decode()
    parts = [_section(section, drawn) for section in (*report.sections, place)]
    body = f"<body>{marks}<h1>{title}</h1>{''.join(parts)}{_record(report)}{marks}</body></html>"
    return (head + body).encode()


def _section(section: Section, drawn: str) -> str:
    parts = [f"<h2>{_safe(section.title)}</h2>"]
    parts.extend(f"<p>{_safe(line)}</p>" for line in section.lines)
    if section.has_picture:
        parts.append(drawn)
    if section.grid is not None:
        parts.append(_table(section.grid))
    return "".join(parts)


def _table(grid: Grid) -> str:
    if len(grid.rows) == 0:
        return f"<p>{_safe(grid.empty)}</p>"
    rows = "".join(_row("td", row) for row in grid.rows)
    return f"<table><thead>{_row('th', grid.titles)}</thead><tbody>{rows}</tbody></table>"


def _row(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_safe(cell)}</{tag}>" for cell in cells) + "</tr>"


def _record(report: Report) -> str:
    held = base64.b64encode(report.record()).decode("ascii")
    link = f'<a download="{RECORD}" href="data:application/json;base64,{held}">'
    return f"<p>{link}Save the record of this report ({RECORD})</a></p>"


def _safe(text: str) -> str:
    return html.escape(visible(text))

"""A check as one page of HTML to print for the case file: it loads nothing and runs nothing.

It says what was asked, when, by whom and what came of it, with the digest of the question, so that
a paper can be held against the log, which has the check's name. Whatever somebody typed or an
agency wrote is escaped, and the page's own policy lets no script run and nothing be loaded.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from datetime import datetime

from dashboard.components.csv_file import Columns
from dashboard.components.notices import CAVEAT, SYNTHETIC
from dashboard.desk.check_results import (
    NOT_CHECKED,
    NOT_CHECKED_MEANS,
    Result,
    counts,
    outcomes_of,
    own_columns,
    result_columns,
)
from dashboard.wording import visible

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = (
    "body{font:11pt/1.4 serif;margin:2cm;color:#000;background:#fff}"
    "table{border-collapse:collapse;width:100%;font-size:9pt}"
    "th,td{border:1px solid #666;padding:2pt 4pt;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}th{background:#eee}"
    "dt{font-weight:bold}dd{margin:0 0 4pt 0;overflow-wrap:anywhere}"
    "tr{break-inside:avoid}@page{margin:1.5cm}@media print{body{margin:0}}"
)


def certificate(result: Result, *, asker: str, at: datetime) -> bytes:
    """Give the page; `at` is when it is made, by the dashboard's clock."""
    answer, asking = result.answer, result.asking
    outcomes = outcomes_of(result, at=at)
    facts = [
        ("Asked by", asker),
        ("Investigation", asking.investigation),
        ("Purpose", asking.purpose),
        ("Answered as of", answer.as_of),
        ("Check", answer.ref),
        ("Digest of the question (SHA-256 of its canonical JSON)", asking.digest),
        ("Result", counts(outcomes)),
        ("Hits", str(sum(len(line.pointers) for line in answer.lines))),
        ("This page was made", at.isoformat(timespec="seconds")),
    ]
    says = [answer.nothing_means, answer.searched, answer.about]
    if NOT_CHECKED in outcomes:
        says.insert(0, NOT_CHECKED_MEANS)
    marks = [SYNTHETIC, CAVEAT] if answer.synthetic else [CAVEAT]
    return _page(
        "Crosstip: record of a check",
        [
            *(f"<p><strong>{_safe(mark)}</strong></p>" for mark in marks),
            f"<dl>{''.join(_fact(name, text) for name, text in facts)}</dl>",
            *(f"<p>{_safe(text)}</p>" for text in says),
            "<h2>Lines</h2>",
            _table(_without_empty(result_columns(result, at=at))),
            "<h2>Matches with our own claims, which are no hits</h2>",
            _table(own_columns(result)),
        ],
    )


def _page(title: str, parts: Sequence[str]) -> bytes:
    head = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{_safe(title)}</title><style>{_STYLE}</style></head>"
    )
    body = f"<body><h1>{_safe(title)}</h1>{''.join(parts)}</body></html>"
    return (head + body).encode("utf-8", "xmlcharrefreplace")


def _fact(name: str, text: str) -> str:
    return f"<dt>{_safe(name)}</dt><dd>{_safe(text)}</dd>"


def _without_empty(columns: Columns) -> Columns:
    return {name: cells for name, cells in columns.items() if any(cell != "" for cell in cells)}


def _table(columns: Columns) -> str:
    rows = list(zip(*columns.values(), strict=True))
    if len(rows) == 0:
        return "<p>None.</p>"
    head = _row("th", columns)
    return f"<table>{head}{''.join(_row('td', row) for row in rows)}</table>"


def _row(tag: str, cells: Iterable[object]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_safe(cell)}</{tag}>" for cell in cells) + "</tr>"


def _safe(text: object) -> str:
    return html.escape(visible(text))

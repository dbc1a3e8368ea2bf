"""The reference page of the caseload figures, made from their table: `docs/figures.md`."""

from __future__ import annotations

from graph.caseload.sharing import Sharing
from graph.services.caseload_figure import Figure
from graph.services.caseload_table import FIGURES
from graph.triage.lacking import Lack

_ABOUT = """\
What supervisors count. Each figure is declared once (`graph/services/caseload_table.py`): \
answers, drill-downs and this page are made from that. All figures of an answer are of one \
instant, which stands beside them, and of one agency: the asker's own. Days and weeks are those \
of the time zone that is asked for, else of the agency's own, which the answer names; weeks \
begin on Monday, and a day may have 23 or 25 hours. Ages are whole days of 24 hours.

Behind a number are exactly the rows that it counts: `crosstip caseload rows FIGURE LABEL...`, or \
`GET /v1/caseload/{figure}/rows`. Where a figure's unit is seconds, `of` is the number of its rows.

For somebody outside the agency (`--shared`, `shared=true`) counts from 1 to 4 are `withheld`, \
and so are further ones, until no row, column or whole, known from anywhere, gives one of them \
away; all bear that one mark, which may stand for none. Of figures that count what another one \
counts the sum alone is given; medians over fewer than five and what they are computed over are \
withheld; what tells about single people is not given. The same figure shared on two days may \
still be compared: share one for a period once. No figure ranks people by what they closed.
"""

_SHARED = {
    Sharing.TABLE: "its cells.",
    Sharing.SUM: "their sum alone, as another figure counts the same.",
    Sharing.APART: "its cells, which do not add up.",
    Sharing.SHARES: "its cells; of a provider whose tips are withheld none.",
    Sharing.COMPUTED: "its values without what they are computed over.",
    Sharing.NEVER: "nothing: it tells about single people, names other agencies, or gives away "
    "what another figure withholds.",
}


def figures_page(made: str) -> str:
    """Give the page of figures; `made` says how it is made."""
    lines = ["# Caseload figures", "", made, _ABOUT]
    for figure in FIGURES.values():
        lines += [f"## {figure.name}", "", figure.definition, "", *_facts(figure), ""]
    lines += ["## What may be missing", ""]
    lines += [f"- {lack.value}" for lack in Lack]
    return "\n".join(lines) + "\n"


def _facts(figure: Figure) -> list[str]:
    rows = "none: it is computed from other figures" if figure.rows is None else f"`{figure.rows}`"
    found = [
        f"- Counts {figure.unit}, by {' and '.join(figure.by)}.",
        f"- Leaves out: {figure.leaves_out}",
        f"- Queries: {', '.join(f'`{name}`' for name in figure.queries)}. Rows: {rows}.",
    ]
    if figure.of_period:
        found.append("- Of the period that is asked for: the last 28 days unless said otherwise.")
    if figure.cut_off is not None:
        found.append(f"- {figure.cut_off}")
    return [*found, f"- Outside the agency: {_SHARED[figure.sharing]}"]

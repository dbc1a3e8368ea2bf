"""Tables: drawn without markup, each with a file to download that says what it is."""

from __future__ import annotations

import streamlit as st

from client.answers import Answer, LinkAnswer
from dashboard.components.csv_file import Columns, as_csv
from dashboard.components.notices import CAVEAT, SYNTHETIC
from dashboard.wording import one_line


def table(columns: Columns, *, name: str, answer: Answer, empty: str) -> None:
    """Show a table, or the sentence `empty` when it has no row.

    `name` is unique on the page: it names the file and the button.
    """
    count = len(next(iter(columns.values())))
    if count == 0:
        st.text(empty)
        return
    st.dataframe(
        {title: list(cells) for title, cells in columns.items()},
        hide_index=True,
        width="stretch",
        key=f"table-{name}",
        alt=f"{name}: {count} rows",
    )
    marking = "SYNTHETIC-" if answer.synthetic else ""
    st.download_button(
        "Download CSV",
        # Made when it is asked for: one made now would be gone after the next look at the page.
        data=lambda: as_csv(columns, preamble(answer)),
        file_name=f"{marking}crosstip-{name}.csv",
        mime="text/csv",
        key=f"csv-{name}",
        help=f"{count} rows, safe to open in a spreadsheet.",
        on_click="ignore",
    )


def chosen_row(
    columns: Columns,
    *,
    name: str,
    answer: Answer,
    empty: str,
    by: str | tuple[str, ...],
    label: str,
) -> int | None:
    """Show a table and a box to choose one of its rows; give that row's place, or None.

    A box, as rows of a table cannot be chosen by keyboard (Streamlit issue 13332). It lists the
    cells of column `by`, of several side by side, and stands above the table under the name
    `label`.
    """
    named = (by,) if isinstance(by, str) else by
    rows = zip(*(columns[title] for title in named), strict=True)
    cells = [one_line(" · ".join(map(str, row)), limit=80) for row in rows]
    if len(cells) == 0:
        st.text(empty)
        return None
    chosen: int | None = st.selectbox(
        label,
        options=range(len(cells)),
        format_func=lambda at: cells[at],
        index=None,
        placeholder="Choose a row",
        key=f"chosen-{name}",
    )
    table(columns, name=name, answer=answer, empty=empty)
    return chosen


def preamble(answer: Answer) -> list[str]:
    """Give the lines that stand before the rows of every file."""
    lines = [SYNTHETIC] if answer.synthetic else []
    lines.append(CAVEAT)
    lines.append(f"As of {answer.as_of}. Queries: {', '.join(answer.queries)}.")
    if isinstance(answer, LinkAnswer):
        lines.extend(f"Left out: {sentence}" for sentence in answer.cut_off)
    return lines

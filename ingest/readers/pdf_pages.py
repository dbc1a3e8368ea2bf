"""What the pages of a PDF say of themselves: whose report they are of, and which page of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.errors import UnreadableDocumentError
from ingest.pdf.text import PdfLine

_OF_REPORT = re.compile(
    r"cybertip(?:line)? report(?: number)?:? #?(\d{1,15})"
    r"(?: ?[|-] ?(?:page )?(\d{1,5})(?: of (\d{1,5}))?)?$",
    re.IGNORECASE,
)
_OF_PAGE = re.compile(r"()page (\d{1,5})(?: (?:of|/) (\d{1,5}))?$", re.IGNORECASE)
_MOST_TOLD = 20


def require_one_report(lines: Sequence[PdfLine], number: str | None) -> None:
    """Refuse pages of two reports: what the second states would be said of the first.

    Only what stands alone at the top or bottom of a page counts, and not where the page names the
    report itself too: a list of related reports may run over a page.

    Raises:
        UnreadableDocumentError: there are such pages.
    """
    for page, edges in _edges(lines).items():
        named = {found[1] for line in edges if (found := _OF_REPORT.match(line.text)) is not None}
        if number is not None and len(named) > 0 and number not in named:
            raise UnreadableDocumentError(
                f"it holds pages of two reports: page {page} is not of the report that it begins "
                "with; ask the sender for one PDF of each"
            )


def page_remarks(lines: Sequence[PdfLine], pages: int) -> list[str]:
    """Give what is odd about the printed page numbers: pages that lack, or another order."""
    printed: list[int] = []
    whole = 0
    for edges in _edges(lines).values():
        for line in edges:
            found = _OF_REPORT.match(line.text) or _OF_PAGE.match(line.text)
            if found is not None and found[2] is not None:
                printed.append(int(found[2]))
                whole = max(whole, int(found[3] or 0))
                break
    told = []
    if printed != sorted(printed):
        told.append("the pages are in another order than their numbers: values may be torn apart")
    last = max([whole, *printed], default=0)
    if len(printed) > 1 or whole > 0:
        lacking = [n for n in range(1, min(last, 1000) + 1) if n not in printed]
        # A page may bear no number: only what cannot all be there lacks.
        if last > pages:
            some = ", ".join(str(n) for n in lacking[:_MOST_TOLD])
            told.append(f"of {last} pages only {pages} are there; not found: page {some}")
    return told


def _edges(lines: Sequence[PdfLine]) -> dict[int, tuple[PdfLine, ...]]:
    """Give the first and last line of each page."""
    found: dict[int, tuple[PdfLine, ...]] = {}
    for line in lines:
        found[line.page] = (found[line.page][0], line) if line.page in found else (line,)
    return found

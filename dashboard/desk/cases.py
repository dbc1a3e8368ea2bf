"""The own agency's investigations as pages let somebody choose one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from client.client import CrosstipClient
from client.resources.investigations import CasePage, CountedCase, CountedCaseAnswer
from dashboard.wording import one_line

MOST = 500
"""More are not listed; their reference is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Investigations, and whether there are more than are listed."""

    items: tuple[CountedCase, ...]
    page: CasePage
    """The last page that was read, for its time."""
    is_cut: bool


def read_cases(client: CrosstipClient) -> Cases:
    """Read the own agency's investigations, page by page.

    Raises:
        ApiError: the API does not give them.
    """
    found: list[CountedCase] = []
    after = ""
    while True:
        page = client.investigations(after=after, limit=100)
        found.extend(page.items)
        if page.next_after is None or len(found) >= MOST:
            return Cases(items=tuple(found), page=page, is_cut=page.next_after is not None)
        after = page.next_after


def open_ones(cases: Sequence[CountedCase]) -> tuple[str, ...]:
    """Give the references of those that are open."""
    return tuple(case.reference for case in cases if case.status == "open")


def is_of_team(case: CountedCase | CountedCaseAnswer, user: str | None) -> bool:
    """Say whether somebody leads an investigation or is a deputy there; nobody named: of all."""
    return user is None or user == case.lead or user in (case.deputies or ())


def name_of(case: CountedCase) -> str:
    """Give an investigation on one line."""
    title = "" if case.title is None else f": {one_line(case.title, limit=60)}"
    return f"{one_line(case.reference)}{title} ({case.status}, {case.claim_total} claims)"

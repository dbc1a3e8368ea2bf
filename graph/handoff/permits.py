"""The seam for the table of permitted recipients of what providers report (18 U.S.C. 2258A(g))."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.vocabulary import AgencyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Whether a kind of agency may be given a tip for a purpose."""

    answer: bool | None
    """None: it was not decided; a person decides."""
    says: str
    """In words, for the offer and its receipts."""


def permitted(kind: AgencyKind, purpose: str) -> Permission:
    """Give whether an agency of a kind may be given a tip for a purpose.

    Without a table nothing is decided, and the offer says so.
    """
    return Permission(
        answer=None,
        says=f"Not checked: there is no table of permitted recipients (18 U.S.C. 2258A(g)) for "
        f"{kind} and {purpose}; counsel to confirm.",
    )

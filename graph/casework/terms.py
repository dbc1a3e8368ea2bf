"""How long claims last and what others learn of them, where nobody said otherwise."""

from __future__ import annotations

from graph.casework.vocabulary import ClaimRole, Visibility

DAY_US = 24 * 3_600_000_000
LONGEST_US = 1825 * DAY_US
"""28 CFR 23.20(h): reviewed or purged within five years. Every five years have as many days."""
USUAL_US = 365 * DAY_US
"""Until the first review, where nobody names a day."""
UNREVIEWED_US = 90 * DAY_US
"""Until the review of a claim that came without the facts which make suspicion reasonable."""
LONGEST_SILENCE_US = 180 * DAY_US
"""An approval of silence ends; a longer one is one more decision."""


def default_visibility(role: str, at_us: int) -> tuple[Visibility, int | None]:
    """Give the visibility of a claim that names none, and until when it is silent.

    An officer's persona is silent by default (`design.md`, "Who may see what").
    """
    if role == ClaimRole.OFFICER_PERSONA:
        return Visibility.SILENT, at_us + LONGEST_SILENCE_US
    return Visibility.POINTER, None

"""What a claim must state before it is taken, and how long it lasts (28 CFR Part 23)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.casework.keys import optional_text, text_of
from graph.casework.vocabulary import ClaimRole, Content, Handling, Reliability, Visibility
from graph.errors import RowError
from graph.identifiers.core import Identifier
from graph.rows import PropertyRow

DAY_US = 24 * 3_600_000_000
LONGEST_US = 1825 * DAY_US
"""28 CFR 23.20(h): reviewed or purged within five years. Every five years have as many days."""
USUAL_US = 365 * DAY_US
"""Until the first review, where nobody names a day."""
UNREVIEWED_US = 90 * DAY_US
"""Until the review of a claim that came without the facts which make suspicion reasonable."""
LONGEST_SILENCE_US = 180 * DAY_US
"""An approval of silence ends; a longer one is one more decision."""
_LEAST_PREDICATE = 20
"""Characters. Fewer are no facts."""
_VIEWS = re.compile(
    r"\b(?:religio\w*|church\w*|mosque\w*|synagogue\w*|politic\w*|protest\w*|activis\w*|"
    r"union member\w*|sexual orientation|ethnic\w*|immigra\w*|party member\w*)\b",
    re.IGNORECASE,
)
VIEWS_WARNING = (
    "The text speaks of views or associations. They may stand here only where they relate directly "
    "to the conduct, and suspicion of a crime is reasonable (28 CFR 23.20(b))."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """An identifier that somebody wants to claim, and on which terms."""

    identifier: Identifier
    role: ClaimRole = ClaimRole.SUSPECT
    visibility: Visibility | None = None
    """None: a pointer; an officer's persona silent."""
    silent_until_us: int | None = None
    sealed_to: str | None = None
    predicate: str | None = None
    """The facts that make suspicion reasonable; a suspect needs them."""
    predicate_by: str | None = None
    """Who decided so; None: whoever enters it."""
    predicate_us: int | None = None
    """When; None: now."""
    tip: str | None = None
    source: str | None = None
    support: str | None = None
    reliability: Reliability | None = None
    content: Content | None = None
    handling: Handling | None = None
    review_due_us: int | None = None
    """None: in a year."""


def default_visibility(role: str, at_us: int) -> tuple[Visibility, int | None]:
    """Give the visibility of a claim that names none, and until when it is silent.

    An officer's persona is silent by default (`design.md`, "Who may see what").
    """
    if role == ClaimRole.OFFICER_PERSONA:
        return Visibility.SILENT, at_us + LONGEST_SILENCE_US
    return Visibility.POINTER, None


def terms_of(draft: ClaimDraft, *, user: str, at_us: int) -> PropertyRow:
    """Give the properties of a claim that follow from its terms; visibility is not among them.

    Raises:
        RowError: something that the rules ask for is missing; the sentence names the rule.
    """
    row: PropertyRow = {
        "role": draft.role.value,
        "tip": draft.tip,
        "source": needed(draft.source, "How it was lawfully obtained", "23-3"),
        "support": needed(draft.support, "Where the supporting file is", "23-13"),
        "reliability": _label(draft.reliability, "reliability of the source"),
        "content": _label(draft.content, "validity of the content"),
        "handling": _label(draft.handling, "handling code"),
        "entered_us": at_us,
        "entered_by": user,
        "review_due_us": review_due(draft.review_due_us, at_us=at_us),
    }
    if draft.role is ClaimRole.SUSPECT or draft.predicate is not None:
        row |= predicate_of(draft.predicate, draft.predicate_by, draft.predicate_us, user, at_us)
    return row


def predicate_of(
    text: str | None, decided_by: str | None, decided_us: int | None, user: str, at_us: int
) -> PropertyRow:
    """Give the properties that say which facts make suspicion reasonable, who decided, and when.

    Raises:
        RowError: there are no facts, or they were decided on in the future.
    """
    facts = needed(text, "The facts that make suspicion reasonable", "23-1")
    if len(facts) < _LEAST_PREDICATE:
        raise RowError(
            "The facts that make suspicion reasonable are needed in words, not as a mark "
            f"(rule 23-1): at least {_LEAST_PREDICATE} characters."
        )
    when_us = at_us if decided_us is None else decided_us
    if when_us > at_us:
        raise RowError("Suspicion is decided on before it is entered (rule 23-1).")
    by = optional_text(decided_by, "Who decided")
    return {
        "predicate": facts,
        "predicate_by": user if by is None else by,
        "predicate_us": when_us,
    }


def review_due(wanted_us: int | None, *, at_us: int) -> int:
    """Give the review date: the wanted one, or in a year.

    Raises:
        RowError: it lies in the past, or more than five years on.
    """
    if wanted_us is None:
        return at_us + USUAL_US
    if not at_us < wanted_us <= at_us + LONGEST_US:
        raise RowError("A claim is reviewed in the future, five years from now at most (23-9).")
    return wanted_us


def warnings_of(*texts: str | None) -> tuple[str, ...]:
    """Give a warning where a text speaks of views that no claim may rest on (rule 23-2)."""
    spoken = any(_VIEWS.search(text) is not None for text in texts if text is not None)
    return (VIEWS_WARNING,) if spoken else ()


def needed(value: str | None, what: str, rule: str) -> str:
    """Give a text that a rule asks for.

    Raises:
        RowError: it is missing or too long.
    """
    return text_of(value or "", f"{what} (rule {rule})")


def _label(value: Reliability | Content | Handling | None, what: str) -> str:
    if value is None:
        raise RowError(f"A claim carries its {what} (rule 23-8).")
    return value.value

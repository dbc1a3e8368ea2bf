"""What a claim's form changes, and what somebody else changed meanwhile. Pure, from answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from client.resources.claims import Claim, EditClaim
from dashboard.components.csv_file import Columns
from dashboard.desk.claim_lists import others_see
from dashboard.wording import visible

FIELDS: Final[Mapping[str, str]] = {
    "role": "Role",
    "predicate": "Facts that the suspicion rests on",
    "source": "Source",
    "support": "Where the papers are",
    "reliability": "Reliability",
    "content": "Content",
    "handling": "Handling",
}
"""What is corrected, by name, and what a form calls it."""


def edit_of(claim: Claim, said: Mapping[str, str | None]) -> EditClaim | None:
    """Give what of a form differs from a claim; None where nothing does.

    What is left empty stays as it is: the API takes no claim's fact away without another.
    """
    stands = {name: getattr(claim, name) or "" for name in FIELDS}
    changed = {
        name: text
        for name in FIELDS
        if (text := (said.get(name) or "").strip()) not in ("", stands[name])
    }
    return None if len(changed) == 0 else EditClaim.model_validate(changed)


def differences(before: Claim, now: Claim, typed: Mapping[str, str | None]) -> Columns:
    """Give each fact that is another one than when it was shown, with what was being typed."""
    names = [name for name in FIELDS if getattr(before, name) != getattr(now, name)]
    rows = [
        (FIELDS[name], getattr(before, name), getattr(now, name), typed.get(name)) for name in names
    ]
    for label, old, new in (
        ("What others may learn", others_see(before), others_see(now)),
        ("Review due", before.review_due_at, now.review_due_at),
        ("Looked at", before.validated_what, now.validated_what),
    ):
        if old != new:
            rows.append((label, old, new, None))
    # What was typed is not lost although the form begins anew.
    rows += [
        (FIELDS[name], getattr(before, name), getattr(now, name), text)
        for name, text in typed.items()
        if name in FIELDS and name not in names and (text or "") != (getattr(now, name) or "")
    ]
    return {
        "Fact": [row[0] for row in rows],
        "When you looked": [visible(row[1]) for row in rows],
        "Now": [visible(row[2]) for row in rows],
        "You had typed": [visible(row[3]) for row in rows],
    }


def changed_by(now: Claim) -> str:
    """Say who changed a claim last, and when."""
    whom = "somebody" if now.changed_by is None else visible(now.changed_by)
    return f"Changed by {whom}" + ("." if now.changed_at is None else f" at {now.changed_at}.")

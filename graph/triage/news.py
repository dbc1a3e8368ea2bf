"""What a newer version of a tip says that whoever dealt with it could not know; nothing is written.

Counts and classes alone: a sentence may lie in a notice or a log, and names no identifier. What a
version says no longer is no news of this kind: the tip's page shows what was ended.
"""

from __future__ import annotations

from collections import Counter

from graph.clock import iso
from graph.identifiers.core import IdentifierKind
from graph.queries.triage import PlaceRow
from graph.tip_state import TipState
from graph.triage.moves import State
from graph.triage.priority import RANKS

MOST_KEPT = 20
"""Sentences; of more the oldest go."""
TOLD_IN = frozenset({State.CLOSED.value, State.REFERRED.value})
"""States of what somebody was done with: they are told. In other ones it is shown."""


def news_of(before: TipState, after: TipState) -> tuple[str, ...]:
    """Give what a tip says now and did not before: identifiers, files, whether those were seen."""
    found: list[str] = []
    fresh = after.mentioned_identifiers() - before.mentioned_identifiers()
    kinds = Counter(kind.value for kind, _ in fresh if kind is not IdentifierKind.FILE_HASH)
    if kinds.total() > 0:
        each = ", ".join(f"{kind} {kinds[kind]}" for kind in sorted(kinds))
        found.append(f"{_counted(kinds.total(), 'identifier')} more ({each})")
    was, now = _viewed(before), _viewed(after)
    if len(now.keys() - was.keys()) > 0:
        found.append(f"{_counted(len(now.keys() - was.keys()), 'file')} more")
    elif any(kind is IdentifierKind.FILE_HASH for kind, _ in fresh):
        found.append("further file hashes")
    changed = Counter(
        (was[file], now[file]) for file in was.keys() & now.keys() if was[file] != now[file]
    )
    found += [
        f"viewed by the provider: {old} before, {new} now ({_counted(changed[old, new], 'file')})"
        for old, new in sorted(changed)
    ]
    return tuple(found)


def with_news(
    before: PlaceRow, after: PlaceRow, said: tuple[str, ...] | None, *, at_us: int
) -> PlaceRow:
    """Give a place with what its tip says more since it was last moved.

    `said` is None where the place changed for another reason than the tip's versions.
    """
    if said is None or after.state in {State.NEW, State.WITHDRAWN} or not after.held:
        return after
    if RANKS[after.priority] < RANKS[before.priority]:
        more = f"more urgent by the table: `{before.priority}` before, `{after.priority}` now"
        said = (more, *said)
    if len(said) == 0:
        return after
    news = [*(after.news or ()), f"{iso(at_us)}: {'; '.join(said)}."]
    return after.model_copy(update={"news": news[-MOST_KEPT:], "news_us": at_us})


def is_told(before: PlaceRow | None, after: PlaceRow) -> bool:
    """Say whether somebody is to be told that what they were done with says more now."""
    return (
        before is not None
        and after.state in TOLD_IN
        and after.news is not None
        and after.news != before.news
    )


def _viewed(state: TipState) -> dict[str, str]:
    return {
        file.file_id: file.viewed_by_esp or "not stated"
        for file, ended_us in state.files
        if ended_us is None
    }


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"

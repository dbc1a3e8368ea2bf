"""The story in plain words, and what in it is not as it should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from crosstip.story.people import AGENCIES, HARROW, LARKSPUR, STONEPINE, user_of
from crosstip.story.playing import (
    ASKED,
    INVESTIGATOR,
    LATE,
    SEEN,
    SUPERVISOR,
    Played,
    reference_of,
)
from crosstip.story.subject import Subject
from graph.casework.terms import DAY_US
from graph.queries.conflict_views import MatrixRow
from graph.services.check_answers import Answer, Answered, LineAnswer

_HIT, _OWN, _MISS = "HIT", "own claim", "nothing to show"
EXPECTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        HARROW: (_HIT, _MISS, _MISS),
        LARKSPUR: (_OWN, _MISS, _OWN),
        STONEPINE: (_HIT, _OWN, _MISS),
    }
)
"""What each agency is to see of the phone, the file and the account."""


def sentences_of(played: Played, subject: Subject) -> Iterator[str]:
    """Give the story, the same in every run: who asked, what they saw, who was told."""
    shown = ", ".join(f"{word} {item.display}" for word, item in subject.asked)
    yield f"Deconfliction of subjects, not of events. Three agencies ask about {shown}:"
    for agency in AGENCIES:
        yield f"- {user_of(INVESTIGATOR, agency)}: {_answer(played.answers[agency], subject)}"
    yield (
        f'"Nothing to show" does not mean that nobody works it: {STONEPINE} claims the file '
        f"silently, and the account is an officer of {LARKSPUR} under cover. Whoever asks sees a "
        "miss; the owners were told who asked, and of the officer the supervisors of both."
    )
    yield "Told at once:"
    yield from _told(played)
    yield from _conflict(played)
    yield f"{user_of(SUPERVISOR, LARKSPUR)} sees who collides with {LARKSPUR}, and for how long:"
    for row in played.matrices[LARKSPUR]:
        yield f"- {row.other}: {_standing(row, played.end_us)}"


def wrong(played: Played) -> Iterator[str]:
    """Give everything that somebody saw and should not have seen, or the other way round.

    Of each conflict that an agency may see it counts whether the other side was told of it.
    """
    for agency, expected in EXPECTED.items():
        seen = tuple(_outcome(line) for line in played.answers[agency].lines)
        if seen != expected:
            yield f"{agency} saw {', '.join(seen)} and should see {', '.join(expected)}."
    pairs = [
        (HARROW, LARKSPUR, [True]),
        (HARROW, STONEPINE, []),
        (LARKSPUR, HARROW, [True]),
        # Over the phone that stonepine asked about, and not over the file that it hides.
        (LARKSPUR, STONEPINE, [True]),
        (STONEPINE, LARKSPUR, [False, True]),
        (STONEPINE, HARROW, [False]),
    ]
    for agency, other, wanted in pairs:
        pair = (reference_of(agency), reference_of(other))
        rows = played.conflicts[agency]
        told = [r.is_other_told for r in rows if (r.own_reference, r.other_reference) == pair]
        if sorted(told) != wanted:
            yield f"{agency} sees {len(told)} conflicts with {other} and should see {len(wanted)}."


def _answer(answer: Answer, subject: Subject) -> str:
    words = [word for word, _ in subject.asked]
    said: list[str] = []
    for word, line in zip(words, answer.lines, strict=True):
        call = "; ".join(f"{one.reference} of {one.agency_name}" for one in line.pointers)
        contact = "; ".join(str(one.contact) for one in line.pointers)
        own = ", ".join(f"{one.reference}" for one in line.own)
        more = f", {call} (call {contact})" if call != "" else f" {own}" if own != "" else ""
        said.append(f"{word} {_outcome(line)}{more}")
    return "; ".join(said) + "."


def _outcome(line: LineAnswer) -> str:
    if line.outcome is Answered.HIT:
        return _HIT
    return _OWN if len(line.own) > 0 else line.outcome.value


def _told(played: Played) -> Iterator[str]:
    day = played.end_us - ASKED * DAY_US
    for user, rows in sorted(played.notices.items()):
        subjects = Counter(row.subject for row in rows if row.at_us == day)
        if len(subjects) > 0:
            said = "; ".join(f"{n} x {subject}" for subject, n in sorted(subjects.items()))
            yield f"- {user}: {said}"


def _conflict(played: Played) -> Iterator[str]:
    """Say how the conflict stands that one side acknowledged and the other did not."""
    pair = (reference_of(LARKSPUR), reference_of(HARROW))
    for row in played.conflicts[LARKSPUR]:
        is_late = row.seen_us is not None and row.other_seen_us is None
        if (row.own_reference, row.other_reference) == pair and is_late:
            yield (
                f"Conflict of {pair[0]} and {pair[1]}: {row.status}. {LARKSPUR} acknowledged it "
                f"after {ASKED - SEEN} day; {HARROW} did not, so after {ASKED - LATE} days "
                f"{user_of(SUPERVISOR, HARROW)} was told."
            )


def _standing(row: MatrixRow, end_us: int) -> str:
    resolved = row.total - row.unresolved
    parts: list[str] = []
    if row.unresolved > 0 and row.oldest_us is not None:
        days = max(end_us - row.oldest_us, 0) // DAY_US
        since = f"the oldest for {days} days" if days > 0 else "since today"
        parts.append(f"{row.unresolved} open ({row.urgent} urgent), {since}")
    if resolved > 0:
        mean = row.resolving_us / resolved / DAY_US
        parts.append(f"{resolved} resolved, after {mean:.0f} days")
    return "; ".join(parts)

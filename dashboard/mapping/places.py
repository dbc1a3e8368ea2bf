"""Where providers estimated somebody to be: each statement with its source, its time and its reach.

An estimate is no address. What names no state of the United States is counted and never placed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from client.answers import Answer
from client.tips import TipAnswer
from dashboard.charting.model import Name
from dashboard.mapping.outline import State, outline
from dashboard.wording import visible

COLUMNS = ("Tip", "Placed in", "Precision", "Provider", "As stated", "As of", "Stated at")
NOT_ADDRESS = "Estimated by providers, not an address: nobody is known to be at a mark."
UNKNOWN, OUTSIDE = "unknown", "outside this map"
_PATH = re.compile(r"/estimated location\Z", re.IGNORECASE)
_ABOUT = re.compile(r"\s*\(([^()]*)\)\s*\Z")
_TIME = re.compile(r"\btimestamp ([^,]+)", re.IGNORECASE)
_US = frozenset({"us", "usa", "u.s.", "u.s.a.", "united states", "united states of america"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One statement of where somebody was thought to be, or that none was made."""

    tip: str
    state: str | None
    """Name of the state in which it is placed; None where it is not."""
    why: str
    """How exactly it is placed, or why it is not."""
    provider: str = ""
    stated: str = ""
    as_of: str = "not stated"
    path: str = ""


def estimates(
    drawn: Collection[Name], answers: Mapping[Name, tuple[Answer, ...]]
) -> tuple[Estimate, ...]:
    """Give the estimates of the tips that are drawn; one without, or not read, says so."""
    found: list[Estimate] = []
    for kind, key in sorted(drawn):
        if kind == "Tip":
            read = [each for each in answers.get((kind, key), ()) if isinstance(each, TipAnswer)]
            if len(read) == 0:
                found.append(_unknown(key, "not read: expand the tip"))
            else:
                found.extend(_of_tip(read[-1]))
    return tuple(found)


def by_state(found: Collection[Estimate]) -> dict[str, int]:
    """Give how many estimates are placed in each state, the most first."""
    counted = Counter(each.state for each in found if each.state is not None)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def unplaced(found: Collection[Estimate]) -> dict[str, int]:
    """Give how many are not on the map, by why."""
    return dict(sorted(Counter(each.why for each in found if each.state is None).items()))


def estimate_rows(found: Collection[Estimate]) -> dict[str, list[str]]:
    """Give the table of a map."""
    rows = [
        (
            visible(each.tip),
            each.state or UNKNOWN,
            each.why,
            visible(each.provider),
            visible(each.stated),
            visible(each.as_of),
            visible(each.path),
        )
        for each in found
    ]
    return {title: [row[at] for row in rows] for at, title in enumerate(COLUMNS)}


def _of_tip(answer: TipAnswer) -> Iterator[Estimate]:
    stated = [note for note in answer.details if _PATH.search(note.path) is not None]
    if len(stated) == 0:
        yield _unknown(answer.tip.key, "no estimated location is stated")
    for note in stated:
        about = _ABOUT.search(note.text)
        told = None if about is None else _TIME.search(about[1])
        state, why = _placed(_ABOUT.sub("", note.text))
        yield Estimate(
            tip=answer.tip.key,
            state=state,
            why=why,
            provider=answer.tip.provider_name or "provider not named",
            stated=note.text,
            as_of="not stated" if told is None else told[1].strip(),
            path=note.path,
        )


def _placed(text: str) -> tuple[str | None, str]:
    """Give the state that a line names, and how exactly that is; the country stands last."""
    parts = [part for part in (each.strip() for each in text.split(",")) if part != ""]
    if len(parts) == 0 or parts[-1].casefold() not in _US:
        return None, OUTSIDE if len(parts) > 0 else UNKNOWN
    for part in reversed(parts[:-1]):
        state = _named(part)
        if state is not None:
            return state.name, f"somewhere in the state: within {state.km} km of its mark"
    return None, "in the United States, no state of this map is stated"


def _named(part: str) -> State | None:
    folded = part.casefold()
    return next(
        (
            state
            for state in outline().states.values()
            if folded in (state.name.casefold(), state.code.casefold())
        ),
        None,
    )


def _unknown(tip: str, why: str) -> Estimate:
    return Estimate(tip=tip, state=None, why=why)

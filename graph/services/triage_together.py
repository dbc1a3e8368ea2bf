"""One move on every record of an incident: all of it, or nothing.

Each record has its own move, entry and version, as if it had been moved by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.errors import ChangedError, RowError
from graph.queries.triage import PlaceRow
from graph.services.acting import About, act, named
from graph.services.triage_folds import fold_of, places_of
from graph.services.triage_steps import Moved, lock_fellows, move_in, place_there
from graph.store import Store, WriteUnit
from graph.triage.deciding import Wanted
from graph.triage.folding import alike_by
from graph.triage.moves import Move, deed_of

MOST_RECORDS = 100
"""Records that are moved at once."""
_OF_ONE = frozenset({Move.APART, Move.FOLD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A record, and the version of its place that was looked at."""

    tip: str
    version: int


def move_together(
    caller: Caller,
    store: Store,
    *,
    tip: str,
    records: Sequence[Looked],
    wanted: Wanted,
    leave_others: bool = False,
) -> tuple[Moved, ...]:
    """Make the same move of a tip and every further record of its incident, in one transaction.

    `records` are those that were looked at, the tip among them. A record that stands elsewhere is
    named and nothing is moved, unless `leave_others` says that such are to stay where they are.

    Raises:
        RightsError: the caller may not make this move, or one of them is somebody else's.
        NotFoundError: the agency holds no such tip.
        ChangedError: somebody moved one meanwhile, or the records are not those any more.
        RowError: one cannot be moved so; there are too many, one twice, or the tip is not among
            them. Nothing was changed in any of these cases.
    """
    names = [looked.tip for looked in records]
    if not 0 < len(names) <= MOST_RECORDS or len(set(names)) < len(names) or tip not in names:
        raise RowError(
            f"1 to {MOST_RECORDS} records are moved together, each once, {tip} among them. "
            "Nothing was changed."
        )
    if wanted.move in _OF_ONE:
        raise RowError(f"`{wanted.move}` is said of one tip at a time. Nothing was changed.")

    def work(unit: WriteUnit) -> tuple[Moved, ...]:
        _require_all(unit, caller, tip, names, leave_others=leave_others)
        return tuple(
            move_in(unit, caller, looked.tip, looked.version, wanted)
            for looked in sorted(records, key=lambda each: each.tip)
        )

    about = About(object=named(tip))
    return act(caller, store, deed=deed_of(wanted.move), about=about, work=work)


def _require_all(
    unit: WriteUnit, caller: Caller, tip: str, names: Sequence[str], *, leave_others: bool
) -> None:
    """Come back where these are all records that stand alike, or the others are to be left."""
    lock_fellows(unit, caller, tip, anew=False)
    shown = place_there(unit, caller, tip)
    rows = places_of(unit, fold_of(unit, shown.key))
    strangers = sorted(set(names) - {row.tip for row in rows})
    if len(strangers) > 0:
        raise ChangedError(
            f"{strangers[0]} is no record of the same incident as {tip} any more. "
            "Nothing was changed; look again."
        )
    left = [row for row in rows if row.tip not in names]
    new = [row for row in left if alike_by(row) == alike_by(shown)]
    if len(new) > 0:
        raise ChangedError(
            f"{new[0].tip} is a further record of the same incident. Nothing was changed; look "
            "again."
        )
    if len(left) > 0 and not leave_others:
        raise RowError(
            f"{'; '.join(_stands(row) for row in left)}. Nothing was changed: say that such "
            "records are to be left, or move them first."
        )


def _stands(row: PlaceRow) -> str:
    whose = "nobody's" if row.owner is None else f"{row.owner}'s"
    return f"{row.tip} is {row.state} and {whose}"

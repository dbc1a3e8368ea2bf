"""Accounts do not end while records name them as the one who is told: no hit reaches nobody."""

from __future__ import annotations

from collections.abc import Sequence

from graph.casework.deeds import Deed
from graph.casework.rights import roles_for
from graph.casework.vocabulary import UserRole
from graph.errors import RowError
from graph.queries.held import HELD, MOST, HeldRow
from graph.queries.people import UserRow
from graph.queries.scope import ScopeParams
from graph.services.callers import why_out_of_service
from graph.store import ReadUnit

_NAMED = 5
"""Records that a refusal names."""
_KINDS = (
    ("claim", "sealed claims that name them", "seal these to another supervisor"),
    ("conflict", "conflicts that only they are told of", "resolve these"),
    ("investigation", "open investigations that they lead", "hand these over"),
)


def require_handed_over(unit: ReadUnit, before: UserRow, row: UserRow, *, at_us: int) -> None:
    """Come back when nothing names a user alone whose account ends, or who loses the role for it.

    An account whose last day lies ahead, or whose proof runs out, is not asked: what meets its
    claims from then on goes to the agency's supervisors (`sides.Facts.recipients_of`).

    Raises:
        RowError: something does; it says which records.
    """
    if row.agency is None or why_out_of_service(before, at_us) is not None:
        return
    held = unit.read(HELD, ScopeParams(agency=row.agency, user=row.key, now_us=at_us))
    orphaned = [found for found in held if not _can_keep(row, found.kind, at_us)]
    if len(orphaned) > 0:
        raise RowError(
            f"{row.key} is still the one who is told: {_in_words(orphaned)}. Nothing was changed. "
            "An account that is in wrong hands is ended at once all the same with `--emergency`; "
            "hits then go to the agency's supervisors."
        )


def _can_keep(row: UserRow, kind: str, at_us: int) -> bool:
    """Tell whether an account can still be the one who is told of such a record."""
    if why_out_of_service(row, at_us) is not None:
        return False
    if kind == "investigation":
        return not roles_for(Deed.INVESTIGATION_OPEN).isdisjoint(row.roles)
    return UserRole.SUPERVISOR in row.roles


def _in_words(held: Sequence[HeldRow]) -> str:
    texts: list[str] = []
    for kind, what, step in _KINDS:
        names = [found.name for found in held if found.kind == kind]
        if len(names) > 0:
            shown = ", ".join(names[:_NAMED])
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            texts.append(f"{what} ({shown}{more}): {step} first")
    cut = f"; only the first {MOST} were looked at" if len(held) == MOST else ""
    return f"{'; '.join(texts)}{cut}"

"""What a tip states, as lines of a check, and what of it is free of the budget."""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.errors import NotFoundError, RowError
from graph.identifiers.core import Identifier, IdentifierKind
from graph.queries.holders import HOLDERS
from graph.queries.recording import TipKeysParams
from graph.queries.tips import ASSERTIONS, AssertionParams
from graph.roles import LINKING_ROLES, Role
from graph.services.check_reading import Asked, asked_identifier
from graph.store import ReadUnit

_MOST_SAID = 20_000
_PROTECTED = "In the tip it is a victim's, a reporting person's or an officer's: never a subject."


def asked_key(kind: str, key: str) -> Asked:
    """Give a line of an identifier by its kind and key."""
    return asked_identifier(Identifier(kind=IdentifierKind(kind), key=key, display=key))


def said_by(
    unit: ReadUnit, caller: Caller, tip: str
) -> tuple[tuple[Asked, ...], frozenset[tuple[str, str]]]:
    """Give what a tip states, once each, and what of it costs nothing.

    Whoever is never a subject there is not looked up.

    Raises:
        NotFoundError: there is no such tip, or it states nothing.
        RowError: it states too much.
    """
    rows = unit.read(ASSERTIONS, AssertionParams(tip=tip, limit=_MOST_SAID))
    if len(rows) == 0:
        raise NotFoundError("There is no such tip that states an identifier. Nothing was checked.")
    if len(rows) == _MOST_SAID:
        raise RowError(f"The tip states {_MOST_SAID:,} identifiers or more: check a list of them.")
    roles: dict[tuple[str, str], set[Role]] = {}
    stated: set[tuple[str, str]] = set()
    for row in rows:
        if row.ended_us is None:
            roles.setdefault((row.kind, row.identifier), set()).add(Role(row.role))
            if not row.mined:
                stated.add((row.kind, row.identifier))
    held = unit.read(HOLDERS, TipKeysParams(keys=[tip]))
    is_own = any(row.agency == caller.agency and row.until_us is None for row in held)
    lines = tuple(
        asked_key(kind, key) if found <= LINKING_ROLES else Asked(reason=_PROTECTED)
        for (kind, key), found in sorted(roles.items())
    )
    return lines, frozenset(stated) if is_own else frozenset()

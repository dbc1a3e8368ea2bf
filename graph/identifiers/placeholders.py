"""Words that stand where a provider had nothing to say (`placeholder_names.csv`)."""

from __future__ import annotations

from graph.identifiers.core import IdentifierKind
from graph.identifiers.tables import Line, read_table

PLACEHOLDER_REASON = "A placeholder such as `unknown`, `null` or `deleted user`, not a value."


def _placeholder(line: Line) -> tuple[IdentifierKind, str]:
    return (
        IdentifierKind(line.choice("kind", (IdentifierKind.ACCOUNT, IdentifierKind.SCREEN_NAME))),
        line.text("value"),
    )


PLACEHOLDERS = frozenset(read_table("placeholder_names.csv", ("kind", "value"), _placeholder))


def is_placeholder(kind: IdentifierKind, value: str) -> bool:
    """Tell whether a folded value stands for nothing."""
    return (kind, value) in PLACEHOLDERS

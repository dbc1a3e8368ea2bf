"""What a person typed, read as the one identifier that is to be claimed."""

from __future__ import annotations

from graph.errors import RowError
from graph.identifiers.core import Identifier, IdentifierKind, Policy
from graph.identifiers.registry import interpret

_NAMES = frozenset({IdentifierKind.ACCOUNT, IdentifierKind.SCREEN_NAME})


def claimable(text: str, kind: IdentifierKind | None, policy: Policy) -> Identifier:
    """Give the identifier that a text is; a name or id says of which kind and platform it is.

    Raises:
        RowError: it is none, or a name without its kind.
    """
    found = [item for item in interpret(text, policy) if kind is None or item.kind is kind]
    if len(found) == 0:
        raise RowError("The text is no identifier of that kind. Nothing was claimed.")
    if len(found) > 1 and kind is None and found[0].kind in _NAMES:
        kinds = ", ".join(sorted({item.kind.value for item in found}))
        raise RowError(f"The text can be read as several ({kinds}). Name the kind.")
    return found[0]

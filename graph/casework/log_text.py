"""Reasons that stand in the log, which nobody can change afterwards and which holds no identifiers.

What people type elsewhere is kept in the store and can be corrected or purged there. A reason for
which there is no other place is refused where it holds an identifier. Names cannot be told from
words: what is recognised is what was claimed, addresses, numbers like telephone numbers, digests.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from graph.casework.keys import text_of
from graph.errors import RowError
from graph.identifiers.characters import compatible, for_key
from graph.identifiers.core import IdentifierKind, Policy
from graph.identifiers.registry import interpret

MOST = 200
"""Characters of a reason."""
_FEWEST = 3
"""Characters of a name that is looked for: a shorter one is in too many words."""
_TELLING = frozenset(
    {
        IdentifierKind.EMAIL,
        IdentifierKind.IP_ADDRESS,
        IdentifierKind.FILE_HASH,
        IdentifierKind.URL,
        IdentifierKind.DEVICE,
    }
)
_DATE = re.compile(r"\b(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}([./])[0-9]{1,2}\1[0-9]{4})\b")
_NUMBER = re.compile(r"(?<![0-9])(?<![A-Za-z]-)[0-9](?:[^A-Za-z0-9]{0,3}[0-9]){6}")
"""Seven digits, as the shortest telephone numbers have, whatever stands between them; a file number
has letters and a hyphen before them."""
_SEPARATORS = re.compile(r"[=,;|(){}\[\]<>\"']")
_EDGES = ".,;:!?()[]{}<>\"'"
_NO_LETTER = re.compile(r"[\W_]+")


def reason_for_log(value: str, *, but: Collection[str] = ()) -> str:
    """Give a reason as the log may hold it; `but` are texts that it must not repeat.

    Raises:
        RowError: there is none, it is too long, or it holds an identifier; it is not repeated.
    """
    text = text_of(value, "A reason", most=MOST)
    said = _plain(for_key(text))
    if holds_identifier(text) or any(
        len(name) >= _FEWEST and name in said for name in (_plain(one) for one in but)
    ):
        raise RowError(
            "A reason stays in the log for good, which holds no identifiers: say it without the "
            "one that it is about, and without addresses, telephone numbers or digests. Nothing "
            "was changed."
        )
    return text


def holds_identifier(text: str, *, numbers: bool = True) -> bool:
    """Say whether a text that a person typed holds what looks like an identifier.

    An address of any kind, bare domains too, a digest, a device's number; `numbers`: also what is
    as long as a telephone number, which the reference of an investigation may be.
    """
    # As identifiers are read: full-width digits, marks that nobody sees.
    read = compatible(for_key(text))
    if "@" in read or "://" in read:
        return True
    if numbers and _NUMBER.search(_DATE.sub(" ", read)) is not None:
        return True
    return any(
        found.kind in _TELLING
        for word in _SEPARATORS.sub(" ", read).split()
        for found in interpret(word.strip(_EDGES), Policy(synthetic=True))
    )


def require_none(text: str | None, what: str) -> None:
    """Come back when a text that a person typed for colleagues to read holds no identifier.

    Raises:
        RowError: it looks as if it did.
    """
    if text is not None and holds_identifier(text):
        raise RowError(
            f"{what} holds what looks like an identifier. Colleagues read it who may not see the "
            "tip: say it without an address, a number or a name of an account. Nothing was kept."
        )


def _plain(text: str) -> str:
    return _NO_LETTER.sub("", compatible(text)).casefold()

"""Text hygiene: what a key may hold, and what is safe to show to a person.

Sources: Unicode 15 general categories; `Default_Ignorable_Code_Point` and
`Prepended_Concatenation_Mark` of the Unicode Character Database (DerivedCoreProperties.txt,
PropList.txt); Unicode Technical Report 36, section 2.5 (bidirectional text spoofing).
"""

from __future__ import annotations

import re
from unicodedata import category, is_normalized, normalize

from graph.identifiers.core import (
    MAX_KEY_LENGTH,
    Hint,
    Identifier,
    IdentifierKind,
    IdentifierState,
    Rejected,
)

MAX_RAW_LENGTH = 10_000
"""Characters of a raw value that are looked at; longer ones are no identifier."""

_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Drawn as nothing. U+2800 is no ignorable character by the standard, but as invisible as one."""

_VISIBLE_FORMAT = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
"""Category Cf, and yet drawn."""

_SPACES = re.compile(" {2,}")


def is_invisible(character: str) -> bool:
    """Tell whether a character is drawn as nothing, steers the text, or cannot be encoded."""
    if _IGNORABLE.match(character) is not None:
        return True
    kind = category(character)
    if kind == "Cf":
        return _VISIBLE_FORMAT.match(character) is None
    return kind in {"Cc", "Cs", "Zl", "Zp"}


def _keyed(character: str) -> str:
    """Give what stands for one character in a key."""
    if character.isspace():
        return " "
    return "" if is_invisible(character) else character


def for_key(text: str) -> str:
    """Give the text without control, zero-width and bidirectional characters, trimmed.

    Every kind of space becomes one space. A lone surrogate becomes U+FFFD, so that a damaged
    value stays different from the undamaged one; pairs of surrogates become their character.
    """
    if text.isprintable() and (text.isascii() or _IGNORABLE.search(text) is None):
        return text.strip()
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(map(_keyed, text)).strip()


def compatible(text: str) -> str:
    """Give the NFKC form of a text, clean for keys (NFKC can itself bring in spaces)."""
    if text.isascii():
        return text
    return for_key(normalize("NFKC", text))


def composed(text: str) -> str:
    """Give the NFC form: the same characters, one spelling. For opaque ids."""
    return text if text.isascii() or is_normalized("NFC", text) else normalize("NFC", text)


def folded(text: str) -> str:
    """Give `casefold(NFKC)` of a text, repeated until it no longer changes.

    Folding can undo normalisation and the other way round (Unicode Standard 3.13, D146); the
    standard's toNFKC_Casefold solves it in the same way.
    """
    if text.isascii():
        return text.lower()
    for _ in range(4):
        once = compatible(compatible(text).casefold())
        if once == text:
            break
        text = once
    return text


def single_spaced(text: str) -> str:
    """Give the text with every run of spaces as one space (wrapped lines of a PDF)."""
    return _SPACES.sub(" ", text) if "  " in text else text


def for_display(text: str) -> str:
    r"""Give the text as it was received, but with what could deceive or break written out.

    Control, zero-width and bidirectional characters and lone surrogates become `\u202e` and the
    like; odd spaces become spaces; a text above the length of a key is cut with an ellipsis.
    """
    if len(text) > MAX_KEY_LENGTH:
        text = text[: MAX_KEY_LENGTH - 1] + "…"
    if text.isprintable() and (text.isascii() or _IGNORABLE.search(text) is None):
        return text
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if category(character) == "Zs":
        return " "
    if is_invisible(character) or category(character) in {"Co", "Cn"}:
        number = ord(character)
        return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
    return character


def admit(kind: IdentifierKind, value: str) -> str | Rejected:
    """Give the value ready for reading, or the reason why nothing can be read from it."""
    if len(value) > MAX_RAW_LENGTH:
        return Rejected(kind=kind, reason="The value is longer than any identifier of this kind.")
    text = for_key(value)
    if text == "":
        return Rejected(kind=kind, reason="The value is empty or holds only invisible characters.")
    return text


def finish(
    kind: IdentifierKind,
    key: str,
    *,
    raw: str,
    state: IdentifierState = IdentifierState.NORMAL,
    reason: str | None = None,
    hints: tuple[Hint, ...] = (),
) -> Identifier | Rejected:
    """Give the identifier, or a rejection when its key is too long for a unique constraint."""
    if len(key) > MAX_KEY_LENGTH:
        return Rejected(
            kind=kind,
            reason=f"The normal form is longer than {MAX_KEY_LENGTH} characters, "
            "more than the store can hold as a key.",
        )
    return Identifier(
        kind=kind,
        key=key,
        display=for_display(raw.strip()),
        state=state,
        state_reason=reason,
        hints=hints,
    )

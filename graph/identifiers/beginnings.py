"""What somebody may begin to type for an identifier: its key, and the part that people know."""

from __future__ import annotations

from graph.identifiers.core import IdentifierKind

_SHORTEST = 2
_LONGEST = 200
_WEB = ("https://", "http://", "www.")


def beginnings(kind: str, key: str) -> tuple[str, ...]:
    """Give the texts, in small letters, by whose beginning an identifier is suggested.

    An account is known by its id, a screen name by its name, a hash and a device by what follows
    the kind of number, a telephone by its digits with and without a North American `1`.
    """
    whole = key.casefold()
    found = [whole]
    match kind:
        case IdentifierKind.ACCOUNT | IdentifierKind.SCREEN_NAME:
            found.append(whole.rpartition("|")[2])
        case IdentifierKind.FILE_HASH | IdentifierKind.DEVICE:
            found.append(whole.partition(":")[2])
        case IdentifierKind.PHONE:
            digits = _digits(whole)
            found += [digits, digits.removeprefix("1")]
        case IdentifierKind.URL:
            found.append(_bare(whole))
        case _:
            pass
    return tuple(dict.fromkeys(text for text in found if len(text) >= _SHORTEST))


def typed_beginnings(text: str) -> tuple[str, ...]:
    """Give what a text that somebody is typing may be the beginning of; nothing of a short one."""
    typed = " ".join(text.split()).casefold()[:_LONGEST]
    found = [typed, _bare(typed), typed.removeprefix("@")]
    if typed != "" and set(typed) <= set("0123456789+-.() "):
        found.append(_digits(typed))
    return tuple(dict.fromkeys(each for each in found if len(each) >= _SHORTEST))


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter in "0123456789")


def _bare(text: str) -> str:
    for head in _WEB:
        text = text.removeprefix(head)
    return text

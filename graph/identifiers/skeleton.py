"""Skeletons: two names that look alike have the same one.

Source: Unicode Technical Standard 39, section 4 (confusable detection), with the data that the
package `confusable-homoglyphs` carries. A skeleton is for comparison only: it is no name, never a
key, and depends on the version of that data.
"""

from __future__ import annotations

from functools import cache
from unicodedata import normalize

_MAX_PASSES = 4


@cache
def _prototypes() -> dict[int, str]:
    """Give the text that stands for each confusable character.

    The package lists each pair in both directions, so every set of look-alikes is a star around
    its prototype. Where a star has only two members, the direction is lost; any choice serves for
    comparison, and the shorter, then lower one is taken.
    """
    from confusable_homoglyphs.confusables import confusables_data  # 900 kB, read when needed

    near: dict[str, set[str]] = {}
    for shape, others in confusables_data.items():
        for other in others:
            near.setdefault(shape, set()).add(other["c"])
            near.setdefault(other["c"], set()).add(shape)
    table: dict[int, str] = {}
    for shape, others in near.items():
        if len(shape) != 1:
            continue
        centre = max(
            (shape, *others), key=lambda text: (len(near[text]), -len(text), _descending(text))
        )
        if centre != shape:
            table[ord(shape)] = centre
    return table


def _descending(text: str) -> tuple[int, ...]:
    """Give a sort key by which the lowest code points come last."""
    return tuple(-ord(character) for character in text)


def skeleton(text: str) -> str:
    """Give what a text looks like: equal for `аdmin` (Cyrillic а) and `admin`."""
    table = _prototypes()
    text = text if text.isascii() else normalize("NFD", text)
    for _ in range(_MAX_PASSES):
        once = text.translate(table)
        once = once if once.isascii() else normalize("NFD", once)
        if once == text:
            break
        text = once
    return text

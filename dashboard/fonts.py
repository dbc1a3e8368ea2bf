"""The font of what is drawn and printed here: Open Sans, which comes with the package.

Apache-2.0, from the package `ttf-opensans`: Latin, Greek and Cyrillic, embedded in PDFs in part. A
character that it has no sign for is spelt out, so that nothing vanishes on paper.
"""

from __future__ import annotations

import functools
from pathlib import Path

import ttf_opensans
from reportlab.pdfbase.ttfonts import TTFontFace

from dashboard.wording import one_line, visible

_FOLDER = Path(ttf_opensans.__file__).parent / "ttf"
REGULAR = _FOLDER / "OpenSans-Regular.ttf"
BOLD = _FOLDER / "OpenSans-Bold.ttf"
"""A test holds the hashes of both."""


def printable(text: str, *, limit: int) -> str:
    """Give a text in which every character has a sign in both fonts, on one line.

    One that has none stands as `\\u4e2d`; what is longer than `limit` ends with an ellipsis.
    """
    known = _known()
    spelt = "".join(
        char if ord(char) in known else f"\\u{ord(char):04x}"
        for char in " ".join(visible(text).split())
    )
    return one_line(spelt, limit=limit)


@functools.cache
def _known() -> frozenset[int]:
    faces = [TTFontFace(str(path)) for path in (REGULAR, BOLD)]
    return frozenset.intersection(
        *(
            frozenset(point for point in face.charToGlyph if visible(chr(point)) == chr(point))
            for face in faces
        )
    )

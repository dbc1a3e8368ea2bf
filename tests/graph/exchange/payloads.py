"""A tip for each text that harms, which stands in every place where a document can bring one."""

from __future__ import annotations

import re

from graph.exchange.extract import (
    AssertionOut,
    ClaimOut,
    Extract,
    FileOut,
    IdentifierOut,
    LinkOut,
    TipOut,
)
from tests.graph.exchange.extracts import AT_US, MD5, SHA256
from tests.hostile import HOSTILE

TEXTS = (*HOSTILE, "\\u202e is said and not meant", "C:\\Users\\\\ud800", "\U000e0061b tag")
"""All that harm, and what looks like our own spelling of what cannot be seen."""
_SPELT = re.compile(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})")


def unspelt(text: str) -> str:
    """Give what a text was before characters that no eye sees were spelt out (docs/exchange.md).

    Written here from what the page says, not from the code that it checks.
    """
    return _SPELT.sub(lambda found: chr(int(found[1] or found[2], 16)), text)


def uncelled(text: str) -> str:
    """Give what a cell was before a `'` stood in front of what a spreadsheet would run.

    One before a text that had such a beginning of its own has another `'` in front of it.
    """
    risky = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
    is_quoted = text.startswith("'") and text.lstrip("'").lstrip().startswith(risky)
    return unspelt(text[1:] if is_quoted else text)


def tip(at: int) -> str:
    """Give the key of the tip that carries a text."""
    return f"ncmec:{900_000 + at}"


def with_payloads() -> Extract:
    """Give an extract with each text in each place."""
    return Extract(
        as_of_us=AT_US,
        made_by="analyst.harrow",
        agency="harrow",
        synthetic=True,
        weights="4",
        caveat="investigative lead, not identification",
        tips=tuple(_tip(at, text) for at, text in enumerate(TEXTS)),
        files=tuple(_file(at, text) for at, text in enumerate(TEXTS)),
        identifiers=tuple(
            IdentifierOut(kind="ScreenName", key=text, state="normal") for text in TEXTS
        ),
        assertions=tuple(_said(at, text) for at, text in enumerate(TEXTS)),
        links=tuple(_link(at, text) for at, text in enumerate(TEXTS[1:], start=1)),
        left_out=(),
        claims=tuple(_claim(at, text) for at, text in enumerate(TEXTS)),
    )


def _tip(at: int, text: str) -> TipOut:
    return TipOut(
        key=tip(at),
        source="ncmec",
        number=str(900_000 + at),
        provider=text,
        incident_types=(text,),
        incident_us=AT_US,
        received_us=AT_US,
        priority=text,
        status=text,
        urgency_reasons=(text,),
        annotations=(text,),
        withdrawn_us=None,
        documents=((SHA256, text),),
    )


def _file(at: int, text: str) -> FileOut:
    return FileOut(
        tip=tip(at),
        file_id=f"f{at}",
        name=text,
        viewed_by_esp="no",
        relevance=text,
        classification=text,
        annotations=(text,),
        hashes=(("md5", MD5),),
    )


def _said(at: int, text: str) -> AssertionOut:
    return AssertionOut(
        tip=tip(at),
        kind="ScreenName",
        identifier=text,
        role="reported",
        event=text,
        at_us=AT_US,
        zone_stated=True,
        port=None,
        verified="yes",
        mined=False,
        file_id=None,
        path=text,
        ended_us=None,
    )


def _link(at: int, text: str) -> LinkOut:
    return LinkOut(
        tip=tip(0),
        other=tip(at),
        score=at,
        grade="strong",
        chance="1",
        judged=None,
        reasons=(text,),
        against=(text,),
    )


def _claim(at: int, text: str) -> ClaimOut:
    return ClaimOut(
        ref=f"c{at}",
        agency="harrow",
        reference=text,
        kind="ScreenName",
        identifier=text,
        role="suspect",
        handling="permitted",
        reliability="reliable",
        content=None,
        entered_us=AT_US,
    )
